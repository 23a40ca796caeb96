import { isRecord, parseJson, textOf, type JsonRecord } from '../chat/json';
import { taskIdsOf } from '../chat/taskIds';
import { effects, type Fact } from './effects';
import type { Facts } from './facts';
import { fail } from './failure';
import { findMatches, type Match } from './findMatches';
import { grammar } from './grammar';
import { givenHeading, ofPages, ofSites } from './labels';
import { isAsserted, isReserved } from './isAsserted';
import { lineWords } from './lineWords';
import { toMarkup } from './toMarkup';
import { readPlan } from './plan';
import { headsOf, rowsOf, underHeads, type TableRow } from './table';
import { readTaskIds } from './taskNames';
import { kindOfUrl } from './urls';

/** What counts only where it is meant: words for what becomes of a video are in prompts and help too. */
const stated: ReadonlySet<Fact> = new Set([
	'announced',
	'status',
	'completed',
	'previewed',
	'failed',
	'retrying',
]);

/** What counts for more where it is all there is on its line. */
const mayStandAlone: ReadonlySet<Fact> = new Set(['link', 'url', 'path']);

/** What leads to a video, or to what the user gave. */
const leads: ReadonlySet<Fact> = new Set([
	...mayStandAlone,
	...(['video', 'announced', 'download', 'tag', 'pictureLink', 'percentLink'] as const),
]);

/** Reads one line: with what the lines above it say of it, or as the cells of a table. */
export function readLine(facts: Facts, written: string): Facts {
	if (!/[\p{L}\p{N}❌/]/u.test(written)) return /\S/.test(written) ? facts : belowTable(facts);
	const line = toMarkup(written);
	const json = line.trimStart().startsWith('{') ? parseJson(line) : undefined;
	if (isRecord(json)) return readJson(facts, json);
	const isGiven = facts.underGiven && lineWords.beginsWithLink.test(line);
	const underGiven = givenHeading.test(line) || (isGiven && lineWords.bullet.test(line));
	const rows = isGiven ? none : rowsOf(line);
	if (rows.length > 0) return rows.reduce(readRow, facts);
	const below = belowTable(facts);
	const known = below.underGiven === underGiven ? below : { ...below, underGiven };
	return readWords(known, line, isGiven);
}

const none: readonly never[] = [];

const belowTable = (facts: Facts): Facts =>
	facts.columns.length === 0 ? facts : { ...facts, columns: none };

/** A row below a head says what the head does; the first row of a table is one. */
function readRow(facts: Facts, row: TableRow): Facts {
	const { columns } = facts;
	const lines = underHeads(row, columns);
	const read = (lines.length > 0 ? lines : [row.line]).reduce(
		(before, line) => readWords(before, line),
		facts,
	);
	return columns.length > 0 ? read : { ...read, underGiven: false, columns: headsOf(row) };
}

/**
 * Every row of the grammar over a line, what they found applied from left to right.
 *
 * @param isGiven its links are what the user gave
 */
function readWords(facts: Facts, line: string, isGiven = false): Facts {
	let end = 0;
	let read = facts;
	let found = false;
	for (const match of findMatches(line, grammar)) {
		if (match.start < end) continue;
		const { fact, values } = match;
		const isMeant = !stated.has(fact) || isAsserted(line, match.start, match.said);
		end = isMeant ? match.end : match.said;
		if (!isMeant) continue;
		found ||= fact !== 'quotation';
		const isLink = mayStandAlone.has(fact);
		const isPage = isGiven ? leads.has(fact) : isLink && leadsToSite(line, match);
		const isAlone = isLink && aloneOn(line, match);
		// `Video: [here](…)`: what is before it says what it is.
		const isNamed = fact === 'link' && isAlone && /\p{L}/u.test(line.slice(0, match.start));
		read = effects[isPage ? 'page' : isNamed ? 'video' : fact](read, values, isAlone);
	}
	return found ? read : readPlainLine(facts, line);
}

/** JSON in a line of its own is an error or a plan; its words are not the relay's. */
function readJson(facts: Facts, json: JsonRecord): Facts {
	const { error } = json;
	if (error === undefined || error === null) {
		return readTaskIds(readPlan(facts, json), taskIdsOf(json));
	}
	const { code, message } = isRecord(error) ? error : { code: undefined, message: error };
	const words = [textOf(code), textOf(message) ?? textOf(json.message)];
	return fail(facts, words.filter((word) => word !== undefined).join(': '));
}

/** Whether a link whose path does not say what it is leads to where its clause sends people. */
function leadsToSite(line: string, { start, values: [url = ''] }: Match): boolean {
	if (kindOfUrl(url) !== 'unknown') return false;
	const [clause = ''] = lineWords.clause.exec(line.slice(Math.max(0, start - 40), start)) ?? [];
	return ofSites.test(clause);
}

/** Whether a link is all there is on its line, or what words for a video announce; a file by any. */
function aloneOn(line: string, { start, end, values: [url = ''] }: Match): boolean {
	// Other addresses are no words.
	const words = line.slice(Math.max(0, start - 400), start).replace(/https?:\S+/gi, 'x');
	const before = words.slice(-40);
	const said = before.replace(lineWords.tag, '');
	const after = line
		.slice(end, end + 40)
		.replace(lineWords.tag, '')
		.replace(lineWords.use, '');
	return (
		(lineWords.announcement.test(said) || (isVideo(url) && lineWords.label.test(said))) &&
		!ofPages.test(before.replaceAll('_', ' ')) &&
		!lineWords.expected.test(before) &&
		!/[\p{L}\p{N}]/u.test(after.slice(0, 20)) &&
		!isReserved(words.replace(lineWords.arrow, ''))
	);
}

const isVideo = (url: string): boolean => kindOfUrl(url) === 'video';

/** A line that says nothing else is the reason of a failure that was named without one. */
function readPlainLine(facts: Facts, line: string): Facts {
	if (facts.failure === undefined || facts.failure.reason !== '') return facts;
	return fail(facts, line);
}
