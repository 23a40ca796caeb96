import { setTimeout as sleep } from 'node:timers/promises';
import { sentText } from '../faults/sentText';
import type { Situation } from '../relay/situations';
import { call } from './support/call';
import { callsOf } from './support/callsTable';
import { chain, chatVideo } from './support/chain';
import type { Execution } from './support/execution';
import { holdAtMoments, moments, situationOf, type Moment } from './support/moments';
import type { Mortal } from './support/startMortal';
import { lockTable } from './support/lockTable';
import { startQueue, type Queue } from './support/startQueue';
import { until } from './support/until';
import { useN8n } from './support/useN8n';
import { webhook } from './support/webhook';
import { webhookTo } from './support/webhookTo';

jest.setTimeout(1_800_000);

/** How many executions are started while their workers are killed. */
const count = Number(process.env.CHAT_VIDEO_DEATHS ?? 30);

/** The service names a task within seconds, and takes its time over it. */
const ordinary: Situation = {
	kind: 'generate',
	pace: 5,
	pauses: [{ at: 'afterTask', ms: 8_000 }],
};

describe('a worker that is killed', () => {
	let queue: Queue;
	const n8n = useN8n({
		relay: { situation: (turn) => situationOf(turn) ?? ordinary },
		async start() {
			queue = await startQueue(2);
			return { ...queue.main, stop: () => queue.stop() };
		},
	});

	const tasks = (execution: Execution) =>
		execution.items('Chat Video').map(({ json }) => String(json.taskId));
	/** As a schedule does. */
	const getMany = async (parameters: object = {}) => {
		const recover = chatVideo({ operation: 'getMany', returnAll: true, ...parameters });
		return await n8n.finished(await n8n.begin(chain(webhook(), recover)));
	};

	const isSuccess = ({ status }: { status: string }): boolean => status === 'success';
	const killAndRevive = async (worker: Mortal) => {
		await worker.die();
		await worker.revive();
	};

	it('pays once for each item, and Get Many gives it, whenever that was', async () => {
		const holding = holdAtMoments(n8n.relay, callsOf(n8n.client));
		const all: Array<[string, Moment]> = Object.entries(moments);
		const ids = await Promise.all(
			all.map(([, moment]) => n8n.begin(chain(...holding.nodes(moment)))),
		);
		await holding.untilReached(...all.map(([, moment]) => moment));

		await Promise.all(queue.workers.map(killAndRevive));
		holding.release();
		await until(async () =>
			(await Promise.all(ids.map(n8n.finished))).every(({ status }) => status !== 'success'),
		);
		await callsOf(n8n.client).leaveAlone();
		const given = (await Promise.all([getMany(), getMany()])).flatMap(tasks);
		const known = (await getMany({ state: 'all' })).items('Chat Video');

		const outcomes = all.map(([name, moment]) => {
			const billed = holding.billed(moment);
			return [name, billed.length, given.filter((task) => billed.includes(task)).length];
		});
		expect(outcomes).toEqual([
			['before the generation began', 0, 0],
			['after it was sent, before an id came', 1, 0],
			['in the middle of it', 1, 1],
			['while its file was fetched', 1, 1],
			['in a later node', 1, 1],
			['in the second of three items', 2, 2],
		]);
		expect(known.map(({ json }) => json.reason)).toContainEqual(
			expect.stringContaining('Submit Again'),
		);
		expect(tasks(await getMany())).toEqual([]);

		// n8n has something left to retry where the worker's log of events came back with it.
		await Promise.allSettled(ids.map(n8n.retry));
		const isPaidTwice = ([, moment]: [string, Moment]): boolean =>
			holding.billed(moment).length > moment.prompts.length;
		expect(all.filter(isPaidTwice)).toEqual([]);
	});

	it('has delivered what n8n has saved, whatever its row says by then', async () => {
		const calls = callsOf(n8n.client);
		const row = async () => (await calls.rows(n8n.relay.url))[0];
		const id = await n8n.begin(chain(webhook(), chatVideo({})));
		await until(async () => (await row())?.status === 'task');

		const unlock = await lockTable(queue.database.port, await calls.name());
		const execution = await n8n.finished(id);
		await Promise.all(queue.workers.map((worker) => worker.die()));
		await unlock();
		const left = await row();
		await Promise.all(queue.workers.map((worker) => worker.revive()));
		await calls.leaveAlone();
		const given = (await Promise.all([getMany(), getMany()])).flatMap(tasks);

		expect(execution.status).toBe('success');
		expect(tasks(execution)).toEqual(n8n.relay.bills.map(({ taskId }) => taskId));
		expect(left).toMatchObject({ status: 'task', delivered: '' });
		expect(given).toEqual([]);
		expect(await row()).toMatchObject({ delivered: expect.stringMatching(/^20/) });
	});

	it('is nothing to a generation when the database is started again', async () => {
		const id = await n8n.begin(chain(webhook(), chatVideo({})));
		await n8n.relay.turn(0);
		await sleep(1_000);

		await queue.database.restart();
		await until(async () => (await fetch(`${n8n.client.url}/healthz/readiness`)).ok);
		const execution = await n8n.finished(id);

		expect(tasks(execution)).toEqual(n8n.relay.bills.map(({ taskId }) => taskId));
		expect(n8n.relay.billed).toBe(1);
	});

	it(`at random, ${count} executions: each is paid for once and delivered`, async () => {
		const { workflow, path } = webhookTo('onReceived', { downloadVideo: true });
		const workflowId = await n8n.activate(workflow);
		const start = (prompt: string) => call(`${n8n.client.url}${path}`, { prompt });
		const prompts = Array.from({ length: count }, (_, index) => `Video ${index}`);
		const since = Date.now();
		const isOver = async () =>
			(await n8n.executions({ workflowId })).every(
				({ status }) => !/new|running|waiting/.test(status),
			);
		await Promise.all(prompts.map(start));

		let kills = 0;
		const killAgainAndAgain = async (worker: Mortal) => {
			await sleep(3_000 + 12_000 * Math.random());
			if (await isOver()) return;
			kills += 1;
			await killAndRevive(worker);
			await killAgainAndAgain(worker);
		};
		await Promise.all(queue.workers.map(killAgainAndAgain));
		const ended = await n8n.executions({ workflowId });
		const died = new Set(ended.filter((one) => !isSuccess(one)).map(({ id }) => id)).size;
		// What died before it was sent cost nothing, and is started again.
		const rows = await callsOf(n8n.client).rows(n8n.relay.url);
		const unsent = prompts.filter((prompt) => !rows.some((row) => row.prompt === prompt));
		await Promise.all(unsent.map(start));
		await until(isOver);
		await sleep(10_000); // an execution writes that it has delivered when it is over
		await callsOf(n8n.client).leaveAlone();
		const recovered = tasks(await getMany());

		const succeeded = (await n8n.executions({ workflowId })).filter(isSuccess);
		const ids = [...new Set(succeeded.map(({ id }) => id))]; // pages may overlap
		const saved = await Promise.all(ids.map(async (id) => tasks(await n8n.finished(id))));
		const delivered = [...saved.flat(), ...recovered];
		const given = new Set(delivered);
		const isUnnamed = (prompt = '') =>
			rows.some((row) => row.prompt === prompt && row.status === 'sent');
		const unnamed = prompts.filter(isUnnamed);
		const { bills, turns } = n8n.relay;
		const paid = bills.map(({ prompt }) => prompt);
		const unpaid = unnamed.filter((prompt) => !paid.includes(prompt));
		// Bytes that came with the death are in a socket that nobody has read.
		const named = turns.filter(
			(turn) => isUnnamed(turn.prompt) && sentText(turn).text.includes(turn.taskId ?? '?'),
		);
		const seconds = Math.round((Date.now() - since) / 1_000);
		process.stdout.write(
			`${count} executions, ${kills} workers killed in ${seconds} s: ${died} executions died, ` +
				`${unsent.length} before they were sent; ${bills.length} billed, ${given.size} delivered, ` +
				`${recovered.length} of them by Get Many, ${delivered.length - given.size} twice; ` +
				`${unnamed.length} sent without an id, ${unpaid.length} of which had not left ` +
				`and ${named.length} were just being answered\n`,
		);
		expect(paid).toHaveLength(new Set(paid).size);
		expect(delivered).toHaveLength(given.size);
		expect(given.size + unnamed.length).toBe(count);
		expect([...given].sort()).toEqual(
			bills.flatMap(({ prompt, taskId }) => (isUnnamed(prompt) ? [] : [taskId])).sort(),
		);
	});
});
