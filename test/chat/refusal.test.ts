import { toRefusal } from '../../nodes/ChatVideo/chat/refusal';
import { fixture } from '../transcript/tell';

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
	[404, 'text', '404 page not found', 'modelNotFound', 'none'],
	[405, 'nothing', '', 'badRequest', 'none'],
	[408, 'JSON', plain, 'unavailable', 'possible'],
	[413, 'text', 'too large', 'badRequest', 'none'],
	[422, 'JSON', plain, 'badRequest', 'none'],
	[429, 'JSON', plain, 'rateLimited', 'none'],
	[429, 'a quota code', quota, 'quota', 'none'],
	[500, 'JSON', plain, 'unavailable', 'possible'],
	[500, 'a quota code', quota, 'quota', 'none'],
	[500, 'a model code', noModel, 'modelNotFound', 'none'],
	[500, 'nothing', '', 'unavailable', 'possible'],
	[502, 'text', 'Bad Gateway', 'unavailable', 'possible'],
	[503, 'JSON', plain, 'unavailable', 'none'],
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
	...[400, 401, 403, 404, 429, 500, 504].map((status): [number, string, string, string, string] => [
		status,
		'a page',
		page,
		'unavailable',
		'possible',
	]),
	[301, 'nothing', '', 'badRequest', 'none'],
];

it.each(rows)('%d with %s', (status, _, body, kind, billing) => {
	const { kind: found, facts } = toRefusal({ status, body, headers: {} });
	expect([found, facts.billing, facts.status]).toEqual([kind, billing, status]);
});

it.each([
	['the words of the relay', 400, plain, {}, 'The relay answered 400: sorry'],
	['the title of a page', 504, page, {}, 'A gateway answered 504: 504: Gateway time-out'],
	['no words', 401, '', {}, 'The relay answered 401 without a word'],
	['a page without a title', 502, '<html></html>', {}, 'The relay answered 502 without a word'],
	[
		'where it points to',
		307,
		'',
		{ location: 'https://b.example/v1' },
		'The relay answered 307 and points to https://b.example/v1 instead',
	],
	['no place to point to', 304, '', {}, 'The relay answered 304 without a word'],
	[
		'a location that is not one',
		400,
		plain,
		{ location: 'https://b.example' },
		'The relay answered 400: sorry',
	],
])('the sentence has %s', (_, status, body, headers, message) => {
	expect(toRefusal({ status, body, headers }).message).toBe(message);
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
