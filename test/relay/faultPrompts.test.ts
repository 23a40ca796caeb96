import '../support/clock';
import { useNode } from '../support/useNode';
import { faultOf, faultPrompts } from './faultPrompts';

const node = useNode({ situation: ({ prompt }) => faultOf(prompt) });
const generate = async (prompt: string, parameters: object = {}) => {
	const run = await node.run(
		{ operation: 'generate', prompt, options: { keepTrack: false }, ...parameters },
		{ settings: { onError: 'continueErrorOutput' } },
	);
	return { ...run.json('Chat Video', 0)[0], ...run.json('Chat Video', 1)[0] };
};
const none = { billing: 'none' };

describe('a prompt that asks for a fault meets it', () => {
	const met: Record<string, object> = {
		key: { errorKind: 'unauthorized', ...none },
		quota: { errorKind: 'quota', ...none },
		model: { errorKind: 'modelNotFound', ...none },
		busy: { errorKind: 'rateLimited', ...none },
		moderated: { errorKind: 'moderated', billing: 'started' },
		gateway: { errorKind: 'unavailable', billing: 'possible' },
		cut: { status: 'completed' },
		late: { errorKind: 'disconnected', billing: 'started' },
		file: { status: 'completed', download: { video: { kind: 'download' } } },
		page: { errorKind: 'malformed', billing: 'possible' },
	};

	it.each(faultPrompts.map(({ word }) => word))('fail: %s', async (word) => {
		const item = await generate(`fail: ${word}`, { downloadVideo: word === 'file' });

		expect(met[word]).toBeDefined();
		expect(item).toMatchObject(met[word] ?? {});
	});

	it.each(['Fail: moderated', '  fail:moderated', 'FAIL: MODERATED, please'])(
		'however it is written: "%s"',
		async (prompt) => {
			expect(await generate(prompt)).toMatchObject({ errorKind: 'moderated' });
		},
	);

	it('and one that was late is there for Get Video', async () => {
		const { taskId } = (await generate('fail: late')) as { taskId: string };

		const run = await node.run({ operation: 'get', taskId });

		expect(run.json('Chat Video')[0]).toMatchObject({ taskId, status: 'completed' });
		expect(node.relay.billed).toBe(1);
	});

	it('and one that is not known gets the list', async () => {
		expect(await generate('fail: elsewhere')).toMatchObject({
			error: expect.stringContaining('key, quota, model'),
			...none,
		});
	});

	it.each(['A cat that fails: it jumps', 'failing'])('but not "%s"', async (prompt) => {
		expect(await generate(prompt)).toMatchObject({ status: 'completed' });
	});
});
