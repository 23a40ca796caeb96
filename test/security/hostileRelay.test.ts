import type { IDataObject } from 'n8n-workflow';
import { parseStatus } from '../../nodes/ChatVideo/tasks/status';
import { refusals } from '../relay/refusals';
import type { Situation } from '../relay/situations';
import { serve } from '../support/serve';
import { useNode } from '../support/useNode';

/** The key, as the relay knows it. */
const known = 'relay-key-0123456789-of-tests';
const node = useNode({ apiKey: known });
const videoUrl = 'https://files.example.com/a.mp4';
const generate = { operation: 'generate', prompt: 'A cat in the sun', simplify: false };
const continued = { settings: { onError: 'continueErrorOutput' } } as const;

const stream = (...chunks: unknown[]): Situation => ({
	kind: 'play',
	bytes: [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]']
		.map((data) => `data: ${data}\n\n`)
		.join(''),
});
const saying = (content: string, more: IDataObject = {}) => ({
	...more,
	choices: [{ delta: { content } }],
});
const result = `> 生成完成 ✅\n[在线播放▶️](${videoUrl})`;

/** Where a text stands in another, with what is around it. */
const placesOf = (text: string, all: string): string[] =>
	all.split(text).flatMap((before, index) => (index === 0 ? [] : [before.slice(0, 40)]));

const itemOf = async (situation: Situation, parameters: IDataObject = generate) => {
	node.relay.next(situation);
	const run = await node.run(parameters);
	return run.json('Chat Video')[0] ?? {};
};

describe.each<[string, number, Record<string, string>]>([
	['a redirect', 302, { location: `ftp://h.example/?key=${known}` }],
	['a redirect to nowhere', 302, { location: `https:///${known}:x` }],
	['the type of a file', 200, { 'content-type': `text/${known}` }],
	['the encoding of a file', 200, { 'content-encoding': known }],
])('the key, printed by the host of the files in %s, is nowhere', (_, status, headers) => {
	it.each([false, true])('where the file must be there: %s', async (failOnDownload) => {
		await using host = await serve((__, response) => response.writeHead(status, headers).end('x'));
		node.relay.next(stream(saying(result.replace(videoUrl, `${host.url}/a.mp4`))));
		const parameters = { ...generate, downloadVideo: true, options: { failOnDownload } };
		const run = await node.run(parameters, continued);
		const shown = JSON.stringify([run.json('Chat Video'), run.json('Chat Video', 1)]);
		expect(shown).toContain('***');
		expect(shown).not.toContain(known);
	});
});

describe('the key, printed by the relay it was sent to, is nowhere', () => {
	it.each<[string, Situation]>([
		['as a task id', stream(saying(`> ID: \`${known}\`\n${result}`))],
		['in the text', stream(saying(`Your key is ${known}.\n${result}`))],
		['in two deltas', stream(saying(`Key ${known.slice(0, 9)}`), saying(known.slice(9) + result))],
		['in a link', stream(saying(`[在线播放▶️](${videoUrl}?key=${known})`))],
		['in the data of the chunks', stream(saying(result, { id: known, usage: { key: known } }))],
		['as a task of a stream that broke', stream(saying(`> ID: \`${known}\`\n`))],
		['as a reason', stream(saying(`> 生成失败 ❌\n> 失败原因：${known}`))],
		['in an error event', stream({ error: { message: `no ${known}`, code: known } })],
		[
			'in a refusal and its request id',
			{
				kind: 'status',
				status: 400,
				body: { error: { message: `bad ${known}` }, request_id: known },
			},
		],
		['in a page', { kind: 'play', bytes: `<html><title>${known}</title>` }],
	])('%s', async (_, situation) => {
		for (const settings of [{}, continued.settings]) {
			node.relay.next(situation);
			const options = { recover: false, maxTries: 1 };
			const streamed: unknown[] = [];
			const run = await node.run(
				{ ...generate, options },
				{ settings, mode: 'webhook', onChunk: (chunk) => streamed.push(chunk) },
			);

			const { metadata, saved, logs, data } = run;
			const kept = JSON.stringify([metadata, saved, logs, data.resultData, streamed]);
			expect(node.relay.turns.at(-1)?.headers.authorization).toBe(`Bearer ${known}`);
			expect(kept).toMatch(/\*\*\*|untitled|web page/);
			expect(placesOf(known, kept)).toEqual([]);
		}
	});

	it('not even where a task is asked for', async () => {
		const task = node.relay.start({ reason: `refused for ${known}` });

		const run = await node.run({ operation: 'get', taskId: task.taskId });

		expect(run.error()?.message).toContain('refused for ***');
		expect(JSON.stringify([run.saved, run.logs])).not.toContain(known);
	});
});

