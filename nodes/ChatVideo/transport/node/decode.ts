import { pipeline, type Duplex } from 'node:stream';
import * as zlib from 'node:zlib';
import { malformed } from '../../chat/errors';
import type { HttpAnswer } from '../httpClient';
import { readHead } from '../readHead';
import { untilBreak } from '../untilBreak';

/** A compression, and how it is known. */
interface Coding {
	/** As `Content-Encoding` names it. */
	name: RegExp;
	/** How a body of it begins, in hexadecimal. */
	mark?: RegExp;
	/**
	 * What the bytes begin with once they are decoded; throws where they are none of it. With it, bytes
	 * that are nothing else are taken for this coding, whatever the header says.
	 */
	check?(head: Buffer): Buffer;
	create(): Duplex;
}

// What has come is given out at once: a stream is read while it grows, and a cut one up to its cut.
const live = {
	flush: zlib.constants.Z_SYNC_FLUSH,
	finishFlush: zlib.constants.Z_SYNC_FLUSH,
};
const liveBrotli = {
	flush: zlib.constants.BROTLI_OPERATION_FLUSH,
	finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH,
};

/** The bytes at the start decide; of those without a mark, the header as well. */
const known: readonly Coding[] = [
	{ name: /^(?:x-)?gzip$/, mark: /^1f8b08/, create: () => zlib.createGunzip(live) },
	{ name: /^zstd$/, mark: /^28b52ffd/, create: createZstd },
	{
		name: /^deflate$/,
		mark: /^78(?:01|9c|da)/,
		check: (head) => zlib.inflateSync(head, live),
		create: () => zlib.createInflate(live),
	},
	{
		name: /^deflate$/,
		check: (head) => zlib.inflateRawSync(head, live),
		create: () => zlib.createInflateRaw(live),
	},
	{
		name: /^br$/,
		check: (head) => zlib.brotliDecompressSync(head, liveBrotli),
		create: () => zlib.createBrotliDecompress(liveBrotli),
	},
];

const deepest = 4; // compressions in each other; real ones are two

/**
 * The bytes of an answer as they were before they were compressed. Nobody asks for compression
 * here; some gateways do it all the same, others decode an answer and leave the header, and the
 * answer is paid for. So its first bytes decide.
 */
export async function* decode({
	body,
	headers,
}: Pick<HttpAnswer, 'body' | 'headers'>): AsyncGenerator<Uint8Array, void, undefined> {
	const names = String(headers['content-encoding'] ?? '')
		.toLowerCase()
		.split(',')
		.map((name) => name.trim());
	try {
		yield* unwrap(body, names, deepest);
	} finally {
		// A decoder reads ahead, and would wait for a server that holds the connection.
		body.destroy();
	}
}

async function* unwrap(
	body: AsyncIterable<Uint8Array>,
	names: readonly string[],
	levels: number,
): AsyncGenerator<Uint8Array, void, undefined> {
	const { head, whole } = await readHead(body, (read) => isEnough(read, names));
	const coding = levels > 0 ? codingOf(head, names) : undefined;
	if (coding === undefined) return yield* whole;
	const last = names.findLastIndex((word) => coding.name.test(word));
	const others = names.filter((_, at) => at !== last);
	yield* unwrap(decodeWith(coding.create(), whole), others, levels - 1);
}

const likely = known.filter(({ check }) => check);

const shortestHead = 4; // bytes
const headOfText = 16; // bytes; a shorter compressed text may look like words
const headOfUnknown = 256; // bytes; a compression may begin with so many that say nothing yet

/** Whether so many bytes decide. */
function isEnough(head: Buffer, names: readonly string[]): boolean {
	if (markedBy(head) !== undefined) return true;
	if (head.length < shortestHead) return false;
	if (isText(head)) return head.length >= headOfText || !likely.some(decodes(head));
	if (head.length < headOfText) return false;
	return head.length >= headOfUnknown || known.filter(isNamedIn(names)).some(decodes(head));
}

const isNamedIn =
	(names: readonly string[]) =>
	({ name }: Coding): boolean =>
		names.some((word) => name.test(word));

function markedBy(head: Buffer): Coding | undefined {
	const start = head.toString('hex', 0, shortestHead);
	return known.find(({ mark }) => mark?.test(start));
}

function codingOf(head: Buffer, names: readonly string[]): Coding | undefined {
	const marked = markedBy(head);
	if (marked !== undefined || isText(head)) return marked;
	const named = known.filter(isNamedIn(names));
	return (
		[...named, ...likely].find(decodes(head)) ??
		named.find((coding) => decoded(coding, head) !== undefined)
	);
}

/** What the bytes begin with once they are decoded; nothing where they are none of it. */
function decoded({ check }: Coding, head: Buffer): Buffer | undefined {
	try {
		return head.length > 0 ? check?.(head) : undefined;
	} catch {
		return undefined;
	}
}

/** Whether a coding makes something readable of the bytes. */
const decodes =
	(bytes: Buffer) =>
	(coding: Coding): boolean => {
		const head = decoded(coding, bytes) ?? Buffer.alloc(0);
		return head.length > 0 && (isText(head) || markedBy(head) !== undefined);
	};

/** Whether it can be read as it is, by its start; the last letter may be cut. */
function isText(head: Buffer): boolean {
	try {
		const start = head.subarray(0, headOfUnknown);
		const text = new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
		return !/[^\P{Cc}\t\n\r]/u.test(text);
	} catch {
		return false;
	}
}

const bit = 64; // bytes; a decoder that meets damage gives nothing of the piece it is in
const longestAnswer = 100_000; // bytes; what is longer is a file, and the pieces of that are whole

async function* inBits(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
	let length = 0;
	for await (const piece of body) {
		length += piece.length;
		const size = length < longestAnswer ? bit : piece.length;
		for (let at = 0; at < piece.length; at += size) yield piece.subarray(at, at + size);
	}
}

/** A break of the body comes after all that came before it: a task may be in that. */
async function* decodeWith(
	decoder: Duplex,
	body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
	let broken: { cause: unknown } | undefined;
	const whole = untilBreak(body, (cause) => {
		broken = { cause };
	});
	// What goes wrong in the decoder is heard by who reads it.
	pipeline(inBits(whole), decoder, () => {});
	yield* decoder as AsyncIterable<Uint8Array>;
	if (broken !== undefined) throw broken.cause;
}

/** Node.js has it from 22.15 on. */
function createZstd(): Duplex {
	const create: unknown = Reflect.get(zlib, 'createZstdDecompress');
	if (typeof create !== 'function') throw unreadable();
	const flush: unknown = Reflect.get(zlib.constants, 'ZSTD_e_flush');
	return create({ finishFlush: flush }) as Duplex;
}

const unreadable = () =>
	malformed(
		`The service compressed its answer with zstd, which Node.js ${process.version} cannot read: use Node.js 22.15 or newer, or ask the service to send it as it is`,
	);
