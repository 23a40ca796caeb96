import { withOpening, type ErrorKind } from '../../nodes/ChatVideo/chat/errors';
import { lastChunk, Noise, readChunks } from '../../nodes/ChatVideo/chat/chunks';
import { timeOf } from '../support/timeOf';
import { batches, drain } from './feed';

const read = (...events: string[][]) => drain(readChunks(batches(...events)));

const chunk = { choices: [{ delta: { content: 'x' } }] };
const json = JSON.stringify(chunk);

it('each event is a chunk, and [DONE] is the last', async () => {
	expect(await read([json, json], [json, '[DONE]'])).toEqual({
		given: [chunk, chunk, chunk, lastChunk],
	});
});

it.each([['[DONE]'], [' [DONE] '], ['[DONE\n]'], ['[DONE \r\n ]']])(
	'nothing is read after %j',
	async (done) => {
		let pulled = 0;
		async function* events() {
			for (const batch of [[json, done, 'not JSON'], ['never']]) {
				pulled += 1;
				yield batch;
			}
		}
		expect(await drain(readChunks(events()))).toEqual({ given: [chunk, lastChunk] });
		expect(pulled).toBe(1);
	},
);

it('a stream without [DONE] ends where its events end', async () => {
	expect(await read([json])).toEqual({ given: [chunk] });
});

it.each(['', ' ', '\n'])('the empty event %j is no chunk', async (event) => {
	expect(await read([event, json], [event])).toEqual({ given: [chunk] });
});

it.each([' {"choices":[]}', '\n{"choices":[]}\n'])('%j is a chunk', async (event) => {
	expect(await read([event])).toEqual({ given: [{ choices: [] }] });
});

describe('an event that is no chunk', () => {
	const rows = [
		...['nonsense', '任务已提交', 'ping', 'PONG', '[PING]', ': OPENROUTER PROCESSING'],
		...['ping - 2026-11-26 09:15:13', '2026-11-26T09:15:13Z', '1764148513', '[]', '[null]', '[7]'],
		...['"text"', 'null', 'true', '""', '[DONE', '{"choices":[', '{choices: []}'],
	];

	it.each(rows)('is passed over and ends nothing: %j', async (event) => {
		const { given, error } = await read([event], [json, event, json], [json, '[DONE]']);
		expect(given.filter((chunk) => !(chunk instanceof Noise))).toEqual([
			chunk,
			chunk,
			chunk,
			lastChunk,
		]);
		expect(given).toContainEqual(new Noise(event));
		expect(error).toBeUndefined();
	});

	it.each(rows)('is malformed where there is nothing else: %j', async (event) => {
		const { given, error } = await read([event, ''], [event]);
		expect(given).toEqual([new Noise(event), new Noise(event)]);
		expect(error).toMatchObject({
			kind: 'malformed',
			message: `The service sent no event that is a chunk: “${event}”`,
			facts: { billing: 'possible' },
		});
	});

	it('may be a chunk that is damaged, with text that is lost', () => {
		expect(new Noise(' {"choices":[').isDamage).toBe(true);
		expect(new Noise('a":"b"},"finish_reason":null}]}').isDamage).toBe(true);
		for (const noise of ['ping', '[PING]', 'event: heartbeat\n{}']) {
			expect(new Noise(noise).isDamage).toBe(false);
		}
	});
});

it.each([
	['once', `data: ${json}`],
	['three times', `data:data: data: ${json}`],
	['line by line', `data: ${json}\ndata: ${json}`],
])('what was wrapped %s is read', async (_, event) => {
	const { given, error } = await read([event], ['data: [DONE]']);
	expect(given).toEqual(
		[...event.matchAll(/content/g)].map(() => chunk).concat(lastChunk as typeof chunk),
	);
	expect(error).toBeUndefined();
});

it('an array is the chunks in it', async () => {
	expect(await read([`[${json},null,${json}]`])).toEqual({ given: [chunk, chunk] });
});

it.each([
	{ code: 0, data: chunk },
	{ success: true, result: chunk, errors: [], messages: [] },
	{ output: chunk, request_id: 'r' },
	{ response: chunk },
	{ statusCode: 200, body: json },
])('an answer within %j is the answer', async (event) => {
	expect(await read([JSON.stringify(event)])).toEqual({ given: [chunk] });
});

it('an error around an answer is one', async () => {
	const { error } = await read([JSON.stringify({ error: { message: 'no' }, data: chunk })]);
	expect(error?.message).toContain('no');
});

it('each line is a chunk where no empty lines separate events', async () => {
	expect(await read([json], [`${json}\n${json}\n[DONE]`, json])).toEqual({
		given: [chunk, chunk, chunk, lastChunk],
	});
});

