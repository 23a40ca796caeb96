import type { Fact } from './effects';
import { places } from './patterns';
import type { Row } from './row';

/** What a row of the grammar found in a line. */
export interface Match {
	fact: Fact;
	values: readonly string[];
	start: number;
	/** Where the words end that say it, before what they say of it. */
	said: number;
	end: number;
}

/** What the rows find in a line, from left to right. */
export function findMatches(line: string, rows: readonly Row[]): Match[] {
	const matches: Match[] = [];
	let within: RegExp | undefined;
	let isWithin = true;
	for (const row of rows) {
		if (row.within !== within) {
			({ within } = row);
			isWithin = within?.test(line) ?? true;
		}
		if (isWithin) addMatches(row, line, matches);
	}
	return matches.length > 1 ? matches.sort((a, b) => a.start - b.start) : matches;
}

/** `exec` again and again is what `matchAll` does with a copy of the pattern for each line. */
function addMatches(
	{ fact, pattern, at, given, takes }: Row,
	line: string,
	matches: Match[],
): void {
	pattern.lastIndex = 0;
	for (let match = pattern.exec(line); match !== null; match = pattern.exec(line)) {
		const { index: start } = match;
		if (at !== undefined && !isAt(at, line, start)) {
			pattern.lastIndex = start + 1;
			continue;
		}
		if (given?.test(line) === false) return;
		if (takes !== undefined) {
			const said = pattern.lastIndex;
			const value = line.slice(takes === 'rest' ? said : start);
			matches.push({ fact, values: [value], start, said, end: line.length });
			return;
		}
		const values = match.slice(1).filter((value) => value !== undefined);
		matches.push({ fact, values, start, said: pattern.lastIndex, end: pattern.lastIndex });
	}
}

const isAt = (at: keyof typeof places, line: string, index: number): boolean =>
	places[at].some((place) => {
		place.lastIndex = index;
		return place.test(line);
	});
