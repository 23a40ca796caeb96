import { once } from 'node:events';
import * as zlib from 'node:zlib';

/** What a body goes through on its way: a compression, or another charset. */
export type Encoding = keyof typeof headers;

/** What says so. */
export const headers = {
	gzip: { 'content-encoding': 'gzip' },
	deflate: { 'content-encoding': 'deflate' },
	br: { 'content-encoding': 'br' },
	'utf-16le': { 'content-type': 'text/event-stream; charset=utf-16le' },
} as const;

export interface Encoder {
	/** The bytes that a reader needs for all that was given so far. */
	encode(bytes: Buffer): Promise<Buffer>;
	/** What ends the body. */
	end(): Promise<Buffer>;
}

const compressions = {
	gzip: () => zlib.createGzip(),
	deflate: () => zlib.createDeflate(),
	br: () => zlib.createBrotliCompress({ params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } }),
};

export function createEncoder(encoding: Encoding): Encoder {
	if (encoding === 'utf-16le') return inUtf16();
	const stream = compressions[encoding]();
	const pieces: Buffer[] = [];
	stream.on('data', (piece: Buffer) => pieces.push(piece));
	const taken = (): Buffer => Buffer.concat(pieces.splice(0));
	return {
		async encode(bytes) {
			stream.write(bytes);
			await new Promise<void>((resolve) => stream.flush(() => resolve()));
			return taken();
		},
		async end() {
			stream.end();
			await once(stream, 'end');
			return taken();
		},
	};
}

function inUtf16(): Encoder {
	const decoder = new TextDecoder();
	let mark = '\uFEFF';
	return {
		async encode(bytes) {
			const text = mark + decoder.decode(bytes, { stream: true });
			mark = '';
			return Buffer.from(text, 'utf16le');
		},
		end: async () => Buffer.alloc(0),
	};
}
