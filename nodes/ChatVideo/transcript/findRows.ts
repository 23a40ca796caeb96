import { grammar, type Row } from './grammar';
import { needsOf } from './needs';
import { openWordSearch, type WordSearch } from './wordSearch';

let search: WordSearch<Row> | undefined;

/**
 * The rows of the grammar that can match the line, in their order: those whose words it has. Most
 * lines have none, so that no row is tried on them.
 */
export function findRows(line: string): readonly Row[] {
	// Made for the first line and not before, as n8n loads every node when it starts.
	search ??= openWordSearch(grammar.map((row) => [row, needsOfRow(row)]));
	return search(line);
}

const needsOfRow = ({ pattern, within }: Row): ReturnType<typeof needsOf> =>
	needsOf(pattern) ?? (within && needsOf(within));
