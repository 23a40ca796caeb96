import { createAttachments } from '../chat/attachments';
import { lastChunk, readChunks, type Chunk } from '../chat/chunks';
import { readDeltas, type Delta } from '../chat/deltas';
import { readEvents } from '../chat/events';
import { withoutCall } from '../chat/separate';
import { transcribe, type Transcribed } from './transcribe';

type Deltas = AsyncIterable<readonly Delta[]>;

/**
 * Reads an answer that is at hand as text: a transcript, the raw text of an event stream, or the
 * JSON body of a completion. Never throws for text; what is wrong with it is the `cause`.
 *
 * @param more what else is read of its deltas
 */
export function parseTranscript(
	source: string,
	attachments = createAttachments(),
	more: (deltas: Deltas) => Deltas = (deltas) => deltas,
): Promise<Transcribed> {
	const trimmed = withoutCall(source.replace(/^\uFEFF/, '').trimStart());
	const chunks = isWire(trimmed)
		? readChunks(readEvents(asBytes(trimmed), attachments))
		: asChunks(source);
	return transcribe(more(readDeltas(chunks, attachments)));
}

/** An event stream starts with a field or a comment; a completion or an error body is JSON. */
const isWire = (source: string): boolean =>
	(/^(?:data|event|id|retry|):/.test(source) && /^data:/m.test(source)) ||
	/^\{\s*"|^<(?:!doctype|html)/i.test(source);

async function* asBytes(source: string): AsyncGenerator<Uint8Array> {
	yield new TextEncoder().encode(source);
}

async function* asChunks(content: string): AsyncGenerator<readonly Chunk[]> {
	yield [{ choices: [{ delta: { content } }] }, lastChunk];
}
