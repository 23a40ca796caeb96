import { clock } from '../support/clock';
import * as fc from 'fast-check';
import { startRelay, type Relay } from '../relay/relay';
import type { Situation } from '../relay/situations';
import { runUntil, type Left, type Moment } from '../support/crash';
import { DataTables } from '../support/dataTables';
import { startEngine, type Engine } from '../support/engine';
import { chain, chatVideoNode } from '../support/engineWorkflow';
import { itemsOf } from '../support/useNode';
import { itemOf, twiceOrLost } from './twiceOrLost';
import { seed } from '../support/seed';

const count = Number(process.env.CHAT_VIDEO_CRASHES ?? 200);
const atATime = 32;

/** What a user, or a schedule, does after a process has died. */
type Step =
	| { kind: 'retry'; oldest: boolean; dies: Death | undefined }
	| { kind: 'getMany'; dies: Death | undefined };
type Death =
	{ kind: 'access'; count: number; isWritten: boolean } | { kind: 'after'; milliseconds: number };

interface Plan {
	/** What the relay does to the first request of each item. */
	items: Array<Situation | undefined>;
	maxConcurrency: number;
	changesWithTime: boolean;
	savesProgress: boolean;
	dies: Death;
	steps: Step[];
}

const anyDeath: fc.Arbitrary<Death> = fc.oneof(
	fc.record({
		kind: fc.constant('access' as const),
		count: fc.integer({ min: 1, max: 14 }),
		isWritten: fc.boolean(),
	}),
	fc.record({
		kind: fc.constant('after' as const),
		milliseconds: fc.integer({ min: 0, max: 60 }),
	}),
);
const maybeDeath = fc.option(anyDeath, { nil: undefined });
const anySituation = fc.constantFrom<Situation | undefined>(
	undefined,
	{ kind: 'generate', silentAt: 'beforeTask' },
	{ kind: 'generate', silentAt: 'afterTask' },
	{ kind: 'generate', silentAt: 'afterProgress' },
	{ kind: 'generate', cutAt: 'midResult' },
	{ kind: 'generate', pace: 40 },
	{ kind: 'generate', fails: { reason: 'input_moderation' } },
	{ kind: 'status', status: 403, body: { error: { message: 'no' } } },
);
const anyPlan: fc.Arbitrary<Plan> = fc.record({
	items: fc.array(anySituation, { minLength: 1, maxLength: 4 }),
	maxConcurrency: fc.integer({ min: 1, max: 3 }),
	changesWithTime: fc.boolean(),
	savesProgress: fc.boolean(),
	dies: anyDeath,
	steps: fc.array(
		fc.oneof(
			fc.record({ kind: fc.constant('retry' as const), oldest: fc.boolean(), dies: maybeDeath }),
			fc.record({ kind: fc.constant('getMany' as const), dies: maybeDeath }),
		),
		{ maxLength: 4 },
	),
});

let engine: Engine;
beforeAll(async () => {
	engine = await startEngine();
});
afterAll(() => engine.close());

it(
	`a process that dies at any moment costs nobody twice and loses no video, ${count} times`,
	async () => {
		const plans = fc.sample(anyPlan, { numRuns: count, seed }).entries();
		let deaths = 0;
		const broken: object[] = [];
		const work = async (): Promise<void> => {
			for (const [at, plan] of plans) {
				const { complaints, died } = await play(plan, `${seed}-${at}`);
				deaths += died;
				if (complaints.length > 0) broken.push({ at, complaints, plan: fc.stringify(plan) });
			}
		};
		await Promise.all(Array.from({ length: atATime }, work));
		process.stdout.write(`${deaths} deaths in ${count} schedules, seed ${seed}\n`);
		expect(broken).toEqual([]);
	},
	count * 2_000,
);

describe('a Retry after one that could not see what was sent before it', () => {
	const access = (count: number, isWritten = false): Death => ({
		kind: 'access',
		count,
		isWritten,
	});
	const retry = (dies?: Death): Step => ({ kind: 'retry', oldest: false, dies });
	/** The first call is sent, a Retry leaves no trace, and the next one sends the second. */
	const planWith = (unseen: number, dies: Death): Plan => ({
		items: [undefined, undefined],
		maxConcurrency: 1,
		changesWithTime: false,
		savesProgress: true,
		dies: access(5, true),
		steps: [retry(access(unseen)), retry(dies), retry()],
	});

	it.each([2, 3, 4])('sends none of that again, unseen at %i', async (unseen) => {
		const { complaints } = await play(planWith(unseen, access(8)), 'unseen');
		expect(complaints).toEqual([]);
	});

	it.each([8, 9, 10])('has put out what it was about to note at %i', async (count) => {
		for (const isWritten of [true, false]) {
			const { complaints } = await play(planWith(2, access(count, isWritten)), 'unseen');
			expect(complaints).toEqual([]);
		}
	});
});

