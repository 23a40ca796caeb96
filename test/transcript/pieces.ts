import fc from 'fast-check';

/** Sizes of the pieces a body arrives in, used in turn: bytes one by one, or whole packets. */
export const anySizes = fc.array(
	fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 2_000 })),
	{ minLength: 1, maxLength: 40 },
);

/** Cuts bytes or text into pieces of those sizes. */
export function* cut<T extends Uint8Array | string>(
	whole: T,
	sizes: readonly number[],
): Generator<T> {
	for (let start = 0, index = 0; start < whole.length; index += 1) {
		const end = start + (sizes[index % sizes.length] ?? 1);
		yield whole.slice(start, end) as T;
		start = end;
	}
}

export async function* arriving<T>(pieces: Iterable<T>): AsyncGenerator<T> {
	yield* pieces;
}

/** What arrives before the connection breaks. */
export async function* breakingOff<T>(pieces: Iterable<T>): AsyncGenerator<T> {
	yield* pieces;
	throw Object.assign(new Error('terminated'), { code: 'UND_ERR_SOCKET' });
}
