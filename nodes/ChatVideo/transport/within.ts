import { startTimer } from './node/timer';

/** What a promise gives, or nothing after so many milliseconds. */
export const within = <T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> =>
	new Promise((resolve, reject) => {
		const timer = startTimer(milliseconds, () => resolve(undefined));
		void promise.then(resolve, reject).finally(() => timer.clear());
	});
