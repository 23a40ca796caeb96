import { isRecord, parseJson, type JsonRecord } from './json';
import type { WireChunk } from './wireChunk';

/** What the events of a stream have around their text; a relay writes the same around each. */
export interface Envelope {
	/** The text of events that all have this envelope; `undefined` when one has not. */
	open(events: readonly string[]): string | undefined;
	/** A chunk as if the text had come in one event. */
	wrap(content: string): WireChunk;
}

const largestEnvelope = 4_096; // characters; a larger one holds more than what never changes

/**
 * Learns the envelope of an event, so that those behind it need not be parsed as JSON again.
 * Taken only where it is certain: with another text in it, the event must be the same chunk.
 */
export function learnEnvelope(data: string, chunk: WireChunk): Envelope | undefined {
	const choice = choiceOf(chunk);
	const delta = choice?.delta;
	if (!isRecord(delta) || !isTextAlone(delta)) return undefined;
	const text = writtenText.exec(data);
	if (text === null || data.length - text[0].length > largestEnvelope) return undefined;
	const before = data.slice(0, text.index);
	const after = data.slice(text.index + text[0].length);
	const wrap = (content: string): WireChunk => ({
		...chunk,
		choices: [{ ...choice, delta: { ...delta, content } }],
	});
	const same = JSON.stringify(parseJson(before + after)) === JSON.stringify(wrap(''));
	return same ? { open: (events) => openAll(events, before, after), wrap } : undefined;
}

/** The text between its quotes, as it is written. */
const writtenText = /(?<="content"\s*:\s*")(?:[^"\\]|\\.)*/s;

function choiceOf({ choices }: WireChunk): JsonRecord | undefined {
	const [choice, ...others] = Array.isArray(choices) ? (choices as unknown[]) : [];
	return isRecord(choice) && others.length === 0 ? choice : undefined;
}

/** Whether nothing else in the delta counts once for each event. */
const isTextAlone = (delta: JsonRecord): boolean =>
	typeof delta.content === 'string' &&
	Object.entries(delta).every(
		([name, value]) => name === 'content' || name === 'role' || value === null,
	);

/**
 * Takes the envelopes off all events and parses what was in them at once, as the insides of so many
 * JSON strings: that is cheaper than parsing each event.
 */
function openAll(events: readonly string[], before: string, after: string): string | undefined {
	const written: string[] = [];
	for (const event of events) {
		const end = event.length - after.length;
		// Parts are compared as a whole; `startsWith` takes several times as long, one by one.
		const fits = event.slice(0, before.length) === before && event.slice(end) === after;
		// Behind a backslash the quote would not end a text, and one text could make up for another.
		if (!fits || end < before.length || event[end - 1] === '\\') return undefined;
		written.push(event.slice(before.length, end));
	}
	const texts = parseJson(`["${written.join('","')}"]`);
	return Array.isArray(texts) && texts.length === events.length ? texts.join('') : undefined;
}
