import { toRefusal as refuse, type Refusal } from '../../nodes/ChatVideo/chat/refusal';
import { fixture } from '../support/fixture';

const toRefusal = (answer: Partial<Refusal> & Pick<Refusal, 'status' | 'body'>) =>
	refuse({ headers: {}, elapsed: 0, sent: '', ...answer });

const quota =
	'{"error":{"message":"用户额度不足","type":"new_api_error","code":"insufficient_user_quota"}}';
const noModel = '{"error":{"message":"No available channel","type":"x","code":"model_not_found"}}';
const plain = '{"error":{"message":"sorry","type":"x","code":"some_code"}}';
const page = fixture('gateway-504.html').toString();

const rows: Array<[status: number, name: string, body: string, kind: string, billing: string]> = [
	[400, 'JSON', plain, 'badRequest', 'none'],
	[401, 'JSON', plain, 'unauthorized', 'none'],
	[401, 'nothing', '', 'unauthorized', 'none'],
	[402, 'JSON', plain, 'quota', 'none'],
	[403, 'JSON', plain, 'unauthorized', 'none'],
	[403, 'a quota code', quota, 'quota', 'none'],
	[404, 'JSON', plain, 'modelNotFound', 'none'],
	[404, 'the words of a server without such a path', '404 page not found', 'malformed', 'none'],
	[404, 'the words of a framework', '{"detail":"Not Found"}', 'malformed', 'none'],
	[404, 'a model code', noModel, 'modelNotFound', 'none'],
	[405, 'nothing', '', 'malformed', 'none'],
	[409, 'JSON', plain, 'unavailable', 'possible'],
	[408, 'JSON', plain, 'unavailable', 'possible'],
	[413, 'text', 'too large', 'badRequest', 'none'],
	[422, 'JSON', plain, 'badRequest', 'none'],
	[429, 'JSON', plain, 'rateLimited', 'none'],
	[429, 'a quota code', quota, 'quota', 'none'],
	[500, 'JSON', plain, 'unavailable', 'possible'],
	[500, 'a quota code', quota, 'quota', 'possible'],
	[500, 'a model code', noModel, 'modelNotFound', 'possible'],
	[500, 'nothing', '', 'unavailable', 'possible'],
	[502, 'text', 'Bad Gateway', 'unavailable', 'possible'],
	[503, 'words that nobody knows', plain, 'unavailable', 'possible'],
	[503, 'a line of text', 'queue is full', 'unavailable', 'none'],
	[503, 'a model code', noModel, 'modelNotFound', 'none'],
	[503, 'nothing', '', 'unavailable', 'possible'],
	[
		503,
		'the line of a proxy that lost the relay',
		'upstream connect error or disconnect/reset before headers. reset reason: connection termination',
		'unavailable',
		'possible',
	],
	[503, 'the line of a proxy that waited', 'upstream request timeout', 'unavailable', 'possible'],
	[503, 'the line of a proxy without a relay', 'no healthy upstream', 'unavailable', 'none'],
	[503, 'a page', page, 'unavailable', 'possible'],
	[504, 'JSON', plain, 'unavailable', 'possible'],
	[520, 'nothing', '', 'unavailable', 'possible'],
	[524, 'a page', page, 'unavailable', 'possible'],
	[400, 'a page', page, 'badRequest', 'none'],
	[401, 'a page', page, 'unauthorized', 'none'],
	[403, 'a page', page, 'malformed', 'none'],
	[404, 'a page', page, 'malformed', 'none'],
	[413, 'a page', page, 'badRequest', 'none'],
	[429, 'a page', page, 'rateLimited', 'none'],
	[500, 'a page', page, 'unavailable', 'possible'],
	[301, 'nothing', '', 'malformed', 'none'],
	[303, 'nothing', '', 'malformed', 'possible'],
	[307, 'nothing', '', 'malformed', 'none'],
];

it.each(rows)('%d with %s', (status, _, body, kind, billing) => {
	const { kind: found, facts } = toRefusal({ status, body, headers: {} });
	expect([found, facts.billing, facts.status]).toEqual([kind, billing, status]);
});

it.each([
	['the words of the relay', 400, plain, {}, 'The service answered 400: “sorry”'],
	['the title of a page', 504, page, {}, 'A gateway answered 504: “504: Gateway time-out”'],
	[
		'no words',
		401,
		'',
		{},
		'The API key was not accepted. The service answered 401 without a word',
	],
	['a page without a title', 502, '<html></html>', {}, 'The service answered 502 without a word'],
	[
		'where it points to',
		307,
		'',
		{ location: 'https://b.example/v1' },
		'The service answered 307 and points to https://b.example/v1 instead',
	],
	[
		'no word against the key where it may not do this alone',
		403,
		plain,
		{},
		'The API key may not do this. The service answered 403: “sorry”',
	],
	[
		'no word of the model where it may be the address',
		404,
		plain,
		{},
		'The service answered 404: “sorry”',
	],
	['no place to point to', 304, '', {}, 'The service answered 304 without a word'],
	[
		'a location that is not one',
		400,
		plain,
		{ location: 'https://b.example' },
		'The service answered 400: “sorry”',
	],
])('the sentence has %s', (_, status, body, headers, message) => {
	expect(toRefusal({ status, body, headers }).message).toBe(message);
});

