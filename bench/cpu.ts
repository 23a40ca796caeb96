import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds of computing this process has done in a piece of work, whoever else is busy. */
export async function cpuOf(work: () => Promise<unknown>): Promise<number> {
	const before = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000;
}

const rest = 15; // ms; the collector's own threads go on for a while

/** Throws away what was left behind, so that it is nobody's cost from here on. */
export async function settle(): Promise<void> {
	globalThis.gc?.();
	await wait(rest);
}

export async function repeat(times: number, work: () => Promise<unknown>): Promise<void> {
	for (let time = 0; time < times; time += 1) await work();
}
