import { setImmediate } from 'node:timers/promises';

const longest = 0x7fff_ffff; // ms; `setTimeout` fires at once beyond that

/**
 * Waits, and says whether it is worth going on: false once the signal was aborted. Leaves no timer
 * behind. It goes by the clock of this process, which may be a fast one.
 */
export async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
	if (signal.aborted) return false;
	if (ms === 0) {
		await setImmediate();
		return !signal.aborted;
	}
	return await new Promise((resolve) => {
		const end = (): void => {
			clearTimeout(timer);
			signal.removeEventListener('abort', end);
			resolve(!signal.aborted);
		};
		const timer = setTimeout(end, Math.min(ms, longest));
		signal.addEventListener('abort', end);
	});
}