it.each<[status: number, body: string, advice: RegExp | undefined]>([
	[400, 'Client sent an HTTP request to an HTTPS server.', /https:/],
	[400, '<html><title>400 The plain HTTP request was sent to HTTPS port</title>', /https:/],
	[403, 'error code: 1010', /guard/],
	[403, '<html><title>Just a moment...</title>', /guard/],
	[403, '<html><title>Access denied | a.example used Cloudflare</title>', /guard/],
	[404, plain, /model, and the base URL/],
	[404, '{"error":{"message":"no such path"}}', /model, and the base URL/],
	[404, 'File not found.', undefined],
	[404, '{"error":{"code":"404","message":"Resource not found"}}', undefined],
	[404, noModel, undefined],
	[400, plain, undefined],
	[403, plain, undefined],
])('%d %s is advised by its words, else by its kind', (status, body, advice) => {
	const { facts } = toRefusal({ status, body });

	if (advice === undefined) expect(facts).not.toHaveProperty('advice');
	else expect(facts.advice).toMatch(advice);
});

it('the code and the request id are facts of it', () => {
	const body = '{"error":{"message":"no (request id: 2026abc)","code":"some_code"}}';
	expect({
		...toRefusal({ status: 400, body, headers: { 'x-request-id': 'other' } }).facts,
	}).toEqual({
		billing: 'none',
		status: 400,
		code: 'some_code',
		requestId: '2026abc',
	});
});

it.each([
	[{ 'x-oneapi-request-id': 'one', 'x-request-id': 'two' }, 'one'],
	[{ 'x-request-id': 'two' }, 'two'],
	[{ 'x-request-id': ['three', 'four'] }, 'three'],
	[{}, undefined],
])('the request id may be in the headers %j', (headers, requestId) => {
	expect(toRefusal({ status: 400, body: 'no', headers }).facts.requestId).toBe(requestId);
});

describe('Retry-After', () => {
	const wait = (value: string): number | undefined =>
		toRefusal({ status: 429, body: '', headers: { 'retry-after': value } }).facts.retryAfter;

	it.each([
		['7', 7_000],
		[' 7 ', 7_000],
		['0', 0],
		['0.5', 500],
		['999999', 600_000],
		['soon', undefined],
		['-7', undefined],
		['', undefined],
		['Mon, 01 Jan 2001 00:00:00 GMT', undefined],
	])('%j is %j ms', (value, milliseconds) => {
		expect(wait(value)).toBe(milliseconds);
	});

	it('may be a date', () => {
		const milliseconds = wait(new Date(Date.now() + 60_000).toUTCString());
		expect(milliseconds).toBeGreaterThan(55_000);
		expect(milliseconds).toBeLessThanOrEqual(60_000);
	});
});

describe('a task that a refusal names', () => {
	const taskId = 'task_01k7dzptgwf2z87wj2c3t36qk0';
	const uuid = '8868f1c2-1111-4222-8333-444455556666';
	const rows: Array<[string, number, unknown, string]> = [
		['in a field', 400, { error: { message: 'no', task_id: taskId } }, taskId],
		['in a field of what wraps it', 500, { error: { data: { taskId: uuid } } }, uuid],
		['in its words', 400, { error: { message: `${taskId} was refused` } }, taskId],
		['by a label', 502, `Job ${uuid} failed`, uuid],
		['in Chinese', 400, { message: `任务ID: ${uuid} 失败` }, uuid],
		['behind its model', 429, { message: `sora-2:${taskId} failed` }, `sora-2:${taskId}`],
		['in JSON within its words', 503, { message: JSON.stringify({ task_id: uuid }) }, uuid],
		['that still runs behind a gateway', 504, `${taskId} is still running`, taskId],
	];

	it.each(rows)('is its own: %s', (_, status, body, named) => {
		const answer = { status, body: typeof body === 'string' ? body : JSON.stringify(body) };

		expect(toRefusal(answer).facts).toMatchObject({ billing: 'started', task: { taskId: named } });
		const again = toRefusal({ ...answer, sent: JSON.stringify({ content: `remix ${named}` }) });
		expect(again.facts).not.toHaveProperty('task');
	});

	it('all of several are kept', () => {
		const body = JSON.stringify({ message: `${taskId} failed, then Task ID: ${uuid}` });

		expect(toRefusal({ status: 500, body }).facts.task).toEqual({
			taskId: uuid,
			taskIds: [taskId, uuid],
		});
	});

	it('is in the address it points to', () => {
		const headers = { location: `/v1/videos/${taskId}` };

		expect(toRefusal({ status: 307, body: '', headers }).facts).toMatchObject({
			billing: 'started',
			task: { taskId },
		});
	});

	it.each([409, 429, 503])('is another’s where %d speaks of a limit, and is not free', (status) => {
		const { facts } = toRefusal({ status, body: `Limit reached: ${taskId} is still running` });

		expect(facts).not.toHaveProperty('task');
		expect(facts.billing).toBe('possible');
	});

	it('is no request id', () => {
		const body = JSON.stringify({ error: { message: `no (request id: ${uuid})` }, id: 12345678 });

		expect(toRefusal({ status: 400, body }).facts).not.toHaveProperty('task');
	});
});

it('too large a request says what is large in it', () => {
	const sent = `{"url":"data:image/png;base64,${'A'.repeat(2 * 1024 * 1024)}"}`;

	expect(toRefusal({ status: 413, body: '', sent }).message).toContain('2.0 MB');
	expect(toRefusal({ status: 413, body: '' }).message).toBe(
		'The service answered 413 without a word',
	);
});
