import { call } from './support/call';
import { readChunks, type Chunk } from './support/readChunks';
import { useN8n } from './support/useN8n';
import { webhookTo } from './support/webhookTo';

describe('a webhook in production', () => {
	const n8n = useN8n({ relay: { pace: 60 } });
	const open = async (responseMode: string) => {
		const { workflow, path } = webhookTo(responseMode);
		await n8n.activate(workflow);
		return `${n8n.client.url}${path}`;
	};

	it('answers with the video of the prompt it was called with', async () => {
		const answer = await call(await open('lastNode'), { prompt: 'A paper boat' });

		const [turn] = n8n.relay.turns;
		expect(turn?.prompt).toBe('A paper boat');
		expect(await answer.json()).toMatchObject({
			status: 'completed',
			taskId: turn?.taskId,
			videoUrl: turn?.videoUrl,
		});
	});

	it('streams the progress while the video is made', async () => {
		const answer = await call(await open('streaming'), { prompt: 'A paper boat' });

		const seen: Array<Chunk & { at: number }> = [];
		for await (const chunk of readChunks(answer)) seen.push({ ...chunk, at: Date.now() });
		const [turn] = n8n.relay.turns;
		const items = seen.filter(({ type }) => type === 'item');
		const lines = items.map(({ content }) => content?.trim());
		expect(lines[0]).toBe(`submitted ${turn?.taskId}`);
		expect(lines).toContainEqual(expect.stringMatching(/^\d+ %$/));
		expect(lines.at(-1)).toContain(`](${turn?.videoUrl})`);
		const [first, last] = [items[0]?.at ?? 0, items.at(-1)?.at ?? 0];
		expect(last - first).toBeGreaterThan(200);
	});
});
