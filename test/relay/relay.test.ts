import { readFileSync } from 'node:fs';
import path from 'node:path';
import { mediaBytes } from './media';
import { plan } from './planner';
import { refusals } from './refusals';
import { startRelay, type Relay, type RelayOptions } from './relay';
import type { Dialect, Generate, Situation } from './situations';
import type { TaskBehaviour } from './taskBehaviour';

const reference = readFileSync(path.join(__dirname, 'media', 'reference.sse'), 'utf8');
const referenceTranscript = () => text(reference);

const relays: Relay[] = [];
const start = async (options?: RelayOptions) => {
	const relay = await startRelay(options);
	relays.push(relay);
	return relay;
};

afterEach(async () => {
	for (const relay of relays.splice(0)) await relay.close();
});

interface Message {
	role: string;
	content: unknown;
}

const post = (
	relay: Relay,
	messages: Message[] | string,
	more: object = {},
	init: RequestInit = {},
) =>
	fetch(`${relay.url}/v1/chat/completions`, {
		method: 'POST',
		headers: { authorization: `Bearer ${relay.apiKey}`, 'content-type': 'application/json' },
		body: JSON.stringify({
			model: 'sora-2',
			messages: typeof messages === 'string' ? [{ role: 'user', content: messages }] : messages,
			stream: true,
			...more,
		}),
		...init,
	});

/** Everything that arrives, and whether it ended well. */
const receive = async (response: Response): Promise<{ body: string; broken: boolean }> => {
	const parts: Uint8Array[] = [];
	const joined = (broken: boolean) => ({ body: Buffer.concat(parts).toString(), broken });
	if (!response.body) return joined(false);
	const reader = response.body.getReader();
	try {
		for (;;) {
			const { value, done } = await reader.read();
			if (done) return joined(false);
			parts.push(value);
		}
	} catch {
		return joined(true);
	}
};

const events = (body: string) =>
	body
		.split('\n\n')
		.filter((event) => event.startsWith('data: {'))
		.map((event) => JSON.parse(event.slice(6)));

/** JSON of any shape: what is expected of it says the rest. */
const json = async (response: Response) => JSON.parse(await response.text());

const text = (body: string): string =>
	events(body)
		.map((event) => event.choices[0]?.delta?.content ?? '')
		.join('');

const turnOf = async (relay: Relay, messages: Message[] | string) => {
	const { body } = await receive(await post(relay, messages));
	return { body, text: text(body) };
};

const user = (content: unknown): Message => ({ role: 'user', content });
const assistant = (content: string): Message => ({ role: 'assistant', content });

