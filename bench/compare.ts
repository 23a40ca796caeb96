import { setTimeout as wait } from 'node:timers/promises';
import { medianOf } from './medianOf';
import { cpuTimeOf } from '../test/support/timeOf';

type Work = () => Promise<unknown>;

export interface Effort {
	/** At least so many pairs are measured, and more until the time is over. */
	pairs: number;
	/** Milliseconds. */
	time: number;
	/** Milliseconds of computing before that, until the compiler has seen it all. */
	warmUp: number;
}

/** What the work costs, the reference's cost being 1: the two by turns, each first every other time. */
export async function compare(work: Work, reference: Work, effort: Effort): Promise<number[]> {
	const each = [await costOf(work, effort.warmUp), await costOf(reference, effort.warmUp)] as const;
	const ratios: number[] = [];
	const until = performance.now() + effort.time;
	while (ratios.length < effort.pairs || performance.now() < until) {
		const swapped = ratios.length % 2 === 1;
		const first = await each[swapped ? 1 : 0]();
		const second = await each[swapped ? 0 : 1]();
		ratios.push(swapped ? second / first : first / second);
	}
	return ratios;
}

/** How the cost grows with the amount of work: 1 is in proportion, 2 is with its square. */
export async function growthOf(
	amounts: readonly number[],
	workOf: (amount: number) => Work,
	{ pairs, warmUp }: Effort,
): Promise<number[]> {
	const points: Array<readonly [number, number]> = [];
	for (const amount of amounts) {
		const cost = await costOf(workOf(amount), warmUp);
		const costs: number[] = [];
		while (costs.length < pairs) costs.push(await cost());
		points.push([Math.log(amount), Math.log(medianOf(costs))]);
	}
	// Of the last two points too, as what is constant hides the growth of the first.
	return [Math.max(slopeOf(points), slopeOf(points.slice(-2)))];
}

const sample = 100; // ms of computing in a measurement; short work is repeated
const large = 5; // ms; work above it leaves garbage that the other one would pay for

/** Measures the cost of work: milliseconds of computing each time it is called. */
async function costOf(work: Work, warmUp: number): Promise<() => Promise<number>> {
	const costs: number[] = [];
	for (let spent = 0; costs.length < 3 || spent < warmUp; spent += costs.at(-1) ?? 0) {
		costs.push(await cpuTimeOf(work));
	}
	const once = medianOf(costs);
	const times = Math.max(1, Math.round(sample / once));
	return async () => {
		if (once > large) await settle();
		return (await cpuTimeOf(() => repeat(times, work))) / times;
	};
}

export async function repeat(times: number, work: Work): Promise<void> {
	for (let time = 0; time < times; time += 1) await work();
}

const rest = 15; // ms; the collector's own threads go on for a while

/** Throws away what was left, so that it is nobody's cost from here on. */
export async function settle(): Promise<void> {
	globalThis.gc?.();
	await wait(rest);
}

/** Of the straight line that is nearest to all of the points. */
function slopeOf(points: ReadonlyArray<readonly [number, number]>): number {
	const [x, y] = [meanOf(points.map(([each]) => each)), meanOf(points.map(([, each]) => each))];
	const over = meanOf(points.map(([px, py]) => (px - x) * (py - y)));
	const under = meanOf(points.map(([px]) => (px - x) ** 2));
	return over / under;
}

const meanOf = (values: readonly number[]): number =>
	values.reduce((sum, value) => sum + value, 0) / values.length;
