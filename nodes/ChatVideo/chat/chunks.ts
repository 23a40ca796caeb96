import { learnEnvelope, type Envelope } from './envelope';
import { toErrorBody } from './errorBody';
import { ChatError, malformed } from './errors';
import { isRecord, parseJson, text, type JsonRecord } from './json';
import { isDone } from './mendJson';
import { separate } from './separate';
import type { WireChunk } from './wireChunk';

/** Stands for `[DONE]`: nothing can follow, so the last word before it is whole. */
export const lastChunk: WireChunk = {};

/**
 * Chunks from events. Ends at `[DONE]`, without waiting for a server that holds the socket.
 * Events that arrive together and differ in nothing but their text are one chunk.
 *
 * @throws {ChatError} `malformed` for an event that is not JSON; by its code, else `failed`, for
 * an `{"error": …}` event. Chunks that came before it in the same batch are given out first.
 */
export async function* readChunks(
	events: AsyncIterable<readonly string[]>,
): AsyncGenerator<readonly WireChunk[], void, undefined> {
	const parse = openParser();
	for await (const batch of events) {
		const { chunks, end } = parse(batch);
		if (chunks.length > 0) yield chunks;
		if (end instanceof ChatError) throw end;
		if (end === lastChunk) return;
	}
}

interface Parsed {
	chunks: WireChunk[];
	/** What ends the stream. */
	end?: WireChunk | ChatError;
}

const mostLessons = 16; // in a row and for nothing; a relay that changes its envelope has none

/** Parses batch after batch; one that has nothing but texts in a known envelope at once. */
function openParser(): (batch: readonly string[]) => Parsed {
	let envelope: Envelope | undefined;
	let lessons = 0;
	return (batch) => {
		const text = envelope?.open(batch);
		if (envelope !== undefined && text !== undefined) {
			lessons = 0;
			return { chunks: [envelope.wrap(text)] };
		}
		const parsed = parseEach(batch);
		const [data, chunk] = [batch.at(-1), parsed.chunks.at(-1)];
		if (data !== undefined && chunk !== undefined && lessons < mostLessons) {
			envelope = learnEnvelope(data, chunk);
			lessons += 1;
		}
		return parsed;
	};
}

function parseEach(batch: readonly string[]): Parsed {
	const chunks: WireChunk[] = [];
	for (const data of batch.flatMap(separate)) {
		const chunk = parseChunk(data);
		if (chunk instanceof ChatError) return { chunks, end: chunk };
		if (chunk === 'blank') continue;
		chunks.push(chunk);
		if (chunk === lastChunk) return { chunks, end: chunk };
	}
	return { chunks };
}

function parseChunk(data: string): WireChunk | ChatError | 'blank' {
	if (data.charCodeAt(0) !== 123) {
		const trimmed = data.trim();
		if (trimmed === '') return 'blank';
		if (isDone(trimmed)) return lastChunk;
	}
	const value = parseJson(data);
	if (!isRecord(value))
		return malformed(`The relay sent an event that is not JSON: ${start(data)}`);
	return toRelayError(value) ?? value;
}

/** An error may come as `error`, or as a bare `{code, message}` where a chunk should be. */
function toRelayError(value: JsonRecord): ChatError | undefined {
	const words = text(value.message) ?? text(value.msg) ?? text(value.message_zh);
	const bare = value.choices === undefined && words !== undefined;
	if (!value.error && !bare) return undefined;
	const said = toErrorBody(value);
	return new ChatError(said.kind ?? 'failed', `The relay answered: ${said.message}`, {
		billing: 'possible',
		...(said.code !== undefined && { code: said.code }),
		...(said.requestId !== undefined && { requestId: said.requestId }),
	});
}

const start = (data: string): string => data.trim().slice(0, 120);
