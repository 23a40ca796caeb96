import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { itemsOf, useNode } from '../support/useNode';

const fixture = (name: string) => readFileSync(join(__dirname, '../fixtures', name));

describe('Generate Video', () => {
	const node = useNode();
	const generate = { operation: 'generate', prompt: 'A cat in the sun' };

	it('gives the item of a finished video, flat and in order', async () => {
		const run = await node.run(generate);

		const [item] = run.json('Chat Video');
		const [turn] = node.relay.turns;
		expect(Object.keys(item ?? {})).toEqual([
			'videoUrl',
			'posterUrl',
			'status',
			'taskId',
			'sid',
			'model',
			'prompt',
			'orientation',
			'progressLog',
			'messages',
		]);
		expect(item).toMatchObject({
			taskId: turn?.taskId,
			sid: turn?.sid,
			status: 'completed',
			model: 'sora-2',
			prompt: 'A cat in the sun',
			orientation: 'portrait',
			posterUrl: turn?.posterUrl,
			videoUrl: turn?.videoUrl,
			messages: [
				{ role: 'user', content: 'A cat in the sun' },
				{ role: 'assistant', content: turn?.transcript },
			],
		});
		expect(run.items('Chat Video')[0]?.pairedItem).toEqual({ item: 0 });
		expect(node.relay.billed).toBe(1);
	});

	it('reads the reference stream to the letter', async () => {
		node.relay.next({ kind: 'play', bytes: fixture('reference.sse') });

		const run = await node.run({ ...generate, simplify: false });

		const [item] = run.json('Chat Video');
		expect(item).toMatchObject({
			taskId: 'task_01k7e5w9z5f2d91pekrqy59rwc',
			sid: 's_68eca3f141808191b1fd30fea1b731bd',
			sourceSid: 's_68ec8accd80c8191ae1fc957af78caaa',
			posterUrl: 'https://filesystem.site/cdn/20251013/38e999994cfa666de5e677d2af347f.webp',
			videoUrl: 'https://filesystem.site/cdn/20251013/a7a7930bd01f7f313bbb6ecb234075.mp4',
			previewUrl: 'https://asyncdata.net/web/task_01k7e5w9z5f2d91pekrqy59rwc',
			sourceUrl: 'https://asyncdata.net/source/task_01k7e5w9z5f2d91pekrqy59rwc',
			prompt: '让牛的头上顶着光圈，马的脚下踩着祥云',
			orientation: 'portrait',
			chatId: 'chatcmpl-89C77NMqv7oh6ajWBZful0xBNsJN1',
			created: 1760338775,
			finishReason: 'stop',
		});
		const log = item?.progressLog as IDataObject[];
		expect(log.map(({ stage, percent }) => percent ?? stage)).toEqual([
			'submitted',
			'queued',
			'generating',
			36,
			44,
			61,
			69,
			81,
			'completed',
		]);
		for (const { at } of log) expect(new Date(String(at)).toISOString()).toBe(at);
		const transcript = fixture('reference.transcript.md').toString();
		expect((item?.messages as IDataObject[]).at(-1)).toEqual({
			role: 'assistant',
			content: transcript,
		});
		expect(item?.transcript).toBe(transcript);
	});

	it('sends what the reference call sends, and the key in one header', async () => {
		await node.run({ ...generate, model: { __rl: true, mode: 'id', value: 'sora-2-pro' } });

		const [turn] = node.relay.turns;
		expect(turn?.body).toEqual({
			model: 'sora-2-pro',
			messages: [{ role: 'user', content: 'A cat in the sun' }],
			stream: true,
		});
		expect(turn?.headers).toMatchObject({
			accept: 'application/json',
			'content-type': 'application/json',
			authorization: `Bearer ${node.relay.apiKey}`,
		});
	});

	it.each([
		['a slash', (url: string) => `${url}/`],
		['/v1', (url: string) => `${url}/v1`],
		['/v1 and a slash', (url: string) => ` ${url}/v1/ `],
		['the whole endpoint', (url: string) => `${url}/v1/chat/completions`],
	])('takes a base URL with %s at its end for the same', async (_, written) => {
		const credentials = {
			chatVideoApi: { baseUrl: written(node.relay.url), apiKey: node.relay.apiKey },
		};

		const run = await node.run(generate, { credentials });

		expect(run.status).toBe('success');
	});

	it('adds headers and fields of the options to the request', async () => {
		await node.run({
			...generate,
			options: {
				headers: { header: [{ name: 'X-Forwarded-Host', value: 'sora.example' }] },
				body: '{"max_tokens": 4000}',
			},
		});

		const [turn] = node.relay.turns;
		expect(turn?.headers['x-forwarded-host']).toBe('sora.example');
		expect(turn?.body).toMatchObject({ max_tokens: 4000, stream: true, model: 'sora-2' });
	});

	it('keeps the order of the items, whichever is done first', async () => {
		node.relay.next({ kind: 'generate', headersAfter: 120 }, { kind: 'generate' });
		const run = await node.run(
			{ operation: 'generate', prompt: '={{ $json.wish }}', options: { maxConcurrency: 3 } },
			{ items: itemsOf({ wish: 'one' }, { wish: 'two' }, { wish: 'three' }) },
		);

		expect(run.json('Chat Video').map(({ prompt }) => prompt)).toEqual(['one', 'two', 'three']);
		expect(run.items('Chat Video').map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});

	it('works on one item at a time unless set otherwise', async () => {
		const most = { open: 0 };
		const items = itemsOf({ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 });
		const count = async (parameters: IDataObject) => {
			most.open = 0;
			const timer = setInterval(() => {
				most.open = Math.max(most.open, node.relay.openSockets);
			}, 1);
			node.relay.next(...items.map(() => ({ kind: 'generate', headersAfter: 30 }) as const));
			await node.run({ ...generate, ...parameters }, { items });
			clearInterval(timer);
			return most.open;
		};

		expect(await count({})).toBe(1);
		expect(await count({ options: { maxConcurrency: 2 } })).toBe(2);
	});

	it('ends at [DONE] although the server holds the socket', async () => {
		// Without a finish reason nothing else in this answer says that it is over.
		const stream = fixture('reference.sse').toString();
		const bytes = stream.replace('"finish_reason":"stop"', '"finish_reason":null');
		expect(bytes).not.toBe(stream);
		node.relay.next({ kind: 'play', bytes, holdAfterDone: true });

		const run = await node.run({ ...generate, options: { recover: false } });

		expect(run.json('Chat Video')[0]).toMatchObject({ status: 'completed' });
	});

	it('ends soon after the stop when neither [DONE] nor the end of the stream follows', async () => {
		node.relay.next({ kind: 'generate', omitDone: true, holdAfterDone: true });

		const run = await node.run(generate);

		expect(run.status).toBe('success');
	});

	it.each([
		['comments between events', { pingEvery: 3 }],
		['CRLF', { crlf: true }],
		['a byte order mark', { bom: true }],
		['no space after data:', { noSpace: true }],
		['no empty lines between events', { packing: 'unseparated' }],
		['a JSON document a line', { packing: 'lines' }],
		['a JSON document a line, cut into bytes', { packing: 'lines', splits: 1 }],
		['single bytes', { splits: 1 }],
		['a usage chunk after the stop', { usageChunk: true }],
		['no [DONE]', { omitDone: true }],
		['message for delta', { message: true }],
		['the whole text in one chunk', { oneChunk: true }],
		['JSON over several lines', { prettyPrinted: 'documented' }],
		['text in reasoning_content', { dialect: 'sora2api' }],
		['English words', { dialect: 'english' }],
		['a preview first', { dialect: 'veo' }],
		['a content type that is wrong', { contentType: 'application/json' }],
	] as const)('reads a stream with %s', async (_, framing) => {
		node.relay.next({ kind: 'generate', ...framing });

		const run = await node.run({ ...generate, simplify: false });

		const [item] = run.json('Chat Video');
		expect(run.error('Chat Video')).toBeUndefined();
		expect(item?.videoUrl).toBe(node.relay.turns[0]?.videoUrl);
		expect((item?.messages as IDataObject[]).at(-1)?.content).toBe(item?.transcript);
	});

	it('reads a whole completion that came instead of a stream', async () => {
		node.relay.next({ kind: 'completion' });

		const run = await node.run(generate);

		expect(run.json('Chat Video')[0]?.videoUrl).toBe(node.relay.turns[0]?.videoUrl);
	});
});
