import { setImmediate, setTimeout } from 'node:timers/promises';

/** Waits, and says whether it is worth going on: false once the signal was aborted. Leaves no timer. */
export async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
	if (signal.aborted) return false;
	if (ms === 0) {
		await setImmediate();
		return !signal.aborted;
	}
	// setTimeout takes 2^31-1 ms at most and fires at once beyond that.
	return await setTimeout(Math.min(ms, 0x7fff_ffff), true, { signal }).catch(() => false);
}
