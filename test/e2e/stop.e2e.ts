import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chain, chatVideo, trigger } from './support/chain';
import { until } from './support/until';
import { useN8n } from './support/useN8n';
import { webhook } from './support/webhook';

describe('Stop during a generation', () => {
	const n8n = useN8n();

	it('closes the connection, and the task can still be found, and its video fetched', async () => {
		n8n.relay.next({ kind: 'generate', silentAt: 'afterProgress' });
		const id = await n8n.start(chain(trigger, chatVideo({})));
		const turn = await n8n.relay.turn(0);
		await until(async () => (await log()).includes(turn.taskId ?? ''));

		const pressed = Date.now();
		await n8n.client.post(`/executions/${id}/stop`);
		const closing = await turn.closed;

		expect(closing.by).toBe('client');
		expect(closing.at - pressed).toBeLessThan(2_000);
		expect((await n8n.finished(id)).status).toBe('canceled');
		// n8n saves what was noted with an execution a moment after its status.
		await until(async () => (await n8n.finished(id)).customData?.chatVideoTask === turn.taskId);
		expect(n8n.relay.turns).toHaveLength(1);

		let recovered: unknown[] = [];
		// The table hears of the end a moment after the execution.
		await until(async () => {
			const run = await n8n.run(chain(trigger, chatVideo({ operation: 'getMany' })));
			recovered = run.items('Chat Video');
			return recovered.length > 0;
		});
		expect(recovered).toEqual([
			expect.objectContaining({
				json: expect.objectContaining({ status: 'completed', taskId: turn.taskId }) as object,
				binary: { data: expect.objectContaining({ mimeType: 'video/mp4' }) as object },
			}),
		]);
	});

	it('of a workflow in production lets Retry ask for the task', async () => {
		n8n.relay.next({ kind: 'generate', silentAt: 'afterProgress' });
		const id = await n8n.begin(chain(webhook(), chatVideo({})));
		const { taskId = '' } = await n8n.relay.turn(0);
		await until(async () => (await log()).includes(taskId));
		await n8n.client.post(`/executions/${id}/stop`);
		await n8n.finished(id);

		const { items } = await n8n.retry(id);

		expect(items('Chat Video').map(({ json }) => json.taskId)).toEqual([taskId]);
		expect(n8n.relay.billed).toBe(1);
	});

	const log = () => readFile(join(n8n.folder, 'n8n.log'), 'utf8');
});
