import { decode } from './node/decode';
import type { HttpAnswer } from './httpClient';

/** How a text begins that says by itself what it is written in. */
const marks: ReadonlyArray<readonly [charset: string, mark: readonly number[]]> = [
	['utf-16le', [0xff, 0xfe]],
	['utf-16be', [0xfe, 0xff]],
];

/**
 * The bytes of an answer as UTF-8, without compression. Gateways write their errors in charsets of
 * their own, and servers declare some that are not true: what is UTF-8 stays as it is.
 */
export async function* inUtf8(
	answer: Pick<HttpAnswer, 'body' | 'headers'>,
): AsyncGenerator<Uint8Array, void, undefined> {
	const { 'content-type': type = '' } = answer.headers;
	const [, declared = 'utf-8'] = /charset\s*=\s*["']?([\w.:-]+)/i.exec(String(type)) ?? [];
	let decoder: ReturnType<typeof decoderOf>;
	// Then only a mark says otherwise, which stands first: a long answer is not looked through.
	const isUsual = /^utf-?8$/i.test(declared);
	let isDecided = false;
	for await (const piece of decode(answer)) {
		if (!isDecided && (isUsual ? piece.length > 1 : !piece.every(isPlain))) {
			decoder = decoderOf(markOf(piece) ?? (isUsual || isUtf8(piece) ? undefined : declared));
			isDecided = true;
		}
		yield decoder === undefined ? piece : encoder.encode(decoder.decode(piece, { stream: true }));
	}
}

const encoder = new TextEncoder();

/** The same letter in every charset that is asked for here; not in UTF-16, which has zeros. */
const isPlain = (byte: number): boolean => byte > 0 && byte < 0x80;

const markOf = (head: Uint8Array): string | undefined =>
	marks.find(([, mark]) => mark.every((byte, at) => head[at] === byte))?.[0];

/** Nothing for a charset that nobody knows, as for none. */
function decoderOf(charset: string | undefined) {
	try {
		return charset === undefined ? undefined : new TextDecoder(charset);
	} catch {
		return undefined;
	}
}

/** Whether it is, and has no zeros; the last letter may be cut. */
function isUtf8(head: Uint8Array): boolean {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
		return !head.includes(0);
	} catch {
		return false;
	}
}
