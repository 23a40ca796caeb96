import type { IExecuteFunctions } from 'n8n-workflow';
import { createProgressStream } from '../../nodes/ChatVideo/n8n/progressStream';
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
])('a listener that is gone costs nothing: sendChunk %s', async (_, sendChunk) => {
	const unheard: unknown[] = [];
	const onUnheard = (reason: unknown): void => void unheard.push(reason);
	process.on('unhandledRejection', onUnheard);
	const context = { isStreaming: () => true, sendChunk } as unknown as IExecuteFunctions;
	const stream = createProgressStream(context, 0, 'key');
	stream.write(undefined, [{ stage: 'queued', at: '' }]);
	stream.end();
	await new Promise((resolve) => setTimeout(resolve, 20));
	process.off('unhandledRejection', onUnheard);
	expect(unheard).toEqual([]);
});

describe('whoever listens is told', () => {
	it('each stage in a line of its own', async () => {
		node.relay.next({ kind: 'generate', progress: [36, 81] });

		const lines = await linesOf({ operation: 'generate', prompt: 'A cat' });

		const { taskId, videoUrl } = node.relay.turns[0] ?? {};
		expect(lines).toEqual(
			[`submitted ${taskId}`, 'queued', 'generating', '36 %', '81 %', `completed ${videoUrl}`].map(
				(line) => `${line}  \n`,
			),
		);
	});

	it('why a video failed', async () => {
		node.relay.next({ kind: 'generate', progress: [36], fails: { reason: 'no GPU' } });

		const lines = await linesOf({ operation: 'generate', prompt: 'A cat' });

		expect(lines.at(-1)).toBe('failed: no GPU  \n');
	});
});
