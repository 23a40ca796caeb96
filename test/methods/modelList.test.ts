import { readModelList } from '../../nodes/ChatVideo/methods/modelList';

const answer = (statusCode: number, body: unknown = '', location?: string) => ({
	statusCode,
	body,
	headers: { location },
});

describe('what a service answers that is asked for its models', () => {
	it.each<[string, unknown]>([
		['objects', answer(200, { object: 'list', data: [{ id: 'a' }, { id: 'b' }] })],
		['text that is JSON', answer(200, '{"data": [{"id": "a"}, {"id": "b"}]}')],
		['a list alone', answer(200, [{ id: 'a' }, { id: 'b' }])],
		['names alone', answer(200, { data: ['a', 'b', 'a'] })],
		['models by name', answer(200, { models: [{ name: 'a' }, { name: 'b' }, {}] })],
	])('is a list: %s', (_, given) => {
		expect(readModelList(given)).toEqual({ kind: 'listed', ids: ['a', 'b'] });
	});

	it('is a list with nothing in it', () => {
		expect(readModelList(answer(200, { data: [] }))).toEqual({ kind: 'listed', ids: [] });
	});

	it.each([404, 405])('is that it has no list: %d', (status) => {
		expect(readModelList(answer(status, '<html>Not found</html>'))).toEqual({ kind: 'noList' });
	});

	it.each<[string, unknown, string]>([
		[
			'a wrong key',
			answer(401, { error: { message: 'Invalid token' } }),
			'The service refuses the API key: “Invalid token”',
		],
		['a key that may not', answer(403), 'The service refuses the API key'],
		[
			'a gateway’s page',
			answer(502, '<html><title>example.com | 502: Bad gateway</title></html>'),
			'The service answers with status 502: “502: Bad gateway”',
		],
		['a limit', answer(429, { error: { message: 'slow down' } }), 'status 429: “slow down”'],
		['a web page', answer(200, '<!doctype html><title>Hi</title>'), 'is no such service'],
		['text', answer(200, 'It works!'), 'is no such service'],
		['nothing', answer(200, ''), 'is no such service'],
		['another JSON', answer(200, { hello: 'world' }), 'is no such service'],
		['a refusal with 200', answer(200, { error: { message: 'no quota' } }), 'refuses: “no quota”'],
		[
			'a redirect',
			answer(301, '', 'https://www.example.com/v1/models'),
			'redirects to https://www.example.com/v1/models: the key does not go along',
		],
		['a redirect to nowhere', answer(302), 'answers with a redirect'],
	])('is refused with a sentence: %s', (_, given, sentence) => {
		expect(readModelList(given)).toEqual({
			kind: 'refused',
			message: expect.stringContaining(sentence),
		});
	});
});
