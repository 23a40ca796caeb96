import { clock } from '../support/clock';

const beat = 20; // real ms
const tolerated = 60; // real ms; a few in a row, and a timeout of half a second is over

let last = -Infinity;
let reruns = 0;

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
			stalls.lost += Math.max(0, now - at - beat);
			at = now;
		}, beat);
		return () => clearInterval(timer);
	},
	/** Runs a schedule, and again where it went wrong while the machine stood still. */
	async without<Ran>(
		run: () => Promise<Ran>,
		isWrong: (ran: Ran) => boolean,
		tries = 5,
	): Promise<Ran> {
		const startedAt = clock.realNow();
		const ran = await run();
		if (tries <= 1 || !isWrong(ran) || last < startedAt) return ran;
		reruns += 1;
		return await stalls.without(run, isWrong, tries - 1);
	},
	/** How many schedules were run again for it, in words. */
	summary: (): string => `${reruns} run again because the machine stalled`,
	/** Real ms in which it stood still, in all. */
	lost: 0,
};
