import { isCourtesy, ofWork, refusals, isSaid, toGenerate, troubles } from './gateWords';
import { textsOf } from './textsOf';

/** An answer outside 2xx, as far as it decides what it may have cost. */
export interface GateAnswer {
	status: number;
	body: string;
	/** Milliseconds from the written request to the head of the answer. */
	elapsed: number;
}

const soon = 10_000; // ms; a gate turns away at the door, what took longer did something

/** Statuses by which a request is turned away unread; any other may follow a start. */
const turnedAway: ReadonlySet<number> = new Set([
	301, 302, 307, 308, 400, 401, 402, 403, 404, 405, 407, 413, 415, 422, 426, 429, 431,
]);

/** Where an answer has names and numbers instead of words. */
const nameKey =
	/^(?:type|code|param|status|status_?code|(?:request|trace)?_?id|model|group|path|instance|timestamp|time|name|object)$/i;

/**
 * Whether a refusal certainly cost nothing. It is the only place that decides so; what is not
 * certain may have been charged. A task that the answer names is looked for elsewhere.
 */
export function isFree({ status, body, elapsed }: GateAnswer): boolean {
	if (elapsed > soon) return false;
	const texts = textsOf(body);
	// A name in JSON may say it as well: `"is_output_rejection": true`.
	if ([body, ...texts.map(({ text }) => text)].some((text) => isSaid(ofWork, text))) return false;
	if (status !== 503) return turnedAway.has(status);
	const said = texts.filter(({ key, text }) => key !== 'type' && !saysNothing(text, body));
	const clauses = said.filter(({ key }) => !nameKey.test(key)).flatMap(({ text }) => split(text));
	return (
		!said.some(({ text }) => isSaid(troubles, withoutIds(text))) &&
		said.some(({ text }) => isSaid(refusals, text)) &&
		clauses.every((clause) => isSaid(refusals, clause) || isCourtesy(clause))
	);
}

/** That a generation failed says nothing more where nobody was there to begin it. */
const saysNothing = (code: string, body: string): boolean =>
	/^(?:\w+_)?generation_failed$/i.test(code) &&
	split(body).some((clause) => isSaid(refusals, clause) && toGenerate.test(clause));

/** An id has any letters, and the proxy without a relay to ask has words that are its own. */
const withoutIds = (text: string): string =>
	text
		.replaceAll(/no healthy upstream/gi, 'busy')
		.replaceAll(/request[ _-]?id\s*(?:[:：]\s*[\w-]+|(?=[a-z-]{0,40}\d)[\w-]{8,})/gi, '');

/** What is said besides a refusal, as `overloaded: EOF`, may speak of something that was done. */
const split = (text: string): string[] =>
	withoutIds(text).split(
		/[,;!?()[\]\n，。；：、！？（）]|[.:](?=[\s)]|$)|\s-+\s|\b(?:but|and|because|while|as)\b/i,
	);
