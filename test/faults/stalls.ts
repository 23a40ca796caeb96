import { clock } from '../support/clock';

const beat = 20; // real ms
const tolerated = 60; // real ms; more, and a timeout of half a second may be over
const jitter = 10; // real ms of a beat, on a machine that is not busy

let slowness = 0;
let reruns = 0;

/**
 * Notices when this process itself stood still for so long, at once or bit by bit, that a timeout of
 * the fast clock may have fired with the answer lying unread in the socket: that is nobody's fault
 * but the test's.
 */
export const stalls = {
	/** Starts listening; call what it returns to end that. */
	watch(): () => void {
		let at = clock.realNow();
		const timer = setInterval(() => {
			const now = clock.realNow();
			slowness += Math.max(0, now - at - beat - jitter);
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
		const stoodStill = stalls.since();
		const ran = await run();
		if (tries <= 1 || !isWrong(ran) || !stoodStill()) return ran;
		reruns += 1;
		return await stalls.without(run, isWrong, tries - 1);
	},
	/** What makes sure whether it stood still since now. */
	since(): () => boolean {
		const before = slowness;
		return () => slowness - before >= tolerated;
	},
	/** How many schedules were run again for it, in words. */
	summary: (): string => `${reruns} run again because the machine stalled`,
	/** Real ms in which it stood still, in all. */
	lost: 0,
};
