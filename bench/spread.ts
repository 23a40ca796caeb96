/** Many measurements of one thing. */
export interface Spread {
	median: number;
	quartiles: [lower: number, upper: number];
	/** How many there were. */
	count: number;
}

export function spreadOf(values: readonly number[]): Spread {
	const sorted = [...values].sort((a, b) => a - b);
	return {
		median: quantile(sorted, 0.5),
		quartiles: [quantile(sorted, 0.25), quantile(sorted, 0.75)],
		count: sorted.length,
	};
}

/** Between two values, as far between as it lies. */
function quantile(sorted: readonly number[], part: number): number {
	const at = (sorted.length - 1) * part;
	const [lower = NaN, upper = lower] = sorted.slice(Math.floor(at), Math.floor(at) + 2);
	return lower + (upper - lower) * (at % 1);
}
