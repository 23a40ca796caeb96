import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand } from '../../scripts/n8n/runCommand';
import type { Relay } from '../relay/relay';
import { seededRandom } from '../relay/random';
import { call } from './support/call';
import { callsOf } from './support/callsTable';
import { chain, chatVideo, itemsOf, trigger } from './support/chain';
import type { Execution } from './support/execution';
import { startMortal, type Mortal } from './support/startMortal';
import { startQueue, type Queue } from './support/startQueue';
import { until } from './support/until';
import { useN8n, type Stage } from './support/useN8n';
import { webhook } from './support/webhook';

jest.setTimeout(3_600_000);

/** How many videos at once; 500 by hand. */
const inQueue = Number(process.env.CHAT_VIDEO_SLEEPERS ?? 60);
const inRegular = Number(process.env.CHAT_VIDEO_SLEEPERS_REGULAR ?? 10);
/** How many for comparison, without the option; a round of them takes three minutes. */
const held = Number(process.env.CHAT_VIDEO_HELD ?? 0);
const each = 5; // items of an execution

const random = seededRandom('sleep');
/** Milliseconds that a video takes. */
const duration = () => random.between(60_000, 180_000);

/** A relay that goes on making a video when its caller leaves. */
const relayOptions = {
	pace: 20,
	situation: () => ({
		kind: 'generate' as const,
		tasks: 'pending' as const,
		pauses: [{ at: 'afterProgress' as const, ms: duration() }],
		pingWhileWaiting: 5_000,
	}),
};

/** Finishes each task when its time has come, whether somebody listens or not. */
function finishInTime(relay: Relay): () => void {
	const seen = new Set<number>();
	const timer = setInterval(() => {
		for (const turn of relay.turns) {
			if (turn.taskId === undefined || seen.has(turn.index)) continue;
			const [pause] = 'pauses' in turn.situation ? (turn.situation.pauses ?? []) : [];
			const task = relay.archive.task(turn.taskId);
			if (Date.now() < turn.at + (pause?.ms ?? 0) || task === undefined) continue;
			seen.add(turn.index);
			task.behaviours = 'done';
		}
	}, 500).unref(); // a test that fails does not stop it
	return () => clearInterval(timer);
}

/** Starts executions of some items each by a webhook, and says how they are. */
async function startAll(n8n: Stage, count: number, perExecution: number, isSleeping: boolean) {
	const start = webhook();
	const split = {
		name: 'Items',
		type: 'n8n-nodes-base.splitOut',
		parameters: { fieldToSplitOut: 'body.prompts', options: {} },
	};
	const video = chatVideo({
		prompt: "={{ $json['body.prompts'] }}",
		options: { sleepWhileWaiting: isSleeping, maxConcurrency: 5 },
	});
	const workflowId = await n8n.activate(chain(start, split, video));
	for (let at = 0; at < count; at += perExecution) {
		const prompts = range(Math.min(perExecution, count - at)).map((item) => `Video ${at + item}.`);
		await call(`${n8n.client.url}/webhook/${start.parameters.path}`, { prompts });
	}
	const ofStatus = async (...statuses: string[]) => {
		const found = await n8n.executions({ workflowId });
		const ids = found.filter(({ status }) => statuses.includes(status)).map(({ id }) => id);
		return [...new Set(ids)]; // pages may overlap
	};
	return {
		running: async () => (await ofStatus('new', 'running')).length,
		waiting: async () => (await ofStatus('waiting')).length,
		unfinished: async () => (await ofStatus('new', 'running', 'waiting')).length,
		async succeeded(): Promise<Execution[]> {
			const executions: Execution[] = [];
			// Of one whose worker died n8n has kept nothing.
			for (const id of await ofStatus('success')) executions.push(await n8n.finished(id));
			return executions;
		},
	};
}

const sorted = (numbers: readonly number[]) => numbers.toSorted((one, other) => one - other);

/** The numbers of the videos that came out with their files. */
function delivered(execution: Execution): number[] {
	const items = execution.items('Chat Video').filter(({ json }) => json.status === 'completed');
	for (const { json, binary } of items) {
		expect(binary?.data).toMatchObject({
			fileName: `${String(json.taskId)}.mp4`,
			mimeType: 'video/mp4',
		});
	}
	return items.map(({ json }) => Number(/\d+/.exec(String(json.prompt))));
}

