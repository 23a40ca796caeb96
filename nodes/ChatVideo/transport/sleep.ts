import { startTimer } from './node/timer';

/** Waits; rejects with the signal's reason as soon as it aborts. */
export const sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
	new Promise((resolve, reject) => {
		const onAbort = (): void => {
			timer.clear();
			reject(signal.reason as Error);
		};
		const timer = startTimer(milliseconds, () => {
			signal.removeEventListener('abort', onAbort);
			resolve();
		});
		if (signal.aborted) onAbort();
		else signal.addEventListener('abort', onAbort, { once: true });
	});
