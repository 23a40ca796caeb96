/** One amount of work, and what it cost. */
export interface Point {
	amount: number;
	cost: number;
}

/**
 * How the cost grows with the amount: 1 is in proportion, 2 is with its square. Taken from the
 * last two points too, as what is constant hides the growth of the first.
 */
export function exponentOf(points: readonly Point[]): number {
	return Math.max(slope(points), slope(points.slice(-2)));
}

/** The straight line through the logarithms that is nearest to all of them. */
function slope(points: readonly Point[]): number {
	const xs = points.map(({ amount }) => Math.log(amount));
	const ys = points.map(({ cost }) => Math.log(cost));
	const [x, y] = [mean(xs), mean(ys)];
	const over = xs.map((each, index) => (each - x) * ((ys[index] ?? 0) - y));
	const under = xs.map((each) => (each - x) ** 2);
	return sum(over) / sum(under);
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
