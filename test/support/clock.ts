/**
 * Time that runs faster, for this process only: the node waits for seconds, and a thousand
 * schedules of it would take a day. It must be imported before the engine, so that everything in
 * this process that looks at a clock sees the same one, the relay too.
 *
 * It stands still while the process does, which computes or has to wait for a processor: nothing may
 * time out before what has come meanwhile was read. So no test is red because a machine is slow.
 */
const speed = 20;
const beat = 3; // real ms between two beats of the clock, which timers give
const most = 4; // real ms that count as a beat

const { setTimeout: realTimeout } = globalThis;
const realNow = Date.now;
let time = realNow();
let beaten = performance.now();

const now = (): number => Math.round(time + Math.min(performance.now() - beaten, most) * speed);

function tick(): number {
	time = now();
	beaten = performance.now();
	return time;
}

const fastTimeout = (then: (...given: unknown[]) => void, delay = 0, ...given: unknown[]) => {
	let due = now() + delay;
	const look = (): void => {
		if (tick() < due) wait();
		else then(...given);
	};
	const timer = realTimeout(look, Math.min(delay / speed, beat));
	const wait = timer.refresh.bind(timer);
	timer.refresh = () => {
		due = now() + delay;
		return wait();
	};
	return timer;
};

globalThis.setTimeout = Object.assign(fastTimeout, realTimeout);
// The class itself is shared with the files of tests that come after this one.
globalThis.AbortSignal = new Proxy(AbortSignal, {
	get: (signals, name): unknown => (name === 'timeout' ? timeout : Reflect.get(signals, name)),
});
Date.now = now;

function timeout(delay: number): AbortSignal {
	const controller = new AbortController();
	fastTimeout(() => controller.abort(), delay).unref();
	return controller.signal;
}

export const clock = {
	speed,
	/** Milliseconds as everybody else counts them. */
	realNow,
	/** Resolves after so many real milliseconds, and does not keep the process alive. */
	realPause: (milliseconds: number): Promise<void> =>
		new Promise((resolve) => void realTimeout(resolve, milliseconds).unref()),
};
