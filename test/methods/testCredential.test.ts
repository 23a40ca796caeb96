import type { ICredentialTestFunctions } from 'n8n-workflow';
import { testCredential } from '../../nodes/ChatVideo/methods/testCredential';

/** What n8n's helper answers, or fails with. */
const answering = (answer: unknown): ICredentialTestFunctions =>
	({
		helpers: {
			request: async () => {
				if (answer instanceof Error) throw answer;
				return answer;
			},
		},
	}) as unknown as ICredentialTestFunctions;

const test = async (answer: unknown, data: Record<string, string> = {}) =>
	await testCredential.call(answering(answer), {
		id: '1',
		name: 'Chat Video account',
		type: 'chatVideoApi',
		data: { baseUrl: 'https://api.example.com', apiKey: 'a-secret-key', ...data },
	});

const list = { statusCode: 200, body: '{"data": [{"id": "sora-2"}]}', headers: {} };

describe('the test of a credential', () => {
	it('is passed with a list of models', async () => {
		expect(await test(list)).toEqual({ status: 'OK', message: 'Connection successful!' });
	});

	it.each<[string, unknown, Record<string, string>, string]>([
		[
			'a wrong key',
			{ statusCode: 401, body: '{"error": {"message": "no a-secret-key here"}}' },
			{},
			'The service refuses the API key: “no *** here”',
		],
		[
			'nobody there',
			Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
			{},
			'Could not connect to api.example.com: nothing listens there',
		],
		[
			'no such name',
			new Error('x', { cause: Object.assign(new Error('y'), { code: 'ENOTFOUND' }) }),
			{},
			'Could not connect to api.example.com: the name is not known',
		],
		['no address', list, { baseUrl: 'api.example.com' }, 'is not an http(s) address'],
		['an empty address', list, { baseUrl: '' }, 'is not an http(s) address: it is empty'],
		['no key', list, { apiKey: ' ' }, 'API Key of the credential is empty'],
		['a web page', { statusCode: 200, body: '<html></html>' }, {}, 'is no such service'],
		['no list of models', { statusCode: 404 }, {}, 'has no list of models'],
		['no such method', { statusCode: 405 }, {}, 'Generate may still work'],
		[
			'a redirect',
			{ statusCode: 301, headers: { location: 'https://x.example/' } },
			{},
			'redirects',
		],
		...[302, 303, 307, 308].map((statusCode): [string, unknown, Record<string, string>, string] => [
			`a redirect by ${statusCode}`,
			{ statusCode, headers: { location: 'https://a-secret-key@x.example/?k=a-secret%2dkey' } },
			{},
			'redirects to https://***@x.example/?k=***: the key does not go along',
		]),
		['a redirect to nowhere', { statusCode: 302, headers: {} }, {}, 'answers with a redirect'],
		[
			'a cut of the key',
			{ statusCode: 500, body: `${'x'.repeat(287)}a-secret-key-of-mine` },
			{ apiKey: 'a-secret-key-of-mine' },
			'x***',
		],
		['trouble', { statusCode: 503, body: 'busy' }, {}, 'status 503: “busy”'],
	])('fails with a sentence: %s', async (_, answer, data, sentence) => {
		expect(await test(answer, data)).toEqual({
			status: 'Error',
			message: expect.stringContaining(sentence),
		});
	});
});