it('a broken line among them is passed over', async () => {
	expect(await read([`${json}\n{"a\n${json}`])).toEqual({
		given: [chunk, new Noise('{"a'), chunk],
	});
});

it('of several errors the first is reported, once, and at once to whoever listens', async () => {
	const order: string[] = [];
	async function* events() {
		for (const event of [json, '{"error":"one"}', json, '{"error":"two"}', json]) {
			order.push(event);
			yield [event];
		}
		throw new Error('and then it broke');
	}
	const { given, error } = await drain(readChunks(events(), () => order.push('fault')));
	expect(given).toEqual([chunk, chunk, chunk]);
	expect(error?.message).toBe('The service answered: “one”');
	expect(order.indexOf('fault')).toBe(2);
});

it('what is no chunk is shown by its start', async () => {
	const { error } = await read(['x'.repeat(1_000)]);
	expect(error?.message).toHaveLength('The service sent no event that is a chunk: “”'.length + 120);
});

describe('a sentence as JSON', () => {
	const sentence = JSON.stringify({ message: 'The studio is busy' });

	it('is passed over where an answer follows', async () => {
		const { given, error } = await read([json, sentence, json, '[DONE]']);
		expect(given.filter((chunk) => !(chunk instanceof Noise))).toEqual([chunk, chunk, lastChunk]);
		expect(error).toBeUndefined();
	});

	it.each([[[sentence]], [[json, sentence, '[DONE]']], [[sentence, 'ping']]])(
		'is an error where none does: %j',
		async (events) => {
			const { error } = await read(events);
			expect(error).toMatchObject({ kind: 'failed', facts: { said: 'The studio is busy' } });
		},
	);
});

it.each(['data', 'result', 'response', 'output', 'body'])(
	'an error with an answer of no choices in its %s is the error',
	async (name) => {
		const event = { code: 500, message: 'quota exhausted', [name]: { choices: [] } };
		const { error } = await read([JSON.stringify(event), '[DONE]']);
		expect(error).toMatchObject({ message: expect.stringContaining('quota exhausted') });
	},
);

describe('an error as an event', () => {
	const nested = JSON.stringify({ error: { message: 'quota is not enough', code: 'upstream' } });
	const rows: Array<[name: string, event: unknown, kind: string, message: string, facts?: object]> =
		[
			[
				'by its code',
				{ error: { message: 'no', code: 'insufficient_user_quota' } },
				'quota',
				'no',
				{ code: 'insufficient_user_quota' },
			],
			[
				'by its words',
				{ error: { message: '分组 default 下模型 sora-2 无可用渠道' } },
				'modelNotFound',
				'分组 default 下模型 sora-2 无可用渠道',
				{ code: 'model_not_found' },
			],
			[
				'as moderated',
				{ error: { message: 'flagged', code: 'content_policy_violation' } },
				'moderated',
				'flagged',
				{ code: 'content_policy_violation' },
			],
			[
				'that the table does not know',
				{ error: { message: 'overloaded' } },
				'failed',
				'overloaded',
			],
			[
				'as JSON in its message',
				{ error: { message: nested } },
				'quota',
				'quota is not enough',
				{ code: 'upstream' },
			],
			['as a string', { error: 'overloaded' }, 'failed', 'overloaded'],
			['as an empty object', { error: {} }, 'failed', '{}'],
			[
				'without `error`',
				{ code: 500, message: 'overloaded' },
				'failed',
				'overloaded',
				{ code: '500' },
			],
			['as some name it', { code: -1, msg: 'overloaded' }, 'failed', 'overloaded', { code: '-1' }],
			[
				'in Chinese alone',
				{ message_zh: '负载已饱和' },
				'rateLimited',
				'负载已饱和',
				{ code: 'rate_limit_exceeded' },
			],
			[
				'next to empty choices',
				{ choices: [], error: { message: 'overloaded' } },
				'failed',
				'overloaded',
			],
			[
				'with a request id',
				{ error: { message: 'overloaded (request id: 2026abc)' } },
				'failed',
				'overloaded (request id: 2026abc)',
				{ requestId: '2026abc' },
			],
		];

	it.each(rows)('%s, is thrown at the end', async (...[, event, kind, message, facts]) => {
		const { given, error } = await read([json, JSON.stringify(event), json]);
		expect(given).toEqual([chunk, chunk]);
		expect(error).toMatchObject({
			kind,
			message: withOpening(kind as ErrorKind, `The service answered: “${message}”`),
		});
		expect({ ...error?.facts }).toEqual({ billing: 'possible', said: message, ...facts });
	});

	it.each([
		['the text', { ...chunk, error: 'no' }, { choices: chunk.choices }],
		['the task', { error: { message: 'no', task_id: 't_1' } }, { task_id: 't_1' }],
		[
			'the task in its metadata',
			{ error: 'no', metadata: { task_id: 't_1' } },
			{ metadata: { task_id: 't_1' }, task_id: 't_1' },
		],
		[
			'the task in its words',
			{ error: `task_${'1'.repeat(26)} timed out` },
			{ task_id: `task_${'1'.repeat(26)}` },
		],
	])('leaves %s that came with it', async (_, event, given) => {
		expect((await read([JSON.stringify(event)])).given).toEqual([given]);
	});

	it.each([
		['null', { ...chunk, error: null }],
		['empty', { ...chunk, error: '' }],
		['missing, next to a message of a chunk', { ...chunk, message: 'hello' }],
		['missing, in a chunk with nothing but usage', { usage: { total_tokens: 1 } }],
		['without a word', { ...chunk, error: { message: '', type: '', param: '', code: null } }],
		['missing, next to the message of a success', { code: 0, msg: 'success', data: {} }],
		['missing, in a word that keeps the connection', { type: 'ping', message: 'still there' }],
		['missing, in a word about the queue', { type: 'status', message: 'queued, position 3' }],
	])('that is %s is none', async (_, event) => {
		expect(await read([JSON.stringify(event)])).toEqual({ given: [event] });
	});
});

