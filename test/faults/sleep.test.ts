import '../support/clock';
import * as fc from 'fast-check';
import { AsyncLocalStorage } from 'node:async_hooks';
import { startRelay, type Relay } from '../relay/relay';
import type { Situation } from '../relay/situations';
import type { TaskBehaviours } from '../relay/taskBehaviour';
import { runUntil, type Left, type Moment } from '../support/crash';
import { DataTables } from '../support/dataTables';
import { startEngine, type Engine } from '../support/engine';
import { chain, chatVideoNode } from '../support/engineWorkflow';
import { itemsOf } from '../support/useNode';
import { itemOf, twiceOrLost } from './twiceOrLost';
import { seed } from '../support/seed';
import { sweep } from './sweep';

const count = Number(process.env.CHAT_VIDEO_SLEEPS ?? 60);
const atATime = 8;
const patience = 15; // looks; the timeout is over before

/** Looks at the tables after which a process ends, or none. */
type Death = { count: number; isWritten: boolean } | undefined;

/** What happens to an execution that sleeps, or to one that is over. */
type Step =
	| { kind: 'wake' | 'retry' | 'getMany'; dies: Death }
	/** Nobody wakes it any more: its user pressed Stop, or deleted it. */
	| { kind: 'stop' }
	/** The node is updated meanwhile, and cannot read what another version has kept. */
	| { kind: 'update'; loses: 'chatVideoParked' | 'chatVideoLedger' };

interface Wish {
	/** What the relay does to the first request. */
	situation: Situation;
	/** What is said of the task from some look on. */
	later: { look: number; tasks: TaskBehaviours } | undefined;
}

interface Plan {
	wishes: Wish[];
	maxConcurrency: number;
	onError: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	retryOnFail: boolean;
	dies: Death;
	steps: Step[];
}

const anyDeath: fc.Arbitrary<Death> = fc.oneof(
	{ weight: 3, arbitrary: fc.constant(undefined) },
	{
		weight: 1,
		arbitrary: fc.record({ count: fc.integer({ min: 1, max: 10 }), isWritten: fc.boolean() }),
	},
);
/** Known at its link, so that its answer is let go. */
const beingMade: TaskBehaviours[] = [
	'pending',
	'slow',
	{ kind: 'slow', pending: 5 },
	{ kind: 'slow', pending: 4, then: 'failed' },
];
const anyTasks = fc.constantFrom<TaskBehaviours>(
	...beingMade,
	'done',
	'failed',
	'unknown',
	'down',
	'wrong',
	{ source: 'unknown', share: 'unknown', query: 'slow' },
);
const anySituation: fc.Arbitrary<Situation> = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			kind: fc.constant('generate' as const),
			silentAt: fc.constantFrom('afterTask' as const, 'afterProgress' as const),
			tasks: fc.oneof(
				{ weight: 3, arbitrary: fc.constantFrom(...beingMade) },
				{ weight: 1, arbitrary: anyTasks },
			),
		}),
	},
	fc.constantFrom<Situation>(
		{ kind: 'generate' },
		{ kind: 'generate', cutAt: 'afterProgress', tasks: 'slow' },
		{ kind: 'generate', fails: { reason: 'input_moderation' } },
		{ kind: 'status', status: 403, body: { error: { message: 'no' } } },
		{ kind: 'status', status: 504, billed: true },
	),
);
const anyPlan: fc.Arbitrary<Plan> = fc.record({
	wishes: fc.array(
		fc.record({
			situation: anySituation,
			later: fc.option(fc.record({ look: fc.integer({ min: 1, max: 4 }), tasks: anyTasks }), {
				nil: undefined,
			}),
		}),
		{ minLength: 1, maxLength: 4 },
	),
	maxConcurrency: fc.integer({ min: 1, max: 3 }),
	onError: fc.constantFrom('stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'),
	retryOnFail: fc.boolean(),
	dies: anyDeath,
	steps: fc.array(
		fc.oneof(
			fc.record({
				kind: fc.constantFrom(
					'wake' as const,
					'wake' as const,
					'retry' as const,
					'getMany' as const,
				),
				dies: anyDeath,
			}),
			fc.constant({ kind: 'stop' as const }),
			fc.record({
				kind: fc.constant('update' as const),
				loses: fc.constantFrom('chatVideoParked' as const, 'chatVideoLedger' as const),
			}),
		),
		{ maxLength: 6 },
	),
});

let engine: Engine;
/** Of each plan: milliseconds of sleep that nobody had to wait for. */
const slept = new AsyncLocalStorage<{ passed: number }>();
let dateNow: jest.SpyInstance<number, []>;
beforeAll(async () => {
	engine = await startEngine();
	const { now } = Date;
	dateNow = jest
		.spyOn(Date, 'now')
		.mockImplementation(() => now() + (slept.getStore()?.passed ?? 0));
});
afterAll(async () => {
	dateNow.mockRestore();
	await engine.close();
});

