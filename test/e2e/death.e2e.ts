import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Situation } from '../relay/situations';
import type { Workflow } from '../../scripts/n8n/Workflow';
import { call } from './support/call';
import { chain, chatVideo, itemsOf, trigger } from './support/chain';
import type { Execution } from './support/execution';
import { startMortal, type Mortal } from './support/startMortal';
import { useN8n } from './support/useN8n';

jest.setTimeout(400_000);

const stuck: Situation = { kind: 'generate', silentAt: 'afterProgress' };
/** Under 65 s a wait is in memory alone. */
const wait = (name: string, seconds: number) => ({
	name,
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	webhookId: randomUUID(),
	parameters: { resume: 'timeInterval', amount: seconds, unit: 'seconds' },
});

describe('an n8n that is killed', () => {
	let mortal: Mortal;
	const n8n = useN8n({
		async start() {
			mortal = await startMortal();
			return mortal;
		},
	});

	/** Starts it as its webhook does, and gives the id of the execution. */
	const begin = async (workflow: Workflow): Promise<string> => {
		const path = randomUUID();
		const [first, ...others] = workflow.nodes;
		const webhook = {
			...first,
			name: 'Start',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			webhookId: path,
			parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
		};
		const id = await n8n.activate({ ...workflow, nodes: [webhook as never, ...others] });
		await call(`${n8n.client.url}/webhook/${path}`, {});
		for (;;) {
			const [execution] = await executionsOf(id);
			if (execution !== undefined) return execution.id;
			await sleep(100);
		}
	};
	const executionsOf = async (workflowId: string) => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await n8n.client.get<{ results: Array<{ id: string }> }>(
			`/executions?filter=${filter}`,
		);
		return results;
	};
	const kill = async () => {
		await mortal.die();
		await mortal.revive();
	};
	const retry = async (id: string): Promise<Execution> => n8n.finished(await startRetry(id));
	/** n8n answers when it has ended, so its id comes from elsewhere. */
	const startRetry = async (id: string): Promise<string> => {
		await until(async () => (await n8n.finished(id)).status === 'crashed');
		const { id: retried } = await n8n.client.post<{ id: string }>(`/executions/${id}/retry`, {
			loadWorkflow: false,
		});
		return retried;
	};
	const finishTasks = () => {
		for (const { taskId = '' } of n8n.relay.turns) {
			const task = n8n.relay.archive.task(taskId);
			if (task) task.behaviours = 'done';
		}
	};
	const tasks = (execution: Execution) =>
		execution.items('Chat Video').map(({ json }) => json.taskId);
	const billed = () => n8n.relay.bills.map(({ taskId }) => taskId);
	const video = chatVideo({ prompt: 'A cat at {{ $now.toMillis() }}'.replace(/^/, '=') });

	it('before the generation began: Retry makes the video', async () => {
		const id = await begin(chain(trigger, wait('Before', 30), video));
		await sleep(1_000);

		await kill();
		const retried = await retry(id);

		expect(retried.error).toBeUndefined();
		expect(tasks(retried)).toEqual(billed());
		expect(n8n.relay.billed).toBe(1);
	});

	it('after it was sent, before an id came: Retry says so, and sends nothing', async () => {
		n8n.relay.next({ kind: 'generate', silentAt: 'beforeTask' });
		const id = await begin(chain(trigger, video));
		await n8n.relay.turn(0);

		await kill();
		const retried = await retry(id);

		expect(retried.error?.description).toContain('Submit Again');
		expect(n8n.relay.turns).toHaveLength(1);
	});

	it('in the middle of it: Retry asks for the task', async () => {
		n8n.relay.next(stuck);
		const id = await begin(chain(trigger, video));
		await n8n.relay.turn(0);
		await sleep(2_000);

		await kill();
		finishTasks();
		const retried = await retry(id);

		expect(retried.error).toBeUndefined();
		expect(tasks(retried)).toEqual(billed());
		expect(n8n.relay.billed).toBe(1);
	});

	it('in a later node: Retry gives the video again', async () => {
		const id = await begin(chain(trigger, video, wait('After', 5)));
		await until(async () => (await mortal.log()).includes('was started'));
		await sleep(2_000);

		await kill();
		const retried = await retry(id);

		expect(retried.error).toBeUndefined();
		expect(tasks(retried)).toEqual(billed());
		expect(n8n.relay.billed).toBe(1);
	});

	it('of several items: finished ones are given again, started ones asked for, others made', async () => {
		n8n.relay.next({ kind: 'generate' }, stuck);
		const prompts = ['A', 'B', 'C'].map((prompt) => ({ prompt }));
		const one = chatVideo({ prompt: '={{ $json.prompt }}' });
		const id = await begin(chain(trigger, itemsOf(...prompts), one));
		await n8n.relay.turn(1);
		await sleep(2_000);

		await kill();
		finishTasks();
		const retried = await retry(id);

		expect(retried.error).toBeUndefined();
		expect(tasks(retried)).toEqual(billed());
		expect(n8n.relay.bills.map(({ prompt }) => prompt)).toEqual(['A', 'B', 'C']);
	});

	it('and killed again while it retries: one video, whichever of them is retried then', async () => {
		n8n.relay.next(stuck);
		const id = await begin(chain(trigger, video, wait('After', 20)));
		await n8n.relay.turn(0);
		await sleep(2_000);
		await kill();
		finishTasks();
		void startRetry(id).catch(() => {});
		await until(
			async () =>
				(
					await n8n.client.get<{ results: object[] }>(
						`/executions?filter=${encodeURIComponent(JSON.stringify({ status: ['running'] }))}`,
					)
				).results.length > 0,
		);
		await sleep(4_000);
		await kill();

		const again = await retry(id);

		expect(again.error).toBeUndefined();
		expect(tasks(again)).toEqual(billed());
		expect(n8n.relay.billed).toBe(1);
	});

	it('and left alone: the recovery workflow gives each video once', async () => {
		n8n.relay.next(stuck, stuck);
		await begin(chain(trigger, video));
		await begin(chain(trigger, video));
		await begin(chain(trigger, video, wait('After', 60)));
		await n8n.relay.turn(2);
		await sleep(3_000);
		await kill();
		finishTasks();
		const recover = chain(trigger, chatVideo({ operation: 'getMany', prompt: undefined }));

		const early = await n8n.run(recover);
		await sleep(125_000);
		const [first, second] = await Promise.all([n8n.run(recover), n8n.run(recover)]);
		const late = await n8n.run(recover);

		expect(tasks(early)).toEqual([]);
		expect([...tasks(first), ...tasks(second)].sort()).toEqual(billed().sort());
		expect(
			first.items('Chat Video').every(({ binary }) => binary?.data?.mimeType === 'video/mp4'),
		).toBe(true);
		expect(tasks(late)).toEqual([]);
		expect(n8n.relay.billed).toBe(3);
	});
});

async function until(isTrue: () => Promise<boolean>): Promise<void> {
	while (!(await isTrue())) await sleep(200);
}
