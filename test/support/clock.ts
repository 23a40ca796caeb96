/**
 * Time that runs faster, for this process only: the node waits for seconds, and a thousand
 * schedules of it would take a day. It must be imported before the engine, so that everything in
 * this process that looks at a clock sees the same one. The relay's own pauses are real.
 */
const speed = 20;

const { setTimeout: realTimeout } = globalThis;
const realNow = Date.now;
const start = realNow();

const fastTimeout = (then: (...given: unknown[]) => void, delay = 0, ...given: unknown[]) =>
	realTimeout(then, delay / speed, ...given);

globalThis.setTimeout = Object.assign(fastTimeout, realTimeout);
// The class itself is shared with the files of tests that come after this one.
globalThis.AbortSignal = new Proxy(AbortSignal, {
	get: (signals, name): unknown =>
		name === 'timeout'
			? (delay: number) => signals.timeout(Math.ceil(delay / speed))
			: Reflect.get(signals, name),
});
Date.now = () => Math.round(start + (realNow() - start) * speed);

export const clock = {
	speed,
	/** Milliseconds as everybody else counts them. */
	realNow,
	/** Resolves after so many real milliseconds, and does not keep the process alive. */
	realPause: (milliseconds: number): Promise<void> =>
		new Promise((resolve) => void realTimeout(resolve, milliseconds).unref()),
};
