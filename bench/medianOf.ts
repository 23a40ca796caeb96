export const medianOf = (values: readonly number[]): number => quartilesOf(values)[1];

/** The values at a quarter, at half and at three quarters of the way up. */
export function quartilesOf(values: readonly number[]): [number, number, number] {
	const sorted = [...values].sort((a, b) => a - b);
	return [valueAt(sorted, 0.25), valueAt(sorted, 0.5), valueAt(sorted, 0.75)];
}

/** Between two values, as far between as it lies. */
function valueAt(sorted: readonly number[], part: number): number {
	const at = (sorted.length - 1) * part;
	const [lower = NaN, upper = lower] = sorted.slice(Math.floor(at), Math.floor(at) + 2);
	return lower + (upper - lower) * (at % 1);
}
