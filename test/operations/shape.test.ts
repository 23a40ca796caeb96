import '../support/clock';
import type { IDataObject } from 'n8n-workflow';
import { brokenFor } from '../relay/brokenFor';
import { expectRefusal } from '../support/expectRefusal';
import { useNode } from '../support/useNode';

const node = useNode();
const prompt = 'A cat in the sun';
const generate = { operation: 'generate', prompt };

const sent = (): unknown => {
	const { messages } = node.relay.turns[0]?.body as { messages: IDataObject[] };
	return messages.at(-1)?.content;
};

describe('Aspect Ratio and Duration', () => {
	it.each<[string, IDataObject, string]>([
		['landscape', { aspectRatio: '16:9' }, '(aspect ratio 16:9, landscape (横屏))'],
		['portrait', { aspectRatio: '9:16' }, '(aspect ratio 9:16, portrait (竖屏))'],
		['square', { aspectRatio: '1:1' }, '(aspect ratio 1:1, square (方形))'],
		['seconds', { duration: 15 }, '(duration 15 seconds (15秒))'],
		['seconds as text', { duration: '={{ "10" }}' }, '(duration 10 seconds (10秒))'],
		[
			'both',
			{ aspectRatio: '16:9', duration: 10 },
			'(aspect ratio 16:9, landscape (横屏); duration 10 seconds (10秒))',
		],
	])('are said in words at the end of the prompt: %s', async (_, wishes, words) => {
		const run = await node.run({ ...generate, ...wishes });

		const said = `${prompt}\n\n${words}`;
		expect(sent()).toBe(said);
		const [item] = run.json('Chat Video');
		expect(item?.prompt).toBe(prompt);
		expect((item?.messages as IDataObject[])[0]).toEqual({ role: 'user', content: said });
	});

	it('are understood by the service', async () => {
		const run = await node.run({ ...generate, aspectRatio: '16:9' });

		expect(run.json('Chat Video')[0]?.orientation).toBe('landscape');
	});

	it.each<[string, IDataObject]>([
		['nothing is set', {}],
		['it is as the prompt says', { aspectRatio: '', duration: 0 }],
		['an expression gives nothing', { aspectRatio: '={{ null }}', duration: '={{ undefined }}' }],
	])('add nothing when %s', async (_, wishes) => {
		await node.run({ ...generate, ...wishes });

		expect(sent()).toBe(prompt);
	});

	it('go with pictures', async () => {
		const image = [{ source: 'url', url: 'https://example.com/a.png' }];

		await node.run({ ...generate, aspectRatio: '1:1', images: { image } });

		expect(sent()).toEqual([
			{ type: 'text', text: `${prompt}\n\n(aspect ratio 1:1, square (方形))` },
			{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
		]);
	});

	it('keep the user’s prompt where the task is asked for', async () => {
		node.relay.next(brokenFor(1));

		const run = await node.run({ ...generate, duration: 10 });

		expect(run.json('Chat Video')[0]).toMatchObject({ status: 'completed', prompt });
	});

	it.each<[string, IDataObject, string]>([
		['another ratio', { aspectRatio: '={{ "4:3" }}' }, 'Aspect Ratio must be 16:9, 9:16 or 1:1'],
		['less than nothing', { duration: -1 }, 'Duration must be a number of seconds, not -1'],
		['words', { duration: '={{ "long" }}' }, 'Duration must be a number of seconds, not "long"'],
	])('that no video can have are refused: %s', async (_, wishes, sentence) => {
		const run = await node.run({ ...generate, ...wishes });

		expectRefusal(run, sentence);
		expect(node.relay.requests).toHaveLength(0);
	});
});