describe('an address that is not http(s) is no result', () => {
	it.each(['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,<b>'])(
		'%s',
		async (address) => {
			const text = `> 生成完成 ✅\n[在线播放▶️](${address})\n<video src="${address}">\n![a](${address})`;
			const output = [
				{ url: address, type: 'video', task_id: 't' },
				{ url: address, type: 'image', task_id: 't' },
			];
			const chunk = { choices: [{ delta: { content: text, output } }] };
			const run = await itemOf(stream(chunk), { ...generate, options: { recover: false } });
			expect(run).toEqual({});

			const withVideo = { choices: [{ delta: { content: `${text}\n${result}`, output } }] };
			const item = await itemOf(stream(withVideo));
			expect(item).toMatchObject({ videoUrl, videoUrls: [videoUrl] });
			expect(item).not.toHaveProperty('posterUrl');
		},
	);

	it.each(['file:///etc/passwd', 'javascript:alert(1)'])('of a task neither: %s', (address) => {
		const body = {
			id: 'task_1',
			status: 'completed',
			video_url: address,
			thumbnail_url: address,
		};
		expect(parseStatus(body)).toMatchObject({ state: 'unknown', videoUrl: '', posterUrl: '' });
	});
});

it('a link without a scheme is read as https', async () => {
	const chunk = saying('> 生成完成 ✅\n[在线播放▶️](//a.example/b.mp4)');

	expect(await itemOf(stream(chunk))).toMatchObject({ videoUrl: 'https://a.example/b.mp4' });
});

describe('what a transcript says is text', () => {
	it.each([
		'={{ $credentials.apiKey }}',
		'={{ $env.N8N_ENCRYPTION_KEY }}',
		'{{ process.exit(1) }}',
		'${process.env.PATH}',
		'<script>alert(1)</script>',
	])('and nothing runs it: %s', async (words) => {
		const fence = `\`\`\`json\n${JSON.stringify({ prompt: words, orientation: words })}\n\`\`\`\n`;
		node.relay.next(stream(saying(`${fence}${words}\n${result}`)));

		const run = await node.runChain([generate, { operation: 'modify', prompt: 'with a hat' }]);

		const [item] = run.json('A');
		expect(item).toMatchObject({ prompt: words, orientation: words, videoUrl });
		const sent = node.relay.turns[1]?.body as { messages: Array<{ content: string }> };
		expect(sent.messages[1]?.content).toBe(`${fence}${words}\n${result}`);
	});
});

describe('an error holds no markup', () => {
	const markup = '<a href="https://phish.example">Log in</a><img/src=x/onerror=alert(1)>';
	const tagged = /<[a-z/!?]/i;

	it.each<[string, Situation]>([
		['of a refusal', { kind: 'status', status: 400, body: { error: { message: markup } } }],
		[
			'of a request id',
			{ kind: 'status', status: 400, body: { error: { message: 'no' }, request_id: markup } },
		],
		['of an error event', stream({ error: { message: markup, code: markup } })],
		['of a reason', stream(saying(`> 生成失败 ❌\n> 失败原因：${markup}`))],
		['of a task id', stream(saying('> ID: `<img/src=x/onerror=alert(1)>`\n'))],
		['of a sid', stream(saying('> ID: `t_1`\n> sid: `<img/src=x/onerror=alert(1)>`\n'))],
		...[
			'" onmouseover="alert(1)" x="',
			"'><script>alert(1)</script>",
			'see https://phish.example/?a="><img src=x onerror=alert(1)>',
			'[Log in](https://phish.example/"onclick="alert(1))',
			'&lt;img src=x onerror=alert(1)&gt; &#60;b&#62;',
			'<<b>img src=x onerror=alert(1)>',
			'<IMG\nSRC=x ONERROR=alert(1)//',
			'<!--><svg onload=alert(1)>',
			'javascript:alert(1)//https://a.example',
		].flatMap((words): Array<[string, Situation]> => [
			[`of a refusal: ${words}`, { kind: 'status', status: 400, body: { error: words } }],
			[`of the last words: ${words}`, stream(saying(`Sorry. ${words}`))],
			[
				`of a link to a task: ${words}`,
				stream(saying(`> ID: \`t_12345678\`\n> [数据预览](https://a.example/web/t_1?${words})\n`)),
			],
			[
				`of a link to a video: ${words}`,
				stream(saying(`> ID: \`t_12345678\`\nhttps://a.example/${words}/v.mp4\n> 生成失败 ❌\n`)),
			],
			[
				`of a place: ${words}`,
				{
					kind: 'status',
					status: 302,
					headers: { location: encodeURI(`https://a.example/?${words}`) },
				},
			],
		]),
		['of a page', refusals.html(504)],
		['of text', { kind: 'play', bytes: `oops ${markup}` }],
	])('%s', async (_, situation) => {
		node.relay.next(situation);
		const options = { recover: false, maxTries: 1 };
		const run = await node.run({ ...generate, options });

		const { message, description } = run.error('Chat Video') ?? {};
		expect(message).not.toBe('');
		expect(message).not.toMatch(tagged);
		const words = description?.replace(
			/<br>|<a href="https?:[^"<>\s]*" target="_blank">|<\/a>/g,
			'',
		);
		expect(words).not.toMatch(tagged);
	});

	it('nor where other items are named', async () => {
		node.relay.next(stream(saying(`> ID: \`<b>bold</b>\`\n${result}`)), refusals.unauthorized());
		const run = await node.run(generate, { items: [{ json: {} }, { json: {} }] });

		expect(run.error('Chat Video')?.description).toContain(
			'Item 0 has task &lt;b&gt;bold&lt;/b&gt;',
		);
	});
});

