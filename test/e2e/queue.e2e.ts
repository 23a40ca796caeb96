import { setTimeout as sleep } from 'node:timers/promises';
import type { N8n } from '../../scripts/n8n/launch';
import { runCommand } from '../../scripts/n8n/runCommand';
import { mediaBytes } from '../relay/media';
import { call } from './support/call';
import { startQueue, type Queue } from './support/startQueue';
import type { Execution } from './support/execution';
import { until } from './support/until';
import { useN8n } from './support/useN8n';
import { webhookTo } from './support/webhookTo';

jest.setTimeout(300_000);

describe('queue mode with two workers', () => {
	let queue: Queue;
	const n8n = useN8n({
		relay: { pace: 50 },
		async start() {
			queue = await startQueue(2);
			return { ...queue.main, stop: () => queue.stop() };
		},
	});
	afterEach(() => queue.refill(), 60_000);

	const webhook = async (...parameters: Parameters<typeof webhookTo>) => {
		const { workflow, path } = webhookTo(...parameters);
		const id = await n8n.activate(workflow);
		return { id, url: `${n8n.client.url}${path}` };
	};
	const last = async (workflowId: string) => (await n8n.executions({ workflowId }))[0];
	const ranBy = async (task: string): Promise<N8n> => {
		for (;;) {
			for (const worker of queue.workers) if ((await worker.log()).includes(task)) return worker;
			await sleep(100);
		}
	};

	it('spreads 40 executions over both, and each is paid for once', async () => {
		const { url } = await webhook('lastNode', { downloadVideo: true });
		await call(url, { prompt: 'Warm up' });
		const before = await memory();
		const since = Date.now();

		const prompts = Array.from({ length: 40 }, (_, index) => `Video ${index}`);
		const answers = await Promise.all(prompts.map((prompt) => call(url, { prompt })));

		const seconds = (Date.now() - since) / 1_000;
		const items = await Promise.all(answers.map(async (answer) => (await answer.json()) as Item));
		const shares = await Promise.all(
			queue.workers.map(
				async (worker) => (await worker.log()).split('started execution').length - 1,
			),
		);
		const after = await memory();
		process.stdout.write(
			`40 executions in ${seconds.toFixed(1)} s, ${shares.join(' and ')} by each worker\n` +
				`memory of the workers: ${before.join(' and ')} MB before, ${after.join(' and ')} MB after\n`,
		);
		expect(items.map(({ status }) => status)).toEqual(prompts.map(() => 'completed'));
		expect(n8n.relay.billed).toBe(41);
		expect(new Set(n8n.relay.bills.map(({ prompt }) => prompt)).size).toBe(41);
		expect(Math.min(...shares)).toBeGreaterThan(5);
	});

	it('hands the file from the worker to whoever answers', async () => {
		const { url } = await webhook(
			'lastNode',
			{ downloadVideo: true },
			{ responseData: 'firstEntryBinary', responseBinaryPropertyName: 'data' },
		);

		const answer = await call(url, { prompt: 'A cat, landscape' });

		expect(answer.headers.get('content-type')).toBe('video/mp4');
		const bytes = Buffer.from(await answer.arrayBuffer());
		expect(bytes.equals(mediaBytes('video', 'landscape'))).toBe(true);
	});

	it('finishes a generation when its worker is asked to end', async () => {
		const { id, url } = await webhook('onReceived');
		n8n.relay.next({ kind: 'generate', pauses: [{ at: 'afterProgress', ms: 4_000 }] });
		await call(url, { prompt: 'A cat' });
		const { taskId = '' } = await n8n.relay.turn(0);
		const worker = await ranBy(taskId);

		worker.child.kill('SIGTERM');
		const turn = await n8n.relay.turn(0);

		expect((await turn.closed).by).toBe('relay');
		await until(async () => (await last(id))?.status === 'success');
		const finished = `finished execution ${(await last(id))?.id} `;
		await until(async () => (await worker.log()).includes(finished)); // it is written a moment later
		expect(n8n.relay.billed).toBe(1);
	});

	it('pays once for a generation that outlasts the patience of its worker', async () => {
		const { id, taskId, worker } = await stuck();

		worker.child.kill('SIGTERM');
		const execution = await over(id, worker);

		say('SIGTERM, generation longer than the grace', execution);
		expect(n8n.relay.turns).toHaveLength(1);
		expect(await worker.log()).toContain(`task ${taskId} was started`);
	});

	it('pays once for a generation whose worker is killed, and does not run it again', async () => {
		const { id, taskId, worker } = await stuck();

		worker.child.kill('SIGKILL');
		const execution = await over(id, worker);

		say('SIGKILL', execution);
		// n8n has nothing left of it to run again, and must not begin anew.
		const retry = n8n.client.post(`/executions/${execution.id}/retry`, { loadWorkflow: false });
		await retry.catch(() => {});
		expect(n8n.relay.turns).toHaveLength(1);
		expect(n8n.relay.billed).toBe(1);
		expect(await worker.log()).toContain(`task ${taskId} was started`);
	});

	/** Megabytes each worker has, without what it only borrowed. */
	const memory = () =>
		Promise.all(
			queue.workers.map(async ({ child }) => {
				const { output } = await runCommand('ps', ['-o', 'rss=', '-p', String(child.pid)]);
				return Math.round(Number(output) / 1024);
			}),
		);

	/** A generation that does not end by itself, and who works on it. */
	async function stuck() {
		const { id, url } = await webhook('onReceived');
		n8n.relay.next({ kind: 'generate', silentAt: 'afterProgress' });
		await call(url, { prompt: 'A cat' });
		const { taskId = '' } = await n8n.relay.turn(0);
		return { id, taskId, worker: await ranBy(taskId) };
	}

	/** How an execution ended whose worker was asked to end; one that does not is ended by force. */
	async function over(workflowId: string, worker: N8n): Promise<Execution & { after: number }> {
		const since = Date.now();
		const force = setTimeout(() => worker.child.kill('SIGKILL'), 90_000);
		await until(async () => {
			const seconds = (Date.now() - since) / 1_000;
			if (seconds > 240) throw new Error(`It goes on: ${await lastWords()}`);
			return /error|crashed|canceled/.test((await last(workflowId))?.status ?? '');
		}).finally(() => clearTimeout(force));
		const after = Math.round((Date.now() - since) / 1_000);
		return { ...(await n8n.finished((await last(workflowId))?.id ?? '')), after };
	}

	const lastWords = async () => {
		const logs = await Promise.all(queue.workers.map((worker) => worker.log()));
		return logs.map((log) => log.trim().split('\n').slice(-8).join('\n')).join('\n\n');
	};
});

interface Item {
	status: string;
	taskId: string;
}

const say = (what: string, { status, after, error, customData }: Execution & { after: number }) =>
	process.stdout.write(
		`${what}: ${status} after ${after} s, ${error?.message}, ${JSON.stringify(customData)}\n`,
	);
