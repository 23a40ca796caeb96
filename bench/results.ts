import type { Comparison } from './compare';
import type { Point } from './exponent';
import type { Job } from './plan';
import { spreadOf, type Spread } from './spread';

/** What each kind of figure gives out. */
interface Measured {
	cpu: Comparison;
	held: { ms?: Spread; never?: true };
	memory: { rss: number; heap: number };
	start: { load: number; first?: number };
	execute: Comparison & { beyond: number };
	growth: { points: Point[]; exponent: number };
	concurrency: { part: Spread };
	download: { part: Spread; growth: number; size: number };
}

export interface Result extends Job {
	/** Once for each time it was measured. */
	measured: object[];
}

/** A run of the benchmark, as it is written. */
export interface Results {
	takenAt: string;
	node: string;
	processors: string;
	/** Streams whose control was off: what was measured of them counts for nothing. */
	void: readonly string[];
	results: readonly Result[];
}

/** What was measured of one thing. */
export function find<F extends Job['figure']>(
	results: readonly Result[],
	figure: F,
	of: Job['of'] = {},
): ReadonlyArray<Measured[F]> {
	const found = results.find(
		(result) =>
			result.figure === figure &&
			Object.entries(of).every(([name, value]) => result.of[name] === value),
	);
	return (found?.measured ?? []) as Array<Measured[F]>;
}

/** A number of each measurement, where there is any. */
export function spreadOver<T>(
	measured: readonly T[],
	read: (each: T) => number | undefined,
): Spread | undefined {
	const values = measured.map(read).filter((value) => value !== undefined);
	return values.length === 0 ? undefined : spreadOf(values);
}
