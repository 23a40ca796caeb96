import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const lines = readFileSync(join(root, 'SECURITY.md'), 'utf8').split('\n');

/** Every row of a table that says what somebody tries. */
const rows = lines.filter((line) => /^\| (?:to|the same) /.test(line));

/** A file, and the titles in it that are to prove the row. */
const proofs = rows.flatMap((row) =>
	[...row.matchAll(/\[\w+\]\((test\/[\w./]+)\)((?:[:,]? _[^_]+_)*)/g)].map(
		([, file = '', titles = '']) =>
			[file, [...titles.matchAll(/_([^_]+)_/g)].map(([, title = '']) => title)] as const,
	),
);

it('every line of the threat model names its proof', () => {
	expect(rows.length).toBeGreaterThan(25);
	for (const row of rows) expect(row).toMatch(/\[\w+\]\(test\/[\w./]+\.ts\)/);
});

it.each(proofs)('%s has the tests the threat model names', (file, titles) => {
	const source = readFileSync(join(root, file), 'utf8');
	for (const title of titles) expect(source).toContain(title);
});
