import { useNode } from '../support/useNode';

const node = useNode();
const generate = { operation: 'generate', prompt: 'A cat' };

describe('who builds a workflow', () => {
	const hintsOf = async (parameters: object, mode: 'manual' | 'webhook' = 'manual') => {
		const run = await node.run({ ...parameters }, { mode });
		return JSON.stringify(run.saved.resultData.runData['Chat Video']?.[0]?.hints ?? []);
	};

	it('is warned after a run by hand that another one is paid for too', async () => {
		expect(await hintsOf(generate)).toContain('pays for another video');
	});

	it('is warned of a file that is not there, as the item looks like any other', async () => {
		node.relay.next({ kind: 'generate', media: { answer: 'notFound' } });

		const hints = await hintsOf({ ...generate, downloadVideo: true });

		expect(hints).toContain('1 of 1 items lack a file');
		expect(await hintsOf({ ...generate, downloadVideo: true })).not.toContain('lack a file');
	});

	it.each([
		['a workflow that runs by itself', generate, 'webhook'],
		['an operation that costs nothing', { operation: 'parse', transcript: 'x' }, 'manual'],
	] as const)('is not said for %s', async (_, parameters, mode) => {
		expect(await hintsOf(parameters, mode)).not.toContain('pays for another video');
	});
});

describe('an evaluation that makes up what HTTP answers', () => {
	it.each([
		['generate', generate],
		[
			'modify',
			{ operation: 'modify', prompt: 'a hat', history: 'fields', previousTaskId: 'task_1' },
		],
	])('makes no video by %s, and says so', async (_, parameters) => {
		const run = await node.run(parameters, {
			additionalData: { evalLlmMockHandler: async () => undefined } as never,
			settings: { onError: 'continueErrorOutput' },
		});

		expect(run.json('Chat Video', 1)[0]).toMatchObject({
			billing: 'none',
			error: expect.stringContaining('This evaluation makes up the answers of services'),
		});
		expect(node.relay.requests).toHaveLength(0);
	});
});
