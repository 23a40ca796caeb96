import { headings } from './labels';

const longestRow = 8_000; // characters; signed links have a thousand each

/** A row of a table, in Markdown or HTML. */
export interface TableRow {
	/** As Markdown has it. */
	line: string;
	cells: readonly string[];
}

/** The rows of tables that a line has, and what stands between them. */
export function rowsOf(line: string): readonly TableRow[] {
	if (line.length > longestRow) return [];
	if (/<\/?t(?:[hdr]|able|head|body)[\s>]/i.test(line)) return line.split(/<\/tr\s*>/i).map(toRow);
	return line.includes('|') ? [{ line, cells: cellsOf(line) }] : [];
}

function toRow(html: string): TableRow {
	const [before = '', ...cells] = html
		.split(/<t[hd](?:\s[^<>]*)?>/i)
		.map((part) => part.replace(/<\/?t(?:[hdr]|able|head|body)(?:\s[^<>]*)?>/gi, ' ').trim());
	return { line: cells.length > 0 ? `${before} | ${cells.join(' | ')} |`.trim() : before, cells };
}

const cellsOf = (line: string): string[] =>
	line
		.replace(/^[\s>]*\|?|\|?\s*$/g, '')
		.split('|')
		.map((cell) => cell.trim());

const hasLink = (cell: string): boolean => /https?:\/\/|\]\(|^\//.test(cell);

/** What a row is called by, if it is the head of a table. */
export const headsOf = ({ cells }: TableRow): readonly string[] =>
	cells.some(hasLink) ? [] : cells;

/** The row as lines that say what stands in the head of each column; none where that says nothing. */
export function underHeads({ cells }: TableRow, heads: readonly string[]): readonly string[] {
	const isCalled = (at: number): boolean => heads[at] !== undefined && headings.test(heads[at]);
	if (!cells.some((cell, at) => hasLink(cell) && isCalled(at))) return [];
	const others = cells.filter((cell) => !hasLink(cell));
	const links = cells.flatMap((cell, at) => (hasLink(cell) ? [`${heads[at] ?? ''}: ${cell}`] : []));
	return [`| ${others.join(' | ')} |`, ...links];
}
