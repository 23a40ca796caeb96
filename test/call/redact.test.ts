import { ChatError } from '../../nodes/ChatVideo/chat/errors';
import { redact } from '../../nodes/ChatVideo/call/redact';

const key = 'sk/ab+cd=="x\\y';

it.each<[string, unknown, unknown]>([
	['as it is', `Incorrect ${key}.`, 'Incorrect ***.'],
	[
		'in an address',
		`https://a.example/?key=${encodeURIComponent(key)}`,
		'https://a.example/?key=***',
	],
	['in JSON that is text', JSON.stringify({ key }), '{"key":"***"}'],
	['in small letters, as of a host', 'http://SK/ab+cd=="x\\Y.example', 'http://***.example'],
	[
		'as a user in an address',
		`https://${key.replace('/', '%2F')}@a.example`,
		'https://***@a.example',
	],
	['with a part of it escaped', 'a.example/sk%2fab+cd%3D%3d%22x%5Cy?', 'a.example/***?'],
	['escaped twice', 'to=sk%252Fab%252Bcd%253D%253D%2522x%255Cy', 'to=***'],
	['in JSON in JSON', JSON.stringify(JSON.stringify({ key })), '"{\\"key\\":\\"***\\"}"'],
	['with its end cut off', `“see ${key.slice(0, -1)}”`, '“see ***”'],
	['in a list, and as a name', [{ [key]: [key, 1] }], [{ '***': ['***', 1] }]],
	['escaped as .NET does', 'no sk/ab\\u002Bcd\\u003D\\u003d\\u0022x\\u005Cy', 'no ***'],
	['in JSON of that in JSON', 'no sk/ab\\\\u002Bcd==\\\\u0022x\\\\y', 'no ***'],
	['in HTML', 'no sk&#x2F;ab&#x2B;cd&#x3D;&#x3d;&#x22;x&#x5C;y', 'no ***'],
])('the key is hidden %s', (_, value, shown) => {
	expect(redact(value, key)).toEqual(shown);
});

describe('the key in Base64, with other bytes around it', () => {
	const keys = [key, 'test-key', 'sk-a?>b~~~c???d>>>e', `sk-${'aZ9?~'.repeat(30)}`];
	const around = ['', ':', 'me:', 'user:', 'Bearer '];
	it.each(keys)('is hidden: %s', (apiKey) => {
		for (const before of around) {
			for (const after of around) {
				const coded = Buffer.from(before + apiKey + after);
				const texts = [coded.toString('base64'), coded.toString('base64url')];
				for (const text of [...texts, encodeURIComponent(texts[0] ?? '')]) {
					const shown = redact(`Authorization: Basic ${text}, no`, apiKey);
					// What stands before and after it may have a letter of its own, and a part of one.
					const [, first = '', last = ''] =
						/^Authorization: Basic (.*)\*\*\*(.*), no$/.exec(shown) ?? [];
					expect([shown, first.length <= 11, last.replaceAll('%3D', '=').length <= 12]).toEqual([
						expect.stringContaining('***'),
						true,
						true,
					]);
				}
			}
		}
	});

	it('is hidden where its end is cut off', () => {
		const text = Buffer.from(`Bearer ${keys[3]}`).toString('base64').slice(0, 60);
		expect(redact(`no ${text}…`, keys[3] ?? '')).toMatch(/^no .{0,11}\*\*\*…$/);
	});
});

it('the key is hidden in an error and its facts', () => {
	const error = new ChatError('failed', `no ${key}`, { billing: 'none', lastWords: key });

	expect(redact(error, key)).toMatchObject({ message: 'no ***', facts: { lastWords: '***' } });
});

it('what does not hold it stays the same, and a placeholder hides nothing', () => {
	const value = { a: ['b', null] };

	expect(redact(value, key)).toBe(value);
	expect(redact('a key', 'key')).toBe('a key');
});

const claims = (name: string): string =>
	Buffer.from(JSON.stringify({ name })).toString('base64url');
const head = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9';
const token = `${head}.${claims('user')}.${'sIgN-_'.repeat(1_000)}`;

it('a token of thousands of letters is hidden, whole and cut, in no time', () => {
	const start = performance.now();
	for (let time = 0; time < 100; time += 1) {
		expect(redact(`key ${token}, or ${token.slice(0, 300)}…`, token)).toBe('key ***, or ***…');
	}
	expect(performance.now() - start).toBeLessThan(5_000);
});

it.each([
	['of the same kind', `${head}.${claims('video')}.signature`],
	['that begins alike', token.slice(0, 60) + 'other'.repeat(5)],
	['that has only its first letters', head.slice(0, 10)],
])('a link that is signed with a token %s stays whole', (_, other) => {
	const link = `https://a.example/video.mp4?token=${other}`;

	expect(redact({ link }, token)).toEqual({ link });
});

it.each(['sk-ключ-1234567890', 'sk-你好-1234567890', 'sk–copied–from–a–text'])(
	'a key that no header can have, %s, is no error here',
	(other) => {
		expect(redact('The service refuses the API key', other)).toBe(
			'The service refuses the API key',
		);
	},
);
