import { cpuOf, repeat, settle } from './cpu';
import { spreadOf, type Spread } from './spread';

type Work = () => Promise<unknown>;

export interface Pairing {
	/** At least so many pairs are measured, and more until the time is over. */
	pairs: number;
	/** Milliseconds. */
	time: number;
	/** Milliseconds of computing before that, until the compiler has seen it all. */
	warmUp: number;
}

export interface Comparison {
	/** What the work costs, the reference's cost being 1. */
	ratio: Spread;
	/** Milliseconds of computing, for one piece of work. */
	cost: Spread;
	reference: Spread;
}

/** Measures work and its reference by turns, first the one first and then the other. */
export async function compare(
	work: Work,
	reference: Work,
	{ pairs, time, warmUp }: Pairing,
): Promise<Comparison> {
	const each = [await measurer(work, warmUp), await measurer(reference, warmUp)] as const;
	const costs: Array<[number, number]> = [];
	const until = performance.now() + time;
	for (let pair = 0; pair < pairs || performance.now() < until; pair += 1) {
		const swapped = pair % 2 === 1;
		const first = await each[swapped ? 1 : 0]();
		const second = await each[swapped ? 0 : 1]();
		costs.push(swapped ? [second, first] : [first, second]);
	}
	return {
		ratio: spreadOf(costs.map(([cost, base]) => cost / base)),
		cost: spreadOf(costs.map(([cost]) => cost)),
		reference: spreadOf(costs.map(([, base]) => base)),
	};
}

const sample = 100; // ms of computing in a measurement; short work is repeated
const large = 5; // ms; work above it leaves rubbish behind that the other one would pay for

async function measurer(work: Work, warmUp: number): Promise<() => Promise<number>> {
	const costs: number[] = [];
	for (let spent = 0; costs.length < 3 || spent < warmUp; spent += costs.at(-1) ?? 0) {
		costs.push(await cpuOf(work));
	}
	const once = spreadOf(costs).median;
	const times = Math.max(1, Math.round(sample / once));
	return async () => {
		if (once > large) await settle();
		return (await cpuOf(() => repeat(times, work))) / times;
	};
}
