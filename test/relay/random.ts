/** A stream of numbers that is the same for the same seed, so that a failing schedule can be run again. */
export interface Random {
	/** 0 (included) to 1 (excluded). */
	next(): number;
	/** A whole number, both ends included. */
	between(low: number, high: number): number;
	/** `length` letters out of `alphabet`. */
	letters(alphabet: string, length: number): string;
}

/** FNV-1a for the seed, mulberry32 for the numbers: small, fast, and no dependency. */
export function seededRandom(seed: string): Random {
	let state = 0x811c9dc5;
	for (let at = 0; at < seed.length; at++) {
		state = Math.imul(state ^ seed.charCodeAt(at), 0x01000193);
	}

	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
	};
	const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
	const letters = (alphabet: string, length: number) =>
		Array.from({ length }, () => alphabet.charAt(between(0, alphabet.length - 1))).join('');

	return { next, between, letters };
}
