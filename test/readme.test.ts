import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorKinds } from '../nodes/ChatVideo/chat/errors';
import { isFree } from '../nodes/ChatVideo/chat/free';

const root = join(__dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The rows of the table of what goes wrong, cell by cell. */
const rowsOf = (text: string): string[][] =>
	text
		.split('\n')
		.filter((line) => line.startsWith('|') && /\]\(test\/[\w/.]+\) +\|$/.test(line))
		.filter((line) => line.split(' | ').length === 6)
		.map((line) => line.split('|').map((cell) => cell.trim()));

/** Statuses as a sentence lists them: `400 to 405`, `413`. */
function statusesIn(sentence: string): number[] {
	const found = sentence.matchAll(/\b(\d{3})(?:\s*(?:to|至)\s*(\d{3}))?/g);
	return [...found].flatMap(([, from, to = from]) =>
		Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => Number(from) + at),
	);
}

const elapsed = 10_000; // ms; the README says 10 seconds
const isTurnedAway = (status: number): boolean => isFree({ status, body: 'no', elapsed });

describe.each([
	['README.md', /is one of: ([^.]+?), or a 503/],
	['README.zh-CN.md', /并且是 ([^。]+?) 之一/],
])('%s', (file, list) => {
	const text = read(file);

	it('lists the statuses that are free, those and no others', () => {
		const [, sentence = ''] = list.exec(text) ?? [];
		const all = Array.from({ length: 500 }, (_, at) => 100 + at);

		expect(statusesIn(sentence)).toEqual(all.filter(isTurnedAway));
		expect(all.some((status) => isFree({ status, body: 'no', elapsed: elapsed + 1 }))).toBe(false);
	});

	it('names the test of each situation, and its kind of error', () => {
		const rows = rowsOf(text);
		expect(rows).toHaveLength(20);
		for (const row of rows) {
			const [, test = ''] = /\]\((test\/[\w/.]+)\)$/.exec(row.at(-2) ?? '') ?? [];
			expect([test, existsSync(join(root, test))]).toEqual([test, true]);
			for (const [, kind = ''] of (row[2] ?? '').matchAll(/`(\w+)`/g)) {
				expect(Object.keys(errorKinds)).toContain(kind);
			}
		}
	});
});

it('both languages have the same situations, with the same tests and kinds', () => {
	const facts = (file: string) =>
		rowsOf(read(file)).map((row) => [row[2]?.match(/`\w+`/g), row.at(-2)]);

	expect(facts('README.zh-CN.md')).toEqual(facts('README.md'));
});
