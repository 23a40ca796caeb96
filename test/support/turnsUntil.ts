import { setImmediate as turn } from 'node:timers/promises';

/**
 * How many turns of the event loop pass until it is settled. What ends at once takes a few, on a
 * machine of any speed; what waits for 50 ms takes thousands.
 */
export async function turnsUntil(settled: Promise<unknown>): Promise<number> {
	let turns = 0;
	let isOver = false;
	const end = (): void => {
		isOver = true;
	};
	settled.then(end, end);
	for (; !isOver; turns += 1) await turn();
	return turns;
}
