import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { mediaBytes } from '../relay/media';
import { startRelay } from '../relay/relay';
import { expectRefusal } from '../support/expectRefusal';
import { useNode } from '../support/useNode';

const prompt = 'The kitten of the picture, asleep in the sun';
const url = 'https://example.com/it%2Fs%20a%20kitten.png?sig=a%2Bb';
const node = useNode();

const generateWith = (...image: IDataObject[]) => ({
	operation: 'generate',
	prompt,
	images: { image },
});

const byUrl = (address: string) => ({ source: 'url', url: address });
const byField = (binaryField: string) => ({ source: 'binary', binaryField });

const webp = mediaBytes('poster');
const dataUri = `data:image/webp;base64,${webp.toString('base64')}`;

const itemWith = (bytes: Buffer, mimeType: string): INodeExecutionData[] => [
	{ json: {}, binary: { photo: { data: bytes.toString('base64'), mimeType } } },
];

const sent = (index = 0): unknown => {
	const { messages } = node.relay.turns[index]?.body as { messages: IDataObject[] };
	return messages.at(-1);
};

const partsOf = (...urls: string[]) => [
	{ type: 'text', text: prompt },
	...urls.map((address) => ({ type: 'image_url', image_url: { url: address } })),
];

describe('reference pictures', () => {
	it('go as addresses, as they are written, and stay in the conversation', async () => {
		const run = await node.run(generateWith(byUrl(` ${url} `), byUrl('http://h.example/2')));

		const wish = { role: 'user', content: partsOf(url, 'http://h.example/2') };
		expect(sent()).toEqual(wish);
		expect(run.json('Chat Video')[0]?.messages).toEqual([
			wish,
			{ role: 'assistant', content: node.relay.turns[0]?.transcript },
		]);
	});

	it('go as the files themselves, which the conversation then leaves out', async () => {
		const run = await node.run(generateWith(byField('photo')), {
			items: itemWith(webp, 'image/webp'),
		});

		expect(sent()).toEqual({ role: 'user', content: partsOf(dataUri) });
		const [json] = run.json('Chat Video');
		expect(json?.messages).toEqual([
			{ role: 'user', content: prompt },
			{ role: 'assistant', content: node.relay.turns[0]?.transcript },
		]);
		expect(JSON.stringify(run.items('Chat Video'))).not.toContain('base64');
	});

	it('go in their order, whatever they are', async () => {
		const run = await node.run(generateWith(byField('photo'), byUrl(url), byField('photo')), {
			items: itemWith(webp, 'image/webp'),
		});

		expect(sent()).toEqual({ role: 'user', content: partsOf(dataUri, url, dataUri) });
		expect((run.json('Chat Video')[0]?.messages as IDataObject[])[0]).toEqual({
			role: 'user',
			content: partsOf(url),
		});
	});

	it('are read from n8n’s storage, and go with a modification', async () => {
		const run = await node.runChain(
			[
				{ operation: 'generate', prompt: 'A cat', options: { downloadPoster: true } },
				{ ...generateWith(byField('poster')), operation: 'modify' },
				{ operation: 'modify', prompt: 'Make it night' },
			],
			{ binary: 'filesystem' },
		);

		expect(run.error()).toBeUndefined();
		expect(sent(1)).toEqual({ role: 'user', content: partsOf(dataUri) });
		const { messages } = node.relay.turns[2]?.body as { messages: IDataObject[] };
		expect(messages.map(({ content }) => content)).toEqual([
			'A cat',
			node.relay.turns[0]?.transcript,
			prompt,
			node.relay.turns[1]?.transcript,
			'Make it night',
		]);
	});

	it('that came with the history stay in it', async () => {
		const messages = [
			{ role: 'user', content: partsOf(dataUri) },
			{ role: 'assistant', content: '> sid: `s_68ec8accd80c8191ae1fc957af78caaa`' },
		];
		await using relay = await startRelay({ history: 'any' });

		const run = await node.run(
			{ operation: 'modify', prompt: 'a hat', history: 'json', messages: JSON.stringify(messages) },
			{ credentials: { chatVideoApi: { baseUrl: relay.url, apiKey: relay.apiKey } } },
		);

		expect((run.json('Chat Video')[0]?.messages as unknown[]).slice(0, 2)).toEqual(messages);
	});

	it('are not there when none is given', async () => {
		await node.run(generateWith());

		expect(sent()).toEqual({ role: 'user', content: prompt });
	});

	it('are part of what a retry recognizes', async () => {
		const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		node.relay.next({ kind: 'generate', media: { answer: 'forbidden' } });

		await node.run(
			{
				...generateWith(byField('photo')),
				downloadVideo: true,
				options: { failOnDownload: true },
			},
			{ items: itemWith(webp, 'image/webp'), settings },
		);

		expect(node.relay.turns).toHaveLength(1);
	});
});

