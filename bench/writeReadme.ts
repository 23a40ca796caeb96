import { readFile, writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import type { Table } from './tables';

const between = /(?<=<!-- measured -->\n)[\s\S]*(?=<!-- \/measured -->)/;

/** Puts the tables where the text has its place for them. */
export async function writeReadme(file: string, tables: readonly Table[]): Promise<void> {
	const text = await readFile(file, 'utf8');
	const measured = tables.map((rows) => `\n${toMarkdown(rows)}\n`).join('');
	const written = text.replace(between, () => `${measured}\n`);
	await writeFile(file, await format(written, { parser: 'markdown' }));
}

function toMarkdown([head = [], ...rows]: Table): string {
	const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
