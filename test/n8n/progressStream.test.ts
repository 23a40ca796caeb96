import '../support/clock';
import type { IExecuteFunctions } from 'n8n-workflow';
import { createProgressStream } from '../../nodes/ChatVideo/n8n/progressStream';
import { brokenFor } from '../relay/brokenFor';
import type { Situation } from '../relay/situations';
import { useNode } from '../support/useNode';

const node = useNode();

/** The lines a streaming webhook is sent while a video is made. */
async function linesOf(parameters: Record<string, string>): Promise<string[]> {
	const lines: string[] = [];
	await node.run(parameters, {
		mode: 'webhook',
		onChunk: ({ type, content = '' }) => {
			if (type === 'item') lines.push(content);
		},
	});
	return lines;
}

it.each<[string, () => unknown]>([
	[
		'throws',
		() => {
			throw new Error('gone');
		},
	],
	['rejects', () => Promise.reject(new Error('gone'))],
	['rejects with nothing', () => Promise.reject()],
	['never resolves', () => new Promise(() => {})],
	['gives no promise', () => undefined],
	['rejects later', () => new Promise((_, reject) => setImmediate(reject, new Error('gone')))],
])('a listener that is gone costs nothing: sendChunk %s', async (_, sendChunk) => {
	const unheard: unknown[] = [];
	const onUnheard = (reason: unknown): void => void unheard.push(reason);
	process.on('unhandledRejection', onUnheard);
	const context = { isStreaming: () => true, sendChunk } as unknown as IExecuteFunctions;
	const stream = createProgressStream(context, 0, 'key');
	stream.write([{ stage: 'queued', at: '' }]);
	stream.end();
	for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate); // by then Node has reported it
	process.off('unhandledRejection', onUnheard);
	expect(unheard).toEqual([]);
});

describe('whoever listens hears', () => {
	it('each stage in a line of its own', async () => {
		node.relay.next({ kind: 'generate', progress: [36, 81] });

		const lines = await linesOf({ operation: 'generate', prompt: 'A cat' });

		const { taskId, videoUrl, posterUrl } = node.relay.turns[0] ?? {};
		expect(lines).toEqual([
			...[`submitted ${taskId}`, 'queued', 'generating', '36 %', '81 %'].map(
				(line) => `${line}  \n`,
			),
			`completed [Watch the video](${videoUrl})  \n![Poster](${posterUrl})  \n`,
		]);
	});

	it.each<[string, Situation]>([
		['in single bytes', { kind: 'generate', splits: 1 }],
		['event by event', { kind: 'generate', pace: 5 }],
		['in one chunk', { kind: 'generate', oneChunk: true }],
		['in other words', { kind: 'generate', dialect: 'english' }],
		['after a preview', { kind: 'generate', dialect: 'veo' }],
		['as tasks are asked for', brokenFor(1)],
	])('the link and the poster at the end, when the answer comes %s', async (_, situation) => {
		node.relay.next(situation);

		const lines = await linesOf({ operation: 'generate', prompt: 'A cat' });

		const { videoUrl } = node.relay.turns[0] ?? {};
		expect(lines.at(-1)).toContain(`completed [Watch the video](${videoUrl})`);
		expect(lines.filter((line) => line.includes('completed'))).toHaveLength(1);
	});

	it('the link of a task that is asked for', async () => {
		const run = await node.run({ operation: 'generate', prompt: 'A cat' });
		const [item] = run.json('Chat Video');

		const lines = await linesOf({ operation: 'get', taskId: String(item?.taskId) });

		expect(lines.at(-1)).toContain(`completed [Watch the video](`);
	});

	it('why a video failed', async () => {
		node.relay.next({ kind: 'generate', progress: [36], fails: { reason: 'no GPU' } });

		const lines = await linesOf({ operation: 'generate', prompt: 'A cat' });

		expect(lines.at(-1)).toBe('failed: no GPU  \n');
	});
});