describe('a picture that cannot be sent', () => {
	const tenMegabytes = 10 * 1024 ** 2;

	it.each<[string, IDataObject, string]>([
		['no address', byUrl(''), 'Images: picture 2 is not an http(s) address: it is empty'],
		['half an address', byUrl('example.com/a.png'), 'is not an http(s) address: example.com/a.png'],
		['a file of this machine', byUrl('file:///etc/passwd'), 'is not an http(s) address: file:///'],
		['a data URI', byUrl('data:image/png;base64,AAAA'), 'is not an http(s) address: data:image'],
		['two addresses', byUrl('https://a.example/ https://b.example/'), 'is not an http(s) address'],
		[
			'a field that is not there',
			byField('picture'),
			'Images: picture 2 is missing: the input item has no binary field "picture"',
		],
		['no field', byField(''), 'Images: picture 2 is missing'],
	])('gets a sentence and costs nothing: %s', async (_, image, sentence) => {
		const run = await node.run(generateWith(byUrl(url), image), {
			items: itemWith(webp, 'image/webp'),
		});

		expectRefusal(run, sentence);
		expect(node.relay.requests).toHaveLength(0);
	});

	it('is refused for an item without any file', async () => {
		const run = await node.run(generateWith(byField('photo')));

		expect(run.error()?.message).toBe(
			'Images: picture 1 is missing: the input item has no binary field "photo" [item 0]',
		);
	});

	it('is a file that is no image', async () => {
		const run = await node.run(generateWith(byField('photo')), {
			items: itemWith(Buffer.from('hello'), 'text/plain'),
		});

		expect(run.error()?.message).toContain(
			'Images: picture 1 is not an image: the binary field "photo" holds text/plain',
		);
		expect(node.relay.requests).toHaveLength(0);
	});

	it('is a file over 10 MB, refused before the items before it are sent', async () => {
		const run = await node.run(generateWith(byField('photo')), {
			items: [
				...itemWith(webp, 'image/webp'),
				...itemWith(Buffer.alloc(tenMegabytes + 1), 'image/png'),
			],
		});

		expect(run.error()?.message).toContain('Images: picture 1 has 10.0 MB, and 10 MB is the most');
		expect(run.error()?.message).toContain('[item 1]');
		expect(node.relay.requests).toHaveLength(0);
	});

	it('is not a file of 10 MB', async () => {
		const run = await node.run(generateWith(byField('photo')), {
			items: itemWith(Buffer.alloc(tenMegabytes), 'image/png'),
		});

		expect(run.error()).toBeUndefined();
		expect(node.relay.turns[0]?.images[0]?.length).toBeGreaterThan(tenMegabytes * 1.3);
	});

	it('stands in the continued items, as free of charge', async () => {
		const run = await node.run(generateWith(byField('photo')), {
			settings: { onError: 'continueErrorOutput' },
		});

		expect(run.json('Chat Video', 1)[0]).toMatchObject({
			errorKind: 'badRequest',
			billing: 'none',
		});
	});
});