/** The same bytes with everything drawn by lot made equal. */
const leveled = (body: string) =>
	body
		.replace(/chatcmpl-[0-9A-Za-z]{29}/g, 'chatcmpl')
		.replace(/"created":\d+/g, '"created":0')
		.replace(/task_01k[0-9a-z]{23}/g, 'task')
		.replace(/sid: s_[0-9a-f]{32}/g, 'sid: s')
		.replace(/https?:\/\/[^/]+\/(web|source|cdn)\//g, 'origin/$1/')
		.replace(/\d{8}\/[0-9a-f]{30}\./g, 'file.');

describe('the wire', () => {
	it('is the reference byte for byte, but for ids and addresses', async () => {
		const relay = await start({ history: 'any' });
		relay.next({ kind: 'generate', progress: [36, 44, 61, 69, 81], queueDots: 5 });
		const request = [
			user('生成一段高清的，牛马跳舞的视频'),
			assistant('> sid: s_68ec8accd80c8191ae1fc957af78caaa'),
			user('让牛的头上顶着光圈，马的脚下踩着祥云'),
		];

		const { body } = await turnOf(relay, request);

		expect(leveled(body)).toBe(leveled(reference));
		expect(events(body)).toHaveLength(events(reference).length);
	});

	it('cuts an id into the deltas of the reference', () => {
		const sourceSid = 's_68ec8accd80c8191ae1fc957af78caaa';
		const tokens = plan({ prompt: 'x', orientation: 'portrait', sourceSid });
		expect(tokens.join(' ')).toContain('68 ec 8 acc d 80 c 819 1 ae 1 fc 957 af 78 c aaa');
	});

	it('says the same for the same seed and something else for another', async () => {
		const said = async (seed: number) => {
			const relay = await start({ seed, taskOrigin: 'http://t', mediaOrigin: 'http://m' });
			return (await turnOf(relay, 'a cat, 16:9')).body;
		};
		expect(await said(1)).toBe(await said(1));
		expect(await said(1)).not.toBe(await said(2));
	});

	it('understands the orientation, escapes the prompt and reads pictures', async () => {
		const relay = await start();
		const picture = { type: 'image_url', image_url: { url: 'https://example.com/a.png' } };
		const prompt = 'a "cat"\n横屏 \u{1f408}';
		const { text: said } = await turnOf(relay, [user([{ type: 'text', text: prompt }, picture])]);
		const fence = JSON.parse(said.split('```')[1]?.replace('json', '') ?? '');
		expect(fence).toEqual({ prompt, orientation: 'landscape' });
		expect(relay.turns[0]?.images).toEqual(['https://example.com/a.png']);
	});

	const framings: Array<[string, Partial<Generate>, (body: string) => void]> = [
		['CRLF', { crlf: true }, (body) => expect(body).not.toMatch(/[^\r]\n/)],
		['a byte order mark', { bom: true }, (body) => expect(body.charCodeAt(0)).toBe(0xfeff)],
		['no space', { noSpace: true }, (body) => expect(body).toMatch(/^data:\{/)],
		[
			'no empty lines',
			{ packing: 'unseparated' },
			(body) => expect(body).toMatch(/^(?:data: \S.*\n)+$/),
		],
		['lines', { packing: 'lines' }, (body) => expect(body).toMatch(/^(?:\{.*\n)+\[DONE\]\n$/)],
		['pings', { pingEvery: 3 }, (body) => expect(body).toContain('}\n\n: PING\n\ndata: ')],
		[
			'a usage chunk',
			{ usageChunk: true },
			(body) => expect(events(body).at(-1).choices).toEqual([]),
		],
		['no [DONE]', { omitDone: true }, (body) => expect(body).not.toContain('[DONE]')],
		[
			'messages',
			{ message: true },
			(body) => expect(body).toContain('"message":{"content":"json"}'),
		],
		[
			'pretty JSON',
			{ prettyPrinted: 'documented' },
			(body) => expect(body).toContain('data: {\n  "id"'),
		],
		[
			'prefixed JSON',
			{ prettyPrinted: 'prefixed' },
			(body) => expect(body).toContain('data:   "id"'),
		],
		[
			'Python JSON',
			{ python: true },
			(body) => expect(body).toMatch(/^data: \{"id": .*\n[^]*\\u751f/),
		],
		[
			'an error event',
			{ errorEvent: { at: 'afterTask', error: { code: 'x' } } },
			(body) => expect(body).toMatch(/排队中"\}[^\n]*\n\ndata: \{"error":\{"code":"x"\}\}\n\n$/),
		],
		[
			'broken JSON',
			{ malformedAt: 'beforeTask' },
			(body) => expect(body).toMatch(/"choices":\[\{"ind\n\ndata: [^\n]+task_/),
		],
	];
	it.each(framings)('knows %s', async (_, modifiers, check) => {
		const relay = await start();
		relay.next({ kind: 'generate', ...modifiers });
		check(Buffer.from(await (await post(relay, 'a cat')).arrayBuffer()).toString());
	});

	it('cuts an emoji into two deltas and a character into single bytes', async () => {
		const relay = await start();
		relay.next({ kind: 'generate', deltaSize: 1, splits: [61, 1, 97] });
		const { text: said } = await turnOf(relay, '\u{1f408}');
		expect(said).toBe(relay.turns[0]?.transcript);
		expect(said).toContain('>🏃‍ 进度');
	});

	const dialects: Array<[Dialect, RegExp]> = [
		['english', /> Generation Complete ✅\n> sid: s_[0-9a-f]{32}\n/],
		['spaced', /> 排队中\.+ 生成中\.\n\n> 🏃‍ 进度/],
		['veo', /预览视频已生成[^]*高质量视频已生成/],
		['veoEnglish', /> Task ID: `sora-2:[0-9a-f-]{36}`/],
		['submitted', /\*\*Task ID: `sora-2:/],
		['sora2api', /^```html\n<video src='http:/],
		['bare', /解析无水印URL\.\.\.http:\S+\.mp4$/],
	];
	it.each(dialects)('speaks %s', async (dialect, expected) => {
		const relay = await start();
		relay.next({ kind: 'generate', dialect });
		const { text: said } = await turnOf(relay, 'a cat');
		expect(said).toMatch(expected);
		expect(said).toBe(relay.turns[0]?.transcript);
	});

	it('thinks aloud until the result', async () => {
		const relay = await start();
		relay.next({ kind: 'generate', reasoning: true });
		const { body, text: said } = await turnOf(relay, 'a cat');
		expect(body).toMatch(/"reasoning_content":"[^"]*task_01k/);
		expect(said).toMatch(/^\n\n> 生成完成/);
		expect(events(body).at(-1).choices[0].finish_reason).toBe('STOP');
	});
});

describe('the conversation', () => {
	it('names the source of a modification in the fence', async () => {
		const relay = await start();
		const first = await turnOf(relay, 'a cat');
		const second = await turnOf(relay, [user('a cat'), assistant(first.text), user('a hat')]);
		const third = await turnOf(relay, [
			user('a cat'),
			assistant(first.text),
			user('a hat'),
			assistant(second.text),
			user('a bat'),
		]);

		expect(second.text).toContain(`"sid": "${relay.turns[0]?.sid}"`);
		expect(third.text).toContain(`"sid": "${relay.turns[1]?.sid}"`);
		expect(relay.turns.map(({ sourceSid }) => sourceSid)).toEqual([
			undefined,
			relay.turns[0]?.sid,
			relay.turns[1]?.sid,
		]);
		expect(relay.billed).toBe(3);
	});

	it('refuses a history that differs in one byte, says where, and bills nothing', async () => {
		const relay = await start();
		const first = await turnOf(relay, 'a cat');
		const changed = first.text.replace('\u200d', '');
		const response = await post(relay, [user('a cat'), assistant(changed), user('a hat')]);

		const { error } = await json(response);
		const at = Buffer.from(first.text).indexOf('\u200d');
		expect(response.status).toBe(400);
		expect(error.code).toBe('history_mismatch');
		expect(error.message).toContain(`differ at byte ${at}`);
		expect(relay.billed).toBe(1);
	});

	it('refuses the right text after the wrong words', async () => {
		const relay = await start();
		const first = await turnOf(relay, 'a cat');
		const response = await post(relay, [user('a dog'), assistant(first.text), user('a hat')]);
		expect((await json(response)).error.code).toBe('history_mismatch');
	});

	it('refuses to go on from a turn that was cut off', async () => {
		const relay = await start();
		relay.next({ kind: 'generate', cutAt: 'afterProgress' });
		const first = await turnOf(relay, 'a cat');
		const response = await post(relay, [user('a cat'), assistant(first.text), user('a hat')]);
		expect(response.status).toBe(400);
	});

	it('finds the video by its id when any history will do', async () => {
		const relay = await start({ history: 'any' });
		await turnOf(relay, [user('a'), assistant(referenceTranscript()), user('b')]);
		await turnOf(relay, [user('a'), assistant(relay.turns[0]?.taskId ?? ''), user('b')]);
		const lost = await post(relay, [user('a'), assistant('a lovely video'), user('b')]);
		expect(relay.turns.map(({ sourceSid }) => sourceSid)).toEqual([
			's_68eca3f141808191b1fd30fea1b731bd',
			relay.turns[0]?.sid,
			undefined,
		]);
		expect(lost.status).toBe(400);
	});
});

describe('money', () => {
	const rows: Array<[string, Situation, number, number]> = [
		['a generation', { kind: 'generate' }, 200, 1],
		['a failed generation', { kind: 'generate', fails: { at: 90, reason: 'x' } }, 200, 1],
		['a whole completion', { kind: 'completion' }, 200, 1],
		['an error as JSON', { kind: 'json', body: { error: 'x' }, billed: false }, 200, 0],
		['a web page', { kind: 'html200' }, 200, 1],
		['a wrong key', refusals.unauthorized(), 401, 0],
		['no money', refusals.quota(), 403, 0],
		['no channel', refusals.modelNotFound(), 503, 0],
		['too many calls', refusals.rateLimited(2), 429, 0],
		['a busy relay', refusals.busy('text', 1), 503, 0],
		['a bad request', refusals.badRequest(), 400, 0],
		['an impatient gateway', refusals.html(504, true), 504, 1],
		['an empty body', refusals.emptyBody(502), 502, 0],
	];
	it.each(rows)('counts %s', async (_, situation, status, billed) => {
		const relay = await start({ situation: () => situation });
		const response = await post(relay, 'a cat');
		await response.text();
		expect([response.status, relay.billed]).toEqual([status, billed]);
		expect(relay.bills).toHaveLength(billed);
	});

	it('refuses wrong keys, models without a channel and bodies that are none, free of charge', async () => {
		const relay = await start();
		const wrongKey = await post(relay, 'x', {}, { headers: { authorization: 'Bearer no' } });
		const noModel = await post(relay, 'x', { model: 'sora-9' });
		const noBody = await post(
			relay,
			'x',
			{},
			{ body: '{', headers: { authorization: 'Bearer test-key' } },
		);
		expect([wrongKey.status, noModel.status, noBody.status]).toEqual([401, 503, 400]);
		expect((await json(wrongKey)).error).toHaveProperty('message_zh');
		expect(relay.billed).toBe(0);
		expect(relay.turns.map(({ attempt }) => attempt)).toEqual([1, 1, 1]);
	});

	it('says why it failed', async () => {
		const relay = await start();
		relay.next({
			kind: 'generate',
			progress: [10, 95],
			fails: { at: 92, reason: 'input_moderation' },
		});
		const { text: said } = await turnOf(relay, 'a cat');
		expect(said).toMatch(/进度 10\.\.92\.\.\n\n生成失败 ❌\n失败原因：input_moderation$/);
	});
});

describe('what breaks', () => {
	const stages: Array<[string, Partial<Generate>, RegExp]> = [
		['before the task', { cutAt: 'beforeTask' }, /"delta":\{\},"finish_reason":null\}\]\}\n\n$/],
		['after the task', { cutAt: 'afterTask' }, /排队中"\}[^\n]*\n\n$/],
		['after the progress', { cutAt: 'afterProgress' }, /\d\.\."\}[^\n]*\n\n$/],
		['inside the result', { cutAt: 'midResult' }, /\/cdn\/\d{8}\/[0-9a-f]+$/],
		['before [DONE]', { cutAt: 'beforeDone' }, /"stop"\}\]\}\n\n$/],
		['at a byte', { cutAt: 5 }, /^data:$/],
		['at a byte of single writes', { cutAt: 300, splits: 1 }, /^[^]{300}$/],
	];
	it.each(stages)(
		'breaks %s, having delivered what came before',
		async (_, modifiers, expected) => {
			const relay = await start();
			for (const cutBy of ['reset', 'destroy', 'end'] as const) {
				relay.next({ kind: 'generate', cutBy, ...modifiers });
				const { body, broken } = await receive(await post(relay, 'a cat'));
				expect(body).toMatch(expected);
				expect(broken).toBe(cutBy !== 'end');
			}
			expect(relay.turns.map(({ finished }) => finished)).toEqual(
				Array(3).fill(modifiers.cutAt === 'beforeDone'),
			);
			expect((await relay.turns[0]?.closed)?.by).toBe('relay');
			expect(relay.billed).toBe(3);
		},
	);

	it.each(['beforeHeaders', 'afterHeaders'] as const)('resets %s', async (when) => {
		const relay = await start();
		relay.next({ kind: 'reset', when, billed: true });
		const outcome = await post(relay, 'a cat').then(receive, () => 'refused');
		expect(outcome).toEqual(when === 'beforeHeaders' ? 'refused' : { body: '', broken: true });
		expect(relay.billed).toBe(1);
	});

	const silences: Array<[string, Situation]> = [
		['at all', { kind: 'silent', when: 'beforeHeaders' }],
		['after the task', { kind: 'generate', silentAt: 'afterTask' }],
		['after [DONE]', { kind: 'generate', holdAfterDone: true }],
		['in a pause', { kind: 'generate', pauses: [{ at: 'afterTask', ms: 60_000 }] }],
		['but for pings', { kind: 'generate', silentAt: 'afterTask', pingWhileWaiting: 5 }],
	];
	it.each(silences)('says nothing %s until the client leaves', async (_, situation) => {
		const relay = await start();
		relay.next(situation);
		const impatient = AbortSignal.timeout(100);
		await post(relay, 'a cat', {}, { signal: impatient }).then(receive, () => {});
		const turn = await relay.turn(0);
		expect((await turn.closed).by).toBe('client');
		expect(turn.closedByClient?.at).toBeGreaterThanOrEqual(turn.at);
	});

	it.each(['event', 'transcript'] as const)('goes on for ever with one %s', async (endless) => {
		const relay = await start();
		relay.next({ kind: 'generate', endless });
		const response = await post(relay, 'a cat');
		let received = 0;
		for await (const part of response.body ?? []) {
			received += part.length;
			if (received > 5_000_000) break;
		}
		const turn = await relay.turn(0);
		expect((await turn.closed).by).toBe('client');
		expect(turn.bytesSent).toBeLessThan(received + 20_000_000);
	});

	it('plays a recording byte for byte and can go on from it', async () => {
		const relay = await start();
		relay.next({ kind: 'play', bytes: reference, splits: 37 });
		const { body, text: said } = await turnOf(relay, 'a cat');
		expect(body).toBe(reference);
		const next = await turnOf(relay, [user('a cat'), assistant(said), user('a hat')]);
		expect(next.text).toContain('生成完成');
	});

	it('takes its time where its script says so', async () => {
		const relay = await start();
		relay.next({ kind: 'generate', pauses: [{ at: 'afterTask', ms: 80 }], headersAfter: 40 });
		const began = Date.now();
		await turnOf(relay, 'a cat');
		expect(Date.now() - began).toBeGreaterThanOrEqual(118);
	});
});

describe('tasks', () => {
	const places = (id: string): Record<string, string> => ({
		source: `/source/${id}`,
		share: `/api/share/${id}`,
		query: `/v1/video/query?id=sora-2:${id}`,
		videos: `/v1/videos/${id}`,
		generations: `/v2/videos/generations/${id}`,
	});
	const ask = (relay: Relay, place: string | undefined, key = 'test-key') =>
		fetch(`${relay.url}${place}`, { headers: { authorization: `Bearer ${key}` } });

	it('answer each in its own words', async () => {
		const relay = await start();
		await turnOf(relay, 'a cat');
		const [turn] = relay.turns;
		const said = new Map<string, string>();
		for (const [name, place] of Object.entries(places(turn?.taskId ?? ''))) {
			const answer = await json(await ask(relay, place));
			said.set(name, answer.status ?? answer.content.status);
			expect(JSON.stringify(answer)).toContain(turn?.videoUrl);
		}
		expect(Object.fromEntries(said)).toEqual({
			source: 'completed',
			share: 'completed',
			query: 'completed',
			videos: 'completed',
			generations: 'SUCCESS',
		});
		expect((await ask(relay, `/web/${turn?.taskId}`)).headers.get('content-type')).toMatch('html');
	});

	it('want the key where the relay does, and show who sent it where it does not', async () => {
		const relay = await start();
		const { taskId } = relay.start();
		expect((await ask(relay, places(taskId)['query'], 'no')).status).toBe(401);
		expect((await fetch(`${relay.url}/source/${taskId}`)).status).toBe(200);
		expect(relay.requests.map(({ headers }) => headers['authorization'])).toEqual([
			'Bearer no',
			undefined,
		]);
	});

	const behaviours: Array<[TaskBehaviour, string[]]> = [
		['failed', ['failed', 'failed']],
		['pending', ['video_generating', 'video_generating', 'video_generating']],
		['slow', ['video_generating', 'video_generating', 'completed']],
		[{ kind: 'slow', pending: 1, then: 'failed' }, ['video_generating', 'failed']],
		['unknown', ['404']],
		['down', ['500', 'reset', '500']],
		['wrong', ['text/html; charset=utf-8', 'nothing', 'completed']],
	];
	it.each(behaviours)('can be %j', async (behaviour, expected) => {
		const relay = await start();
		const { taskId } = relay.start({ tasks: { source: behaviour } });
		const said: string[] = [];
		while (said.length < expected.length) {
			const response = await ask(relay, `/source/${taskId}`).catch(() => undefined);
			if (!response) said.push('reset');
			else if (response.status !== 200) said.push(String(response.status));
			else if (response.headers.get('content-type') !== 'application/json')
				said.push(response.headers.get('content-type') ?? '');
			else said.push((await json(response)).status ?? 'nothing');
		}
		expect(said).toEqual(expected);
		expect((await ask(relay, `/v1/videos/${taskId}`)).status).toBe(200);
	});

	it('fail like the turn that started them', async () => {
		const relay = await start();
		relay.next({ kind: 'generate', fails: { reason: 'too real' } });
		await turnOf(relay, 'a cat');
		const answer = await json(await ask(relay, `/source/${relay.turns[0]?.taskId}`));
		expect(answer).toMatchObject({ status: 'failed', error_message: 'too real' });
	});

	it('can live at another origin, with the files', async () => {
		const other = await start();
		const relay = await start({ taskOrigin: other, mediaOrigin: other });
		const { text: said } = await turnOf(relay, 'a cat');
		const links = [...said.matchAll(/\((http:[^)]+)\)/g)].map(([, link]) => link ?? '');
		for (const link of links) expect((await fetch(link)).status).toBe(200);
		expect(links.every((link) => link.startsWith(other.url))).toBe(true);
		expect(links).toHaveLength(4);
	});
});

describe('files', () => {
	it('are real and typed', async () => {
		const relay = await start();
		await turnOf(relay, 'a cat');
		const [turn] = relay.turns;
		const video = await fetch(turn?.videoUrl ?? '');
		expect(video.headers.get('content-type')).toBe('video/mp4');
		expect(Buffer.from(await video.arrayBuffer()).equals(mediaBytes('video'))).toBe(true);
		const poster = await fetch(turn?.posterUrl ?? '');
		expect(poster.headers.get('content-type')).toBe('image/webp');
		expect(Number(poster.headers.get('content-length'))).toBe(mediaBytes('poster').length);
		expect((await fetch(`${relay.url}/cdn/20251013/none.mp4`)).status).toBe(404);
	});

	it('hide after hops, lose their length, turn into a page, or break', async () => {
		const relay = await start();
		const redirected = await fetch(relay.publish('video', { redirects: 3 }));
		expect([redirected.redirected, redirected.status]).toEqual([true, 200]);
		const unsized = await fetch(relay.publish('video', { withoutLength: true }));
		expect(unsized.headers.has('content-length')).toBe(false);
		await unsized.arrayBuffer();
		await redirected.arrayBuffer();
		const page = await fetch(relay.publish('video', { answer: 'html' }));
		expect(await page.text()).toMatch(/^<!DOCTYPE html>/);
		const broken = await receive(await fetch(relay.publish('video', { cutAt: 1000 })));
		expect(broken.broken).toBe(true);
		await expect(fetch(relay.publish('video', { redirects: Infinity }))).rejects.toThrow();
	});

	it('can be far bigger than they are', async () => {
		const relay = await start();
		const size = 50_000_000;
		const response = await fetch(relay.publish('video', { size }));
		let received = 0;
		for await (const part of response.body ?? []) received += part.length;
		expect(received).toBe(size);
	});
});

describe('the end', () => {
	it('leaves no socket open, whatever is still going on', async () => {
		const relay = await start({ pace: 50 });
		relay.next({ kind: 'silent', when: 'beforeHeaders' }, { kind: 'generate', endless: 'event' });
		const calls = ['a', 'b', 'c'].map((prompt) => post(relay, prompt).then(receive, () => {}));
		await relay.turn(2);
		expect(relay.openSockets).toBe(3);

		const began = Date.now();
		await relay.close();
		await Promise.all(calls);

		expect(relay.openSockets).toBe(0);
		expect(Date.now() - began).toBeLessThan(5_000);
		expect((await relay.turns[0]?.closed)?.by).toBe('relay');
	});
});

describe('the list of models', () => {
	it('is for those with the key', async () => {
		await using relay = await startRelay({ models: ['a', 'b'] });
		const list = await fetch(`${relay.url}/v1/models`, {
			headers: { authorization: 'Bearer test-key' },
		});
		expect((await json(list)).data.map(({ id }: { id: string }) => id)).toEqual(['a', 'b']);
		expect((await fetch(`${relay.url}/v1/models`)).status).toBe(401);
	});
});
