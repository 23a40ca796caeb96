import type { Diagnostics } from 'recheck';

type Attack = Extract<Diagnostics, { status: 'vulnerable' }>['attack'];

const longest = 128 * 1024; // characters
const enough = 150; // ms; a linear pattern takes a few for the longest, a quadratic one seconds

/**
 * Runs a pattern on what is said to slow it down, on ever longer texts, in the engine that runs
 * it in production: the checker knows no bounded look-behind and accuses more than it should.
 *
 * @returns the length at which it took too long, or `undefined` where it never did
 */
export function slowAt(pattern: RegExp, { pumps, suffix }: Attack): number | undefined {
	const width = pumps.reduce((sum, { pump }) => sum + pump.length, 0);
	for (let length = 16; length <= longest; length *= growth(length)) {
		const times = Math.ceil(length / width);
		const text = pumps.map(({ prefix, pump }) => prefix + pump.repeat(times)).join('') + suffix;
		if (costOf(pattern, text) > enough) return text.length;
	}
	return undefined;
}

/** Small steps first: an exponential pattern never comes back from a large one. */
const growth = (length: number): number => (length < 64 ? 1.2 : 2);

/** Milliseconds of computing; the least of three, as the garbage of others is collected in some. */
function costOf(pattern: RegExp, text: string): number {
	let least = Infinity;
	for (let run = 0; run < 3 && least > enough; run += 1) {
		const start = process.cpuUsage();
		if (pattern.global) text.match(pattern);
		else pattern.test(text);
		const { user, system } = process.cpuUsage(start);
		least = Math.min(least, (user + system) / 1_000);
	}
	return least;
}
