import { isRecord, parseJson } from '../chat/json';
import type { Facts } from './facts';
import { readFence } from './plan';
import { readLine } from './readLine';

interface JsonFence {
	kind: 'json';
	/** What of it came before this line, or before this part of it. */
	body: string;
	/** How many times it was checked whether the JSON ends here. */
	tries: number;
}

/** An open fence: JSON as far as it came, or one whose lines are text like any other. */
export type Fence = JsonFence | { kind: 'text' };

/** What the line said, the fence that is open after it, and the rest of the line. */
type Step = [facts: Facts, fence: Fence | undefined, rest?: string | undefined];

/** Reads a whole line, which may open and close fences. */
export function readFenced(
	facts: Facts,
	fence: Fence | undefined,
	line: string,
): [Facts, Fence | undefined] {
	let rest: string | undefined = line;
	while (rest !== undefined) {
		const step: Step =
			fence?.kind === 'json' ? readInside(facts, fence, rest) : readOutside(facts, fence, rest);
		[facts, fence, rest] = step;
	}
	return [facts, fence];
}

const mark = '```';

/** Within a line a mark is one only where JSON follows: users put marks into their prompts. */
const opening = /(?<=^[\s>]{0,20})```|```(?=\s?json\b|\s*(?:\{|$))/i;

function readOutside(facts: Facts, fence: Fence | undefined, line: string): Step {
	const first = line.indexOf(mark);
	const at = first === -1 || fence !== undefined ? first : line.search(opening);
	if (at === -1) return [readLine(facts, line), fence];
	const read = readLine(facts, line.slice(0, at));
	const after = line.slice(at + mark.length);
	const [word = ''] = /^ ?[\w-]{1,20}/.exec(after) ?? [];
	const rest = toRest(after.slice(word.length));
	const closes = fence !== undefined && (word === '' || rest !== undefined);
	if (closes) return [read, undefined, toRest(after)];
	if (!/^(?: ?json)?$/i.test(word)) return [read, { kind: 'text' }, rest];
	return [read, { kind: 'json', body: '', tries: 0 }, rest];
}

const mostTries = 20; // a planner's JSON ends at its first or second brace; more would be quadratic

/**
 * Inside of JSON. Its own end ends it, so that a fence which nothing closes swallows no result;
 * so does a quoted line, as relays write `>` before everything of their own. A mark within one
 * of its strings does not.
 */
function readInside(facts: Facts, { body, tries }: JsonFence, line: string): Step {
	const at = line.indexOf(mark);
	if (at === -1) {
		if (/^\s*>/.test(line)) return [leaveFence(facts, body, 'open'), undefined, line];
		const mayEnd = tries < mostTries && line.trimEnd().endsWith('}');
		if (mayEnd && isObject(body + line)) return [readFence(facts, body + line), { kind: 'text' }];
		return [facts, { kind: 'json', body: `${body + line}\n`, tries: tries + Number(mayEnd) }];
	}
	const inside = body + line.slice(0, at);
	const rest = toRest(line.slice(at + mark.length));
	if (rest !== undefined && tries < mostTries && isTextOpen(inside)) {
		return [facts, { kind: 'json', body: inside + mark, tries: tries + 1 }, rest];
	}
	return [leaveFence(facts, inside, 'closed'), undefined, rest];
}

/**
 * Leaves a fence. What is no JSON is text like any other, unless it is JSON that broke: the
 * words of a prompt are not the relay's.
 */
export function leaveFence(facts: Facts, body: string, end: 'closed' | 'open'): Facts {
	if (facts.failure !== undefined || isObject(body)) return readFence(facts, body);
	if (end === 'closed' && body.trimStart().startsWith('{')) return facts;
	return body.split('\n').reduce(readLine, facts);
}

const isObject = (source: string): boolean =>
	source.trimStart().startsWith('{') && isRecord(parseJson(source));

/** Whether the last line ends within a string. */
const isTextOpen = (source: string): boolean =>
	source.slice(source.lastIndexOf('\n') + 1).replace(/\\.|[^"\\]/gs, '').length % 2 === 1;

const toRest = (text: string): string | undefined => (/\S/.test(text) ? text : undefined);