describe('keys of prototypes are keys like any other', () => {
	const polluting =
		'{"__proto__":{"polluted":1,"status":"completed","url":"https://evil.example/a.mp4"},"constructor":{"prototype":{"polluted":1}}}';
	afterEach(() => {
		expect(({} as IDataObject).polluted).toBeUndefined();
		expect(Object.prototype).not.toHaveProperty('polluted');
	});

	it.each([
		['an event', `data: ${polluting}\n\ndata: ${JSON.stringify(saying(result))}\n\n`],
		[
			'a delta',
			`data: {"choices":[{"__proto__":{"delta":{"content":"x"}},"delta":${JSON.stringify({ content: result }).replace('{', '{"__proto__":{"polluted":1},')}}]}\n\n`,
		],
		[
			'the usage',
			`data: ${JSON.stringify(saying(result)).replace('{', `{"usage":${polluting},`)}\n\n`,
		],
		[
			'the fence',
			`data: ${JSON.stringify(saying(`\`\`\`json\n${polluting}\n\`\`\`\n${result}`))}\n\n`,
		],
	])('in %s', async (_, bytes) => {
		expect(await itemOf({ kind: 'play', bytes: `${bytes}data: [DONE]\n\n` })).toMatchObject({
			status: 'completed',
			videoUrl,
		});
	});

	it('in an error', async () => {
		node.relay.next({
			kind: 'play',
			status: 400,
			bytes: `{"error":${polluting.replace('{', '{"message":"no",')}}`,
		});
		const run = await node.run(generate);
		expect(run.error('Chat Video')?.message).toBe('The service answered 400: “no” [item 0]');
	});

	it('in the body of the options, which goes out as it is', async () => {
		await node.run({ ...generate, options: { body: polluting } });
		expect(node.relay.turns[0]?.rawBody).toContain(polluting.slice(1, -1));
	});

	it('in a history, which goes out as it is', async () => {
		const answer = `{"role":"assistant","content":"> sid: s_1","__proto__":{"polluted":1}}`;
		const messages = `[{"role":"user","content":"x"},${answer}]`;
		await node.run({ operation: 'modify', prompt: 'x', history: 'json', messages });
		expect(node.relay.turns[0]?.rawBody).toContain(answer);
	});

	it('as the name of a header', async () => {
		const header = [{ name: '__proto__', value: 'a' }];
		await node.run({ ...generate, options: { headers: { header } } });
		expect(node.relay.turns[0]?.headers).toHaveProperty('__proto__');
	});
});

it('values nested by the thousand do not cost the video', async () => {
	const nested = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
	const bytes = `data: ${JSON.stringify(saying(result)).replace('{', `{"usage":${nested},`)}\n\n`;
	const item = await itemOf({ kind: 'play', bytes });
	expect(item).toMatchObject({ status: 'completed', videoUrl });
	expect(item).not.toHaveProperty('usage');
});
