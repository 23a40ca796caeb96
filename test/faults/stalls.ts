import { clock } from '../support/clock';

const beat = 20; // real ms
const tolerated = 60; // real ms; a few in a row, and a timeout of half a second is over

let last = -Infinity;

/**
 * Notices when this process itself stood still for so long that a timeout of the fast clock may have
 * fired with the answer lying unread in the socket: that is nobody's fault but the test's.
 */
export const stalls = {
	/** Starts listening; call what it returns to end that. */
	watch(): () => void {
		let at = clock.realNow();
		const timer = setInterval(() => {
			const now = clock.realNow();
			if (now - at > beat + tolerated) last = now;
			at = now;
		}, beat);
		return () => clearInterval(timer);
	},
	/** Whether there was one since a moment of the real clock. */
	since: (moment: number): boolean => last >= moment,
	/** How many schedules were run again for it. */
	reruns: 0,
};
