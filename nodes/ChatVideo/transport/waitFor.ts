import { startTimer, type Timer } from './node/timer';
import { untilAborted } from './untilAborted';

/** Waits; rejects with the signal's reason as soon as it aborts. */
export function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
	let timer: Timer | undefined;
	const over = new Promise<void>((resolve) => {
		timer = startTimer(milliseconds, resolve);
	});
	return untilAborted(over, signal).finally(() => timer?.clear());
}