it('long runs at the start of an event are read in no time', async () => {
	const time = await timeOf(async () => {
		for (const run of ['\t', ' ', '/**/', 'a', 'a(', '{', '[']) {
			await read([`${run.repeat(100_000)}x`, json]);
		}
	});
	expect(time).toBeLessThan(2_000);
});

describe('an error with an answer of 200', () => {
	const words = 'no seat left';
	const of = (kind: string, said: string, event: unknown) => [kind, said, event] as const;

	it.each([
		of('failed', words, { errorText: words, type: 'error' }),
		of('failed', words, { errorCode: 'X', errorMessage: words }),
		of('failed', words, { ErrCode: 400013, ErrMsg: words, Resp: null }),
		of('failed', words, { ret: '1015', errmsg: words }),
		of('failed', words, { error: true, message: words }),
		of('failed', words, { data: { error: { code: 'x', message: words } } }),
		of('failed', words, { type: 'about:blank', title: 'Gateway', status: 524, detail: words }),
		of('failed', words, {
			error: { metadata: { raw: words }, message: 'Provider returned error' },
		}),
		of('failed', words, { Response: { Error: { Code: 'X', Message: words } } }),
		of('quota', 'credits', { title: 'Insufficient credits', status: 402 }),
		of('failed', 'failed', {
			message: 'Generation failed',
			video_url: 'https://cdn.example/v.mp4',
		}),
		of('quota', 'balance', {
			detail: { error: { err_code: -3, message: 'balance insufficient' } },
		}),
		of('quota', 'credit', { error: { err_code: -8, message_en: 'No more credit' } }),
		of('quota', '积分', { ret: -1, errmsg: '积分不足' }),
		of('quota', words, { error: { code: 402, message: words } }),
		of('unauthorized', words, { code: 401, msg: words, data: null }),
		of('rateLimited', words, { error: { code: 429, message: words } }),
		of('moderated', 'flagged', { error: { code: 429, message: 'The prompt was flagged' } }),
	])('is %s, in its words: %s %j', async (kind, said, event) => {
		const { error } = await read([JSON.stringify(event)]);
		expect(error).toMatchObject({ kind, facts: { billing: 'possible' } });
		expect(error?.message).toContain(said);
	});

	it.each([
		{ ErrCode: 0, ErrMsg: 'Success', Resp: { video_id: 77 } },
		{ code: 10000, data: { status: 'generating' }, message: 'Success', status: 10000 },
		{ errcode: 0, errmsg: 'done', task_id: 'a' },
		{ message: 'Video generated', video_url: 'https://cdn.example/v.mp4' },
		{ reason: 'as you wished', data: { videos: [{ url: 'https://cdn.example/v.mp4' }] } },
		{ status: 404, type: 'progress', frames: 404 },
		{ status: 'failed', errorMessage: words, id: 'a' },
		{ data: { status: 'failed', error: { message: words }, id: 'a' } },
		{ error: false, data: { error: null } },
	])('is none where it only looks so: %j', async (event) => {
		expect(await read([JSON.stringify(event)])).toEqual({ given: [event] });
	});

	it.each([
		['rateLimited', '当前分组上游负载已饱和，请稍后再试'],
		['moderated', 'Your request was rejected by the safety system'],
		['quota', 'Insufficient credits'],
	])('may be a sentence alone, which is %s', async (kind, sentence) => {
		const { error } = await read([sentence], ['[DONE]']);
		expect(error).toMatchObject({ kind, facts: { billing: 'possible', said: sentence } });
	});
});
