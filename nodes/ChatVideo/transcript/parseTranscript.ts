import { readChunks } from '../chat/chunks';
import { emptyDelta, readDeltas, type Delta } from '../chat/deltas';
import { readEvents } from '../chat/events';
import { transcribe, type Transcribed } from './transcribe';

/**
 * Reads an answer that is at hand as text: a transcript, the raw text of an event stream, or the
 * JSON body of a completion. Never throws for text; what is wrong with it is the `cause`.
 */
export function parseTranscript(source: string): Promise<Transcribed> {
	const trimmed = source.replace(/^\uFEFF/, '').trimStart();
	if (!isWire(trimmed)) return transcribe(asOneDelta(source));
	return transcribe(readDeltas(readChunks(readEvents(asBytes(trimmed)))));
}

/** An event stream starts with a field or a comment; a completion or an error body is JSON. */
const isWire = (source: string): boolean =>
	(/^(?:data|event|id|retry|):/.test(source) && /^data:/m.test(source)) ||
	/^\{\s*"|^<(?:!doctype|html)/i.test(source);

async function* asBytes(source: string): AsyncGenerator<Uint8Array> {
	yield new TextEncoder().encode(source);
}

async function* asOneDelta(content: string): AsyncGenerator<readonly Delta[]> {
	yield [{ ...emptyDelta, content, last: true }];
}
