import fc from 'fast-check';
import { mendJson } from '../../nodes/ChatVideo/chat/mendJson';
import { seed } from '../support/seed';

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
	['in a text', '{"text":"b', '{"text":"b"}'],
	['after a text', '{"text":"b"', '{"text":"b"}'],
	['after an escape', '{"text":"b\\\\', '{"text":"b\\\\"}'],
	['in an escape', '{"text":"b\\', '{"text":"b"}'],
	['in an escaped letter', '{"text":"b\\u4e', '{"text":"b"}'],
	['before the last digit of an escaped letter', '{"text":"b\\u4e2', '{"text":"b"}'],
	['after an escaped letter', '{"text":"b\\u4e2d', '{"text":"b\\u4e2d"}'],
	['after a quote in a text', '{"text":"b\\"', '{"text":"b\\""}'],
	['in a key', '{"a":1,"b', '{"a":1}'],
	['after a key', '{"a":1,"b"', '{"a":1}'],
	['after a colon', '{"a":1,"b":', '{"a":1}'],
	['in a word', '{"a":1,"b":nul', '{"a":1}'],
	['after a comma', '{"a":1,', '{"a":1}'],
	['in a list', '{"a":[1,2', '{"a":[1,2]}'],
	['after a list', '{"a":[{"b":1}', '{"a":[{"b":1}]}'],
	['in its first brace', '{', '{}'],
	['with brackets in a text', '{"text":"}]{[', '{"text":"}]{["}'],
	['in an id', '{"id":"a","task_id":"task_0', '{"id":"a"}'],
	['in a link', '{"text":"a","video_url":"https://a/b', '{"text":"a"}'],
	['in a key like a text', '{"a":1,"content', '{"a":1}'],
])('what is cut %s is closed', (_, data, mended) => {
	expect(mendJson(data)).toBe(mended);
});

it.each(['', ' ', '"', 'nul', 'data', '}', ']', '{"a":}', '{"id":"x', '[DONE', '{'.repeat(100)])(
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
	fc.assert(property, { seed, numRuns: 300 });
});