function deliveredInOrder(executions: readonly Execution[]): number[] {
	const numbers = executions.map(delivered);
	expect(numbers).toEqual(numbers.map(sorted));
	return sorted(numbers.flat());
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

const seconds = (since: number) => Math.round((Date.now() - since) / 1_000);

const memoryOf = async (processes: readonly Mortal[]) =>
	Promise.all(
		processes.map(async ({ child }) => {
			const { output } = await runCommand('ps', ['-o', 'rss=', '-p', String(child.pid)]);
			return Math.round(Number(output) / 1024);
		}),
	);

/** The largest of what is sampled until it is stopped. */
function sample(take: () => Promise<readonly number[]>) {
	let most: number[] = [];
	const timer = setInterval(() => {
		take().then(
			(found) => {
				most = found.map((value, index) => Math.max(value, most[index] ?? 0));
			},
			() => {}, // it is being killed
		);
	}, 5_000).unref();
	return () => {
		clearInterval(timer);
		return most;
	};
}

type Node = Record<string, unknown>;
interface Kept {
	nodes: Node[];
	versionId: string;
}

const getMany = chain(
	trigger,
	chatVideo({ operation: 'getMany', prompt: undefined, returnAll: true }),
);

describe('in queue mode with two workers of five slots each', () => {
	let queue: Queue;
	const n8n = useN8n({
		relay: relayOptions,
		async start() {
			queue = await startQueue(2);
			return { ...queue.main, stop: () => queue.stop() };
		},
	});

	it(`${inQueue} videos are in flight at once, outlive all processes, and come in order`, async () => {
		const stop = finishInTime(n8n.relay);
		const before = await memoryOf(queue.workers);
		const begun = Date.now();
		const run = await startAll(n8n, inQueue, each, true);
		const mostOf = sample(() => memoryOf(queue.workers));
		await until(() => n8n.relay.billed === inQueue);
		const inFlight = seconds(begun);
		const then = await memoryOf(queue.workers);
		await until(async () => (await run.running()) === 0 || seconds(begun) > inFlight + 60);
		const awake = await run.running();
		const asleep = await run.waiting();

		const processes = [queue.main, ...queue.workers];
		await Promise.all(processes.map((one) => one.die()));
		await Promise.all(processes.map((one) => one.revive()));
		const back = seconds(begun);
		await until(async () => (await run.unfinished()) === 0);
		const took = seconds(begun);
		const byThemselves = deliveredInOrder(await run.succeeded());
		let byGetMany: number[] = [];
		const end = Date.now() + 15 * 60_000;
		while (byThemselves.length + byGetMany.length < inQueue && Date.now() < end) {
			byGetMany = [...byGetMany, ...delivered(await n8n.run(getMany))];
			await sleep(20_000);
		}
		const all = seconds(begun);
		stop();
		const most = mostOf();

		process.stdout.write(
			`${inQueue} videos of 60 to 180 s in ${inQueue / each} executions: all in flight after ${inFlight} s, ` +
				`then ${asleep} executions asleep and ${awake} awake; main and both workers killed, ` +
				`back after ${back} s; ${byThemselves.length} came by themselves within ${took} s ` +
				`(${Math.round((byThemselves.length * 3_600) / took)} an hour), ${byGetMany.length} by Get Many ` +
				`within ${all} s; memory of the workers ${before.join(' and ')} MB before, ` +
				`${then.join(' and ')} MB when all were in flight, ${most.join(' and ')} MB at most\n`,
		);
		expect(n8n.relay.billed).toBe(inQueue);
		expect(new Set(n8n.relay.bills.map(({ prompt }) => prompt)).size).toBe(inQueue);
		expect(sorted([...byThemselves, ...byGetMany])).toEqual(range(inQueue));
		// What was awake when it was killed; and a worker that is starved for seconds loses its lock.
		expect(byGetMany.length).toBeLessThan(awake * each + inQueue / 10);
	});

	const compare = async () => {
		const begun = Date.now();
		const before = await memoryOf(queue.workers);
		const run = await startAll(n8n, held, 1, false);
		const mostOf = sample(() => memoryOf(queue.workers));
		const mostRunning = sample(async () => [n8n.relay.openSockets]);
		await until(async () => n8n.relay.billed === held && (await run.running()) === 0);
		const took = seconds(begun);

		process.stdout.write(
			`${held} videos without the option: ${took} s (${Math.round((held * 3_600) / took)} an hour), ` +
				`at most ${mostRunning().join()} in flight; memory of the workers ${before.join(' and ')} MB before, ` +
				`${mostOf().join(' and ')} MB at most\n`,
		);
		expect(deliveredInOrder(await run.succeeded())).toEqual(range(held));
	};
	// A comparison, and no proof: it is made where it is asked for.
	if (held > 0) it('without the option each video holds a slot', compare);
});

describe('in a workflow of its user', () => {
	const n8n = useN8n({
		relay: {
			situation: ({ prompt }) =>
				prompt.includes('refused')
					? {
							kind: 'generate',
							silentAt: 'afterProgress',
							tasks: { kind: 'slow', pending: 2, then: 'failed' },
						}
					: { kind: 'generate', silentAt: 'afterProgress', tasks: 'slow' },
		},
		start: startMortal,
	});
	const video = (name: string, settings: object = {}, prompt = '={{ $json.prompt }}') =>
		chatVideo({ prompt, options: { sleepWhileWaiting: true } }, { name, ...settings });
	const items = (...prompts: string[]) => itemsOf(...prompts.map((prompt) => ({ prompt })));
	const promptsOf = (execution: Execution, node: string) =>
		execution.runs(node).flatMap(({ data }) => data?.main[0]?.map(({ json }) => json.prompt) ?? []);

	it('goes on in all places', async () => {
		const loop = chain(trigger, items('L1', 'L2'), {
			name: 'Loop',
			type: 'n8n-nodes-base.splitInBatches',
			typeVersion: 3,
			parameters: { batchSize: 1, options: {} },
		});
		const [made] = chain(video('In the loop')).nodes;
		loop.nodes.push(made as never);
		loop.connections.Loop = { main: [[], [{ node: 'In the loop', type: 'main', index: 0 }]] };
		loop.connections['In the loop'] = { main: [[{ node: 'Loop', type: 'main', index: 0 }]] };
		const two = chain(trigger, items('T1'), video('One'), video('Two', {}, 'T2'));
		const pinned = {
			...chain(trigger, video('After pins')),
			pinData: { Start: [{ json: { prompt: 'P1' } }, { json: { prompt: 'P2' } }] },
		};
		const errors = chain(
			trigger,
			items('E1', 'E2 refused'),
			video('Failing', { onError: 'continueErrorOutput' }),
		);
		const inner = chain(
			{
				name: 'Called',
				type: 'n8n-nodes-base.executeWorkflowTrigger',
				typeVersion: 1.1,
				parameters: { inputSource: 'passthrough' },
			},
			video('Inside'),
		);
		const innerId = await n8n.activate(inner);
		const outer = chain(trigger, items('S1', 'S2'), {
			name: 'Call',
			type: 'n8n-nodes-base.executeWorkflow',
			typeVersion: 1.2,
			parameters: { workflowId: { __rl: true, mode: 'id', value: innerId }, options: {} },
		});
		const unsaved = {
			...chain(trigger, items('N1'), video('Unkept')),
			settings: { executionOrder: 'v1', saveManualExecutions: false, saveExecutionProgress: false },
		};

		const ids = await Promise.all(
			[loop, two, pinned, errors, outer].map((workflow) => n8n.start(workflow as never)),
		);
		const unkept = await n8n.start(unsaved as never);
		await sleep(20_000);
		const poked = await fetch(`${n8n.client.url}/webhook-waiting/${ids[1]}`);
		const [looped, both, afterPins, failed, called] = await Promise.all(ids.map(n8n.finished));
		const all = [looped, both, afterPins, failed, called].map((execution) => [
			execution?.status,
			execution?.error?.message,
		]);

		expect(all).toEqual(all.map(() => ['success', undefined]));
		expect(poked.ok).toBe(false);
		expect(promptsOf(looped as Execution, 'In the loop')).toEqual(['L1', 'L2']);
		expect(promptsOf(both as Execution, 'Two')).toEqual(['T2']);
		expect(promptsOf(afterPins as Execution, 'After pins')).toEqual(['P1', 'P2']);
		expect(failed?.items('Failing').map(({ json }) => json.prompt)).toEqual(['E1']);
		expect(failed?.items('Failing', 1).map(({ json }) => json)).toMatchObject([
			{ errorKind: 'moderated', billing: 'started', prompt: 'E2 refused' },
		]);
		expect(promptsOf(called as Execution, 'Call')).toEqual(['S1', 'S2']);
		await until(
			async () => n8n.relay.requests.filter(({ path }) => path.endsWith('.mp4')).length === 10,
		);
		expect(n8n.relay.billed).toBe(11);
		expect(unkept).toBeDefined();
	});

	it('goes on whatever becomes of its workflow, and Get Many gives what was stopped or deleted', async () => {
		const { client } = n8n;
		const change = async (id: string, edited: (nodes: Node[]) => Node[]) => {
			const { nodes, versionId } = await client.get<Kept>(`/workflows/${id}`);
			await client.patch(`/workflows/${id}`, { nodes: edited(nodes), connections: {}, versionId });
		};
		const retry = async (id: string, loadWorkflow: boolean) => {
			await client.post(`/executions/${id}/stop`);
			return (await client.post<{ id: string }>(`/executions/${id}/retry`, { loadWorkflow })).id;
		};
		/** Each may give another execution that goes on instead. */
		const goesOn: Record<string, (workflow: string, execution: string) => Promise<unknown>> = {
			edited: (workflow) =>
				change(workflow, (nodes) =>
					nodes.map((node) => ({ ...node, name: `New ${node.name}`, parameters: {} })),
				),
			emptied: (workflow) => change(workflow, () => []),
			'switched off': (workflow) => client.post(`/workflows/${workflow}/deactivate`),
			archived: (workflow) => client.post(`/workflows/${workflow}/archive`),
			retried: (_, execution) => retry(execution, false),
			'retried with the workflow of today': (_, execution) => retry(execution, true),
		};
		const ends: typeof goesOn = {
			stopped: (_, execution) => client.post(`/executions/${execution}/stop`),
			deleted: (_, execution) => client.post('/executions/delete', { ids: [execution] }),
		};
		const begin = async (name: string, happen: (typeof goesOn)[string]) => {
			const id = await n8n.begin(chain(webhook(), video('Chat Video', {}, name)));
			const execution = () =>
				client.get<{ status: string; workflowId: string }>(`/executions/${id}`);
			await until(async () => (await execution()).status === 'waiting');
			const other = await happen((await execution()).workflowId, id);
			return typeof other === 'string' ? other : id;
		};

		const given = Promise.all(
			Object.entries(goesOn).map(async ([name, happen]) => {
				const execution = await n8n.finished(await begin(name, happen));
				return [name, execution.status, promptsOf(execution, 'Chat Video')];
			}),
		);
		await Promise.all(Object.entries(ends).map(([name, happen]) => begin(name, happen)));

		expect(await given).toEqual(Object.keys(goesOn).map((name) => [name, 'success', [name]]));
		await callsOf(client).leaveAlone();
		const found = promptsOf(await n8n.run(getMany), 'Chat Video');
		expect(found.toSorted()).toEqual(Object.keys(ends).toSorted());
		const names = [...Object.keys(goesOn), ...Object.keys(ends)];
		expect(n8n.relay.bills.map(({ prompt }) => prompt).toSorted()).toEqual(names.toSorted());
	});
});

describe('in regular mode on SQLite', () => {
	let mortal: Mortal;
	const n8n = useN8n({
		relay: relayOptions,
		async start() {
			mortal = await startMortal();
			return mortal;
		},
	});

	it(`${inRegular} videos outlive an n8n that is killed twice`, async () => {
		const stop = finishInTime(n8n.relay);
		const begun = Date.now();
		const run = await startAll(n8n, inRegular, each, true);
		for (let killed = 0; killed < 2; killed += 1) {
			await until(async () => n8n.relay.billed === inRegular && (await run.running()) === 0);
			await mortal.die();
			await mortal.revive();
		}
		await until(async () => (await run.unfinished()) === 0);
		const took = seconds(begun);
		stop();

		const numbers = deliveredInOrder(await run.succeeded());
		process.stdout.write(
			`${inRegular} videos on SQLite, n8n killed twice: ${numbers.length} delivered within ${took} s\n`,
		);
		expect(n8n.relay.billed).toBe(inRegular);
		expect(numbers).toEqual(range(inRegular));
	});
});
