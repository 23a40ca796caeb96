import type { Timer } from '../node/timer';

/** n8n Cloud allows no `setTimeout`, and n8n's own `sleep` cannot be ended. */
export function startTimer(milliseconds: number, then: () => void): Timer {
	let due = 0;
	let waiting: AbortSignal | undefined;
	const wait = (): void => {
		waiting = AbortSignal.timeout(Math.max(0, Math.ceil(due - Date.now())));
		waiting.addEventListener('abort', onTime, { once: true });
	};
	const onTime = (): void => {
		if (Date.now() < due) return wait();
		waiting = undefined;
		then();
	};
	// Asked for at every byte, so a time that runs is prolonged only when it is over.
	const refresh = (): void => {
		due = Date.now() + milliseconds;
		if (waiting === undefined) wait();
	};
	refresh();
	return {
		refresh,
		// Without a listener the signal is collected, and its time with it.
		clear: () => waiting?.removeEventListener('abort', onTime),
	};
}

/**
 * Calls once, after what has arrived meanwhile was read. A message comes in the phase of the event
 * loop that reads sockets, perhaps before some of them; a timer comes after that phase.
 */
export function nextTurn(then: () => void): void {
	const { port1, port2 } = new MessageChannel();
	port1.on('message', () => {
		port1.close();
		startTimer(0, then);
	});
	port2.postMessage('');
}
