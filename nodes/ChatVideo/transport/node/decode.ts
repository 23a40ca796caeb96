import { pipeline, type Duplex } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { HttpAnswer } from '../httpClient';
import { untilBreak } from '../untilBreak';

// What has come is given out at once: a stream is read while it grows, and a cut one up to its cut.
const live = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
const liveBrotli = {
	flush: constants.BROTLI_OPERATION_FLUSH,
	finishFlush: constants.BROTLI_OPERATION_FLUSH,
};

const decoders: Readonly<Record<string, () => Duplex>> = {
	gzip: () => createGunzip(live),
	'x-gzip': () => createGunzip(live),
	deflate: () => createInflate(live),
	br: () => createBrotliDecompress(liveBrotli),
};

/**
 * The bytes of an answer as they were before they were compressed. Nobody asks for compression
 * here; some gateways do it all the same, and the answer is paid for.
 */
export function decode({
	body,
	headers,
}: Pick<HttpAnswer, 'body' | 'headers'>): AsyncIterable<Uint8Array> {
	const coding = String(headers['content-encoding'] ?? '').toLowerCase();
	const decoder = decoders[coding.trim()]?.();
	return decoder === undefined ? body : decodeWith(decoder, body);
}

/** A break of the body is told behind all that came before it: a task may be in that. */
async function* decodeWith(
	decoder: Duplex,
	body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
	let broken: { cause: unknown } | undefined;
	const whole = untilBreak(body, (cause) => {
		broken = { cause };
	});
	// What goes wrong in the decoder is heard by who reads it.
	pipeline(whole, decoder, () => {});
	yield* decoder as AsyncIterable<Uint8Array>;
	if (broken !== undefined) throw broken.cause;
}
