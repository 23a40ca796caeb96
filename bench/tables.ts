import { goals } from './goals';
import { libraries, peers, streams } from './plan';
import { find, spreadOver, type Result } from './results';
import type { Spread } from './spread';

/** A table as rows of cells, the first of them its head. */
export type Table = string[][];

const controls = [0.9, 1.1] as const; // identical code that differs by more voids a run

const number = (value: number): string =>
	value.toFixed(Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);

const shown = (spread: Spread | undefined, unit = ''): string => {
	if (spread === undefined) return '';
	const [lower, upper] = spread.quartiles.map(number);
	const range = spread.count > 1 ? ` (${lower}–${upper})` : '';
	return `${number(spread.median)}${unit}${range}`;
};

/** Every goal that was measured, with its verdict. */
export function goalTable(results: readonly Result[]): Table {
	const rows = goals.flatMap(({ title, unit, limit, good, read, why = '' }) => {
		const spread = read(results);
		if (spread === undefined) return [];
		const met = good === 'below' ? spread.median <= limit : spread.median >= limit;
		const goal = `${good === 'below' ? '≤' : '≥'} ${limit}${unit}`;
		return [[title, goal, shown(spread, unit), met ? 'met' : `missed. ${why}`.trim()]];
	});
	return [['figure', 'goal', 'median (quartiles)', 'verdict'], ...rows];
}

/** CPU of every client, raw bytes being 1. */
export function streamTable(results: readonly Result[]): Table {
	const measured = [...new Set(results.flatMap(({ of }) => of.stream ?? []))];
	const rows = ['raw', 'node', ...peers].map((client) => [
		client === 'raw' ? 'raw against itself' : client === 'node' ? 'this node' : client,
		...measured.map((stream) => shown(find(results, 'cpu', { stream, client })[0]?.ratio)),
	]);
	const head = ['CPU ÷ raw', ...measured];
	return [head, ...rows.filter((row) => row.slice(1).some(Boolean))];
}

export function waitingTable(results: readonly Result[]): Table {
	const clients = ['node', 'raw', ...peers];
	const rows = clients.flatMap((client) => {
		const [held] = find(results, 'held', { client });
		const memory = spreadOver(find(results, 'memory', { client }), ({ heap }) => heap);
		if (held === undefined && memory === undefined) return [];
		const told = held?.never ? 'never' : shown(held?.ms, ' ms');
		return [[client === 'node' ? 'this node' : client, told, shown(memory, ' KB')]];
	});
	return [['client', 'result after [DONE]', 'memory of a waiting stream'], ...rows];
}

export function loadTable(results: readonly Result[]): Table {
	const rows = ['node', ...libraries].flatMap((name) => {
		const time = spreadOver(find(results, 'start', { load: name }), ({ load }) => load);
		if (time === undefined) return [];
		return [[name === 'node' ? 'this node' : name, shown(time, ' ms')]];
	});
	return [['loading', 'time'], ...rows];
}

export function growthTable(results: readonly Result[]): Table {
	const rows = results
		.filter(({ figure }) => figure === 'growth')
		.flatMap(({ of }) => {
			const [growth] = find(results, 'growth', of);
			if (growth === undefined) return [];
			const points = growth.points.map(({ amount, cost }) => `${amount}: ${number(cost)} ms`);
			return [[of.kind ?? '', points.join(' · '), number(growth.exponent)]];
		});
	return [['CPU with more', 'cost', 'exponent'], ...rows];
}

/** What voids a run: the same code, measured against itself, that is not the same. */
export const voids = (results: readonly Result[]): string[] =>
	[...streams, 'long-10000'].flatMap((stream) => {
		const ratio = find(results, 'cpu', { stream, client: 'raw' })[0]?.ratio.median ?? 1;
		return ratio >= controls[0] && ratio <= controls[1] ? [] : [`${stream}: ${number(ratio)}`];
	});
