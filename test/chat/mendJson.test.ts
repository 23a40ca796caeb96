import fc from 'fast-check';
import { mendJson } from '../../nodes/ChatVideo/chat/mendJson';

const chunk = (content: string): string =>
	JSON.stringify({
		id: 'chatcmpl-1',
		choices: [{ index: 0, delta: { content }, finish_reason: null }],
		usage: { prompt_tokens: 1, details: { text_tokens: [1, 2] } },
	});

it.each(['[DONE]', ' [DONE] ', '[DONE\n]', '{}', '{"a":1}', ' [1] ', '7'])(
	'%j is whole',
	(data) => {
		expect(mendJson(data)).toBe(data);
	},
);

it.each([
	['in a text', '{"a":"b', '{"a":"b"}'],
	['behind a text', '{"a":"b"', '{"a":"b"}'],
	['behind an escape', '{"a":"b\\\\', '{"a":"b\\\\"}'],
	['in an escape', '{"a":"b\\', '{"a":"b"}'],
	['in an escaped letter', '{"a":"b\\u4e', '{"a":"b"}'],
	['before the last digit of an escaped letter', '{"a":"b\\u4e2', '{"a":"b"}'],
	['behind an escaped letter', '{"a":"b\\u4e2d', '{"a":"b\\u4e2d"}'],
	['behind a quote in a text', '{"a":"b\\"', '{"a":"b\\""}'],
	['in a key', '{"a":1,"b', '{"a":1}'],
	['behind a key', '{"a":1,"b"', '{"a":1}'],
	['behind a colon', '{"a":1,"b":', '{"a":1}'],
	['in a word', '{"a":1,"b":nul', '{"a":1}'],
	['behind a comma', '{"a":1,', '{"a":1}'],
	['in a list', '{"a":[1,2', '{"a":[1,2]}'],
	['behind a list', '{"a":[{"b":1}', '{"a":[{"b":1}]}'],
	['in its first brace', '{', '{}'],
	['with brackets in a text', '{"a":"}]{[', '{"a":"}]{["}'],
])('what is cut %s is closed', (_, data, mended) => {
	expect(mendJson(data)).toBe(mended);
});

it.each(['', ' ', '"', 'nul', 'data', '}', ']', '{"a":}', '[DONE', '{'.repeat(100)])(
	'%j gives nothing to read, or nothing but an empty value',
	(data) => {
		expect([undefined, '""', '[]']).toContain(mendJson(data));
	},
);

it('of any cut of a chunk, all of its text that had come is read', () => {
	const property = fc.property(
		fc.string({ unit: 'binary' }),
		fc.double({ min: 0, max: 1, noNaN: true }),
		(content, part) => {
			const whole = chunk(content);
			const start = whole.indexOf('"content":"') + '"content":"'.length;
			const cut = start + Math.floor((whole.length - start) * part);
			const mended = JSON.parse(mendJson(whole.slice(0, cut)) ?? 'null') as {
				choices: Array<{ delta: { content: string } }>;
			};
			const read = mended.choices[0]?.delta.content ?? '';
			const escaped = JSON.stringify(content).slice(1, -1);
			expect(content.startsWith(read)).toBe(true);
			// An escape that was cut takes up to six characters with it.
			expect(JSON.stringify(read).length - 2).toBeGreaterThan(
				Math.min(escaped.length, cut - start) - 6,
			);
		},
	);
	fc.assert(property, { numRuns: 300 });
});