async function play(plan: Plan, name: string): Promise<{ complaints: string[]; died: number }> {
	await using relay = await startRelay({
		seed: name,
		situation: ({ prompt, attempt }) => (attempt === 1 ? plan.items[itemOf(prompt)] : undefined),
	});
	const tables = new DataTables();
	const items = itemsOf(...plan.items.map((_, at) => ({ wish: `Video ${at}.` })));
	const generate = chain(
		chatVideoNode({
			onError: 'continueRegularOutput',
			parameters: {
				prompt: plan.changesWithTime
					? '={{ $json.wish }} {{ Math.random() }}'
					: '={{ $json.wish }}',
				downloadVideo: false,
				options: { maxConcurrency: plan.maxConcurrency, timeout: 60 },
			},
		}),
	);
	const recover = chain(
		chatVideoNode({ name: 'Recover', parameters: { operation: 'getMany', downloadVideo: false } }),
	);
	const credentials = { chatVideoApi: { baseUrl: relay.url, apiKey: relay.apiKey } };
	const shared = { tables, credentials, savesProgress: plan.savesProgress };
	const lives: Left[] = [];
	let shown = '';
	/** Videos that an execution which n8n has seen the end of has put out. */
	let given: unknown[] = [];
	const twice: string[] = [];
	let died = 0;
	const show = (left: Left): Left => {
		given = [...given, ...videosOf(left, 'Chat Video'), ...videosOf(left, 'Recover')];
		if (left.run === undefined) died += 1;
		else
			shown += JSON.stringify([
				left.run.items('Chat Video'),
				left.run.items('Recover'),
				left.run.error(),
			]);
		return left;
	};
	const retry = async (oldest: boolean, dies: Death | undefined): Promise<void> => {
		const isTraced = ({ id }: Left): boolean =>
			tables.rows().some(({ executions = '' }) => executions.includes(`|${id}|`));
		const before = (oldest ? lives.find(isTraced) : undefined) ?? lives.at(-1);
		// n8n offers no Retry for what has succeeded.
		if (before === undefined || before.run?.status === 'success') return;
		// One that died before the node began is no link to those before it.
		const hasBegun = before.saved.resultData.runData['Chat Video'] !== undefined;
		if (!hasBegun && !isTraced(before) && lives.some(isTraced)) return;
		const { id: retryOf, saved: previous } = before;
		const moment = toMoment(dies);
		lives.push(
			show(await runUntil(engine, generate, { ...shared, items, moment, previous, retryOf })),
		);
	};
	const getMany = async (dies: Death | undefined): Promise<void> => {
		const long = new Date(Date.now() - 10 * 60_000).toISOString();
		for (const row of tables.rows()) if (row.alive !== '') row.alive = long;
		const before = given;
		const left = show(await runUntil(engine, recover, { ...shared, moment: toMoment(dies) }));
		const again = videosOf(left, 'Recover').filter((video) => before.includes(video));
		twice.push(...again.map((video) => `${video} was given again by Get Many`));
	};

	lives.push(
		show(await runUntil(engine, generate, { ...shared, items, moment: toMoment(plan.dies) })),
	);
	for (const step of plan.steps) {
		if (step.kind === 'retry') await retry(step.oldest, step.dies);
		if (step.kind === 'getMany') await getMany(step.dies);
	}
	await getMany(undefined);
	await getMany(undefined);
	return { complaints: [...complain(relay, tables, shown), ...twice], died };
}

const videosOf = ({ run }: Left, node: string): unknown[] =>
	(run?.json(node) ?? [])
		.filter(({ status }) => status === 'completed')
		.map(({ taskId }) => taskId);

function complain(relay: Relay, tables: DataTables, shown: string): string[] {
	const rows = tables.rows();
	const unknown = relay.bills.flatMap(({ prompt, taskId = '' }) =>
		rows.some((row) => itemOf(row.prompt) === itemOf(prompt)) ? [] : [`${taskId} has no row`],
	);
	return [...twiceOrLost(relay, tables, shown), ...unknown];
}

const toMoment = (dies: Death | undefined): Moment => {
	if (dies === undefined) return { kind: 'until', over: new Promise(() => {}) };
	if (dies.kind === 'access') return dies;
	return { kind: 'until', over: clock.realPause(dies.milliseconds) };
};
