import fc from 'fast-check';
import { Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { toBreak } from '../../nodes/ChatVideo/transport/connection';
import { decode } from '../../nodes/ChatVideo/transport/node/decode';
import { cut } from '../transcript/pieces';
import { seed } from '../support/seed';

const zstdOf = (bytes: Buffer): Buffer => {
	// One frame of raw blocks: valid, and made without a compressor.
	const length = Buffer.alloc(3);
	length.writeUIntLE((bytes.length << 3) | 1, 0, 3);
	return Buffer.concat([Buffer.from('28b52ffd0058', 'hex'), length, bytes]);
};

const hasZstd = 'createZstdDecompress' in zlib;

async function* piecesOf(pieces: Iterable<Uint8Array>, cause?: Error) {
	yield* pieces;
	if (cause !== undefined) throw cause;
}

async function readAll(
	bytes: Uint8Array,
	encoding: string | undefined,
	sizes: readonly number[] = [1_000_000],
	cause?: Error,
): Promise<{ text: string; error?: unknown }> {
	const body = Readable.from(piecesOf(cut(bytes, sizes), cause));
	const read: Uint8Array[] = [];
	const text = () => Buffer.concat(read).toString();
	try {
		for await (const piece of decode({ body, headers: { 'content-encoding': encoding } }))
			read.push(piece);
	} catch (error) {
		return { text: text(), error };
	}
	return { text: text() };
}

const plain: Record<string, string> = {
	'a stream': 'data: {"choices":[{"delta":{"content":"> 排队中"}}]}\n\ndata: [DONE]\n\n',
	'a stream after a byte order mark': '\uFEFFdata: {"choices":[]}\n\ndata: [DONE]\n\n',
	'a stream of comments': ': PING\n\n: PING\n\ndata: [DONE]\n\n',
	JSON: '{"choices":[{"message":{"content":"x"}}]}',
	'a page': '<!DOCTYPE html><title>504</title>',
	Chinese: '> 任务已提交，排队中......',
	'a word': 'x',
	nothing: '',
};

const codings: Record<string, (bytes: Buffer) => Buffer> = {
	gzip: zlib.gzipSync,
	'deflate (zlib)': zlib.deflateSync,
	'deflate (small)': (bytes) => zlib.deflateSync(bytes, { windowBits: 9 }),
	'deflate (raw)': zlib.deflateRawSync,
	br: zlib.brotliCompressSync,
	...(hasZstd && { zstd: zstdOf }),
};

const hasMark = (coding: string): boolean => /gzip|zlib|zstd/.test(coding);

const names = [
	'gzip',
	'x-gzip',
	'deflate',
	'br',
	'zstd',
	'GZIP',
	'identity',
	'gzip, gzip',
	'gzip, br',
	'utf-8',
];

describe.each(Object.entries(plain))('%s', (_, text) => {
	it.each([undefined, ...names])(
		'that is not compressed is read as it is, whatever its header: %s',
		async (name) => {
			for (const sizes of [[1_000_000], [1], [3, 7]]) {
				expect(await readAll(Buffer.from(text), name, sizes)).toEqual({ text });
			}
		},
	);

	const nameOf = (coding: string): string => coding.replace(/ .*/, '');

	it.each(Object.entries(codings))(
		'that is compressed with %s, and says so, is decoded',
		async (coding, compress) => {
			if (text === '' && coding === 'br') return; // one byte, which is a semicolon
			for (const sizes of [[1_000_000], [1], [3, 7]]) {
				const bytes = compress(Buffer.from(text));
				expect(await readAll(bytes, nameOf(coding).toUpperCase(), sizes)).toEqual({ text });
			}
		},
	);

	it.each(Object.entries(codings))(
		'that is compressed with %s is decoded without a header, or with a wrong one',
		async (coding, compress) => {
			if (text.length < 2 && !hasMark(coding)) return; // a few bytes, which may be anything
			for (const name of [undefined, 'gzip', 'br', 'zstd', 'deflate', 'identity'])
				for (const sizes of [[2], [1_000]])
					expect(await readAll(compress(Buffer.from(text)), name, sizes)).toEqual({ text });
		},
	);

	it.each([
		['gzip, gzip', (bytes: Buffer) => zlib.gzipSync(zlib.gzipSync(bytes))],
		['gzip', (bytes: Buffer) => zlib.gzipSync(zlib.gzipSync(bytes))],
		['br, gzip', (bytes: Buffer) => zlib.gzipSync(zlib.brotliCompressSync(bytes))],
		['gzip, br', (bytes: Buffer) => zlib.brotliCompressSync(zlib.gzipSync(bytes))],
		['gzip, br', (bytes: Buffer) => zlib.gzipSync(bytes)],
		['gzip, gzip', (bytes: Buffer) => zlib.gzipSync(bytes)],
		['identity', (bytes: Buffer) => zlib.gzipSync(zlib.brotliCompressSync(bytes))],
		['identity', (bytes: Buffer) => zlib.brotliCompressSync(zlib.gzipSync(bytes))],
	])('that says %s is decoded as often as it is compressed', async (name, compress) => {
		if (text.length < 2 && name !== 'gzip') return; // a few bytes, which may be anything
		expect(await readAll(compress(Buffer.from(text)), name, [5])).toEqual({ text });
	});
});

it('any text in any coding, cut anywhere, comes out as it went in', async () => {
	const property = fc.asyncProperty(
		fc.string({ unit: 'grapheme', minLength: 20, maxLength: 300 }),
		fc.constantFrom(...Object.entries(codings)),
		fc.constantFrom(undefined, ...names),
		fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
		async (text, [coding, compress], other, sizes) => {
			const bytes = compress(Buffer.from(`data: ${text}`));
			const own = coding.replace(/ .*/, '');
			for (const name of [own, other])
				expect(await readAll(bytes, name, sizes)).toEqual({ text: `data: ${text}` });
		},
	);
	await fc.assert(property, { seed, numRuns: 300 });
});

it.each(Object.entries(codings))(
	'of %s that is cut off, all that came is read, and the break is thrown',
	async (coding, compress) => {
		const text = Array.from({ length: 400 }, (_, at) => `data: ${at * 7919}\n\n`).join('');
		const whole = compress(Buffer.from(text));
		const cause = new Error('terminated');
		const { text: read, error } = await readAll(
			whole.subarray(0, whole.length - 20),
			coding.replace(/ .*/, ''),
			[100],
			cause,
		);
		expect(error).toBe(cause);
		expect(text.startsWith(read)).toBe(true);
		expect(read.length).toBeGreaterThan(text.length / 2);
	},
);

describe('of an answer whose compression is damaged, what came before the damage is read', () => {
	const text = Array.from({ length: 400 }, (_, at) => `data: ${at * 7919}\n\n`).join('');
	it.each<[string, (bytes: Buffer) => Buffer, number]>([
		['gzip', (bytes) => zlib.gzipSync(bytes), 0.6],
		['gzip', (bytes) => zlib.gzipSync(bytes), 1],
		['deflate', (bytes) => zlib.deflateSync(bytes), 0.6],
	])('%s', async (coding, compress, part) => {
		const bytes = compress(Buffer.from(text));
		const end = Math.floor(bytes.length * part);
		bytes.fill(0xa5, end - 6, end);

		const { text: read, error } = await readAll(bytes, coding);

		const most = text.length * (part - 0.1);
		expect(read.slice(0, most)).toBe(text.slice(0, most));
		expect(toBreak(error).message).toContain('that cannot be read');
	});
});

it('what came before a break is read, even a single byte', async () => {
	const cause = new Error('terminated');
	expect(await readAll(Buffer.from('d'), 'gzip', [1], cause)).toEqual({ text: 'd', error: cause });
});

it('each piece comes out when it came in', async () => {
	const gzip = zlib.createGzip();
	const body = new Readable({ read() {} });
	gzip.on('data', (piece) => body.push(piece));
	const pieces = decode({ body, headers: {} })[Symbol.asyncIterator]();
	for (const text of ['data: 1\n\n', 'data: 2\n\n']) {
		gzip.write(text);
		gzip.flush();
		expect(Buffer.from((await pieces.next()).value ?? []).toString()).toBe(text);
	}
	await pieces.return?.();
	expect(body.destroyed).toBe(true);
});

if (!hasZstd) {
	it('zstd that this Node.js cannot read is an error that says so, and may have been billed', async () => {
		const { text, error } = await readAll(zstdOf(Buffer.from('data: 1\n\n')), 'zstd');
		expect(text).toBe('');
		expect(error).toMatchObject({
			kind: 'malformed',
			message: expect.stringContaining('with zstd, which Node.js v') as string,
			facts: { billing: 'possible' },
		});
	});
}
