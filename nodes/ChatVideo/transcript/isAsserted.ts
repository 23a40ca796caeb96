import { contexts, type Context } from './contexts';

/**
 * Whether words of a line are said as a fact. What stands in a condition, a question, a wish or a
 * quotation, what is denied, or expected, or explained, says nothing of this video: "if the video
 * has been generated, download it at the site" is printed while it is being made.
 */
export function isAsserted(line: string, start: number, end: number): boolean {
	const places = placesOf(line, start, end);
	return !contexts.some(({ at, words }) => words.test(places[at]));
}

/** Whether what follows these words of a line depends on something else, or belongs to no report. */
export function isReserved(before: string): boolean {
	const places = placesOf(before, before.length, before.length);
	return contexts.some(
		({ at, words }) => (at === 'line' || at === 'sentence') && words.test(places[at]),
	);
}

function placesOf(line: string, start: number, end: number): Record<Context['at'], string> {
	const before = line.slice(Math.max(0, start - reach), start);
	const after = line.slice(end, end + reach);
	const sentence = before.slice(endOf(before, sentenceEnd));
	return {
		line: before,
		row: before,
		sentence,
		nearby: sentence.slice(-nearby),
		clause: sentence.slice(endOf(sentence, clauseEnd)),
		after,
		entry: bullet.test(before) ? after : '',
	};
}

const bullet = /^[\s>]{0,12}(?:[-*+•·]|\d{1,2}[.)])\s+[`*"“『「✅❌]{0,4}\s?$/;
const reach = 200; // characters; a sentence is shorter, and a line may be megabytes
const nearby = 60; // characters; what is quoted follows soon

const sentenceEnd = /[。！!？?；;|✅❌🎉…]|(?<![-=])>|\.{2,}|\.(?=\s|$)/gu;
const clauseEnd = /[，,、:：]/g;

/** Where the last match ends. */
function endOf(text: string, pattern: RegExp): number {
	let end = 0;
	for (const match of text.matchAll(pattern)) end = match.index + match[0].length;
	return end;
}