it(
	`a call that sleeps is billed once and never lost, in ${count} schedules of faults`,
	async () => {
		const broken: object[] = [];
		let woken = 0;
		await sweep(fc.sample(anyPlan, { numRuns: count, seed }), atATime, async (plan, at) => {
			const time = { passed: 0 };
			const { complaints, looks } = await slept.run(time, () => play(plan, `${seed}-${at}`, time));
			woken += looks;
			if (complaints.length > 0) broken.push({ at, complaints, plan: fc.stringify(plan) });
			return true;
		});
		process.stdout.write(`${woken} looks in ${count} schedules of sleep, seed ${seed}\n`);
		expect(broken).toEqual([]);
	},
	count * 3_000,
);

async function play(
	plan: Plan,
	name: string,
	time: { passed: number },
): Promise<{ complaints: string[]; looks: number }> {
	await using relay = await startRelay({
		seed: name,
		situation: ({ prompt, attempt }) =>
			attempt === 1 ? plan.wishes[itemOf(prompt)]?.situation : undefined,
	});
	const tables = new DataTables();
	const items = itemsOf(...plan.wishes.map((_, at) => ({ wish: `Video ${at}.` })));
	const { onError, retryOnFail, maxConcurrency } = plan;
	const generate = chain(
		chatVideoNode({
			onError,
			...(retryOnFail && { retryOnFail, maxTries: 2, waitBetweenTries: 1 }),
			parameters: {
				prompt: '={{ $json.wish }}',
				downloadVideo: false,
				options: { sleepWhileWaiting: true, maxConcurrency, idleTimeout: 4, timeout: 600 },
			},
		}),
	);
	const recover = chain(
		chatVideoNode({ name: 'Recover', parameters: { operation: 'getMany', downloadVideo: false } }),
	);
	const credentials = { chatVideoApi: { baseUrl: relay.url, apiKey: relay.apiKey } };
	const shared = { tables, credentials };
	let shown = '';
	let looks = 0;
	const show = (left: Left): Left => {
		if (left.run === undefined) return left;
		const outputs = [0, 1].map((output) => left.run?.items('Chat Video', output));
		shown += JSON.stringify([outputs, left.run.items('Recover'), left.run.error()]);
		return left;
	};
	const wake = async (left: Left, dies: Death): Promise<Left> => {
		looks += 1;
		for (const [item, { later }] of plan.wishes.entries()) {
			const bill = relay.bills.find(({ prompt }) => itemOf(prompt) === item);
			const task = bill && relay.archive.task(bill.taskId);
			if (task && later?.look === looks) task.behaviours = later.tasks;
		}
		time.passed += Math.max(0, new Date(left.run?.run.waitTill ?? 0).getTime() - Date.now());
		const asleep = left.run;
		const moment = toMoment(dies);
		return show(
			await runUntil(engine, generate, { ...shared, items, moment, ...(asleep && { asleep }) }),
		);
	};
	const getMany = async (dies: Death): Promise<void> => {
		show(await runUntil(engine, recover, { ...shared, moment: toMoment(dies) }));
	};

	let last = show(
		await runUntil(engine, generate, { ...shared, items, moment: toMoment(plan.dies) }),
	);
	let isStopped = false;
	const isAsleep = (): boolean => last.run?.status === 'waiting' && !isStopped;
	for (const step of plan.steps) {
		if (step.kind === 'stop') isStopped ||= isAsleep();
		else if (step.kind === 'update') forget(last, step.loses);
		else if (step.kind === 'getMany') await getMany(step.dies);
		else if (isAsleep()) last = await wake(last, step.dies);
		// n8n offers no Retry for what has succeeded.
		else if (step.kind === 'retry' && last.run?.status !== 'success') {
			const again = { previous: last.saved, retryOf: last.id, moment: toMoment(step.dies) };
			last = show(await runUntil(engine, generate, { ...shared, items, ...again }));
			isStopped = false;
		}
	}
	for (let look = 0; isAsleep() && look < patience; look += 1) last = await wake(last, undefined);
	const complaints = isAsleep() ? ['it sleeps for ever'] : [];
	for (let look = 0; look < 2; look += 1) {
		time.passed += 30 * 60_000;
		await getMany(undefined);
	}
	return { complaints: [...complaints, ...complain(relay, tables, shown)], looks };
}

function complain(relay: Relay, tables: DataTables, shown: string): string[] {
	const passedOn = /"wish":/.test(shown) && !/"error/.test(shown) ? ['an input item came out'] : [];
	return [...twiceOrLost(relay, tables, shown), ...passedOn];
}

function forget({ run }: Left, what: string): void {
	const context = run?.data.executionData?.contextData['node:Chat Video'];
	if (context?.[what] !== undefined) context[what] = { version: 'another' };
}

const toMoment = (dies: Death): Moment =>
	dies === undefined ? { kind: 'until', over: new Promise(() => {}) } : { kind: 'access', ...dies };
