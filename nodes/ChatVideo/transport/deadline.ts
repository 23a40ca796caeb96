import { ChatError } from '../chat/errors';
import { nextTurn, startTimer, type Timer } from './node/timer';

export interface DeadlineOptions {
	/** Whose time it is, for the sentences; a turn's unless said otherwise. */
	of?: keyof typeof sentences;
	/** Milliseconds in all. */
	timeout?: number;
	/** When they began, in milliseconds since 1970; now unless said otherwise. */
	since?: number;
	/** Milliseconds without a byte. */
	idleTimeout?: number;
	/** n8n's Stop, or the signal of a deadline over more. */
	cancel?: AbortSignal | undefined;
}

/** Guards a request, or a whole turn: its signal aborts with the `ChatError` that says why. */
export type Deadline = ReturnType<typeof createDeadline>;

const lastWords = 250; // ms; what follows the stop is the usage and [DONE], sent at once

const longestRest = 5_000; // ms; comments may go on for ever after an error

const sentences = {
	turn: {
		whole: 'No result came within the timeout of',
		silence: 'The service sent nothing for',
	},
	download: {
		whole: 'The download did not finish within',
		silence: 'The server sent nothing for',
	},
};

/**
 * Starts a deadline. Close it when what it watches is over: its timers hold the process.
 *
 * Its signal aborts with a `ChatError`, `timeout` or `cancelled`, whose billing is `possible`.
 */
export function createDeadline({
	of = 'turn',
	timeout,
	since = Date.now(),
	idleTimeout,
	cancel,
}: DeadlineOptions) {
	const controller = new AbortController();
	const fail = (kind: 'timeout' | 'cancelled', message: string): void =>
		controller.abort(new ChatError(kind, message, { billing: 'possible' }));
	const onCancel = (): void => {
		if (cancel?.reason instanceof ChatError) return controller.abort(cancel.reason);
		fail('cancelled', 'The execution was stopped');
	};
	let heard = 0;
	let isClosed = false;
	let isEnding = false;
	const { signal } = controller;
	const end = (): void => controller.abort();
	// Node runs timers before it polls sockets: after the process was blocked, what arrived meanwhile
	// is still unread and may hold a task id. So a timer acts one turn of the loop later.
	const after = (milliseconds: number, then: (isHeard: boolean) => void): Timer =>
		startTimer(milliseconds, () => {
			const heardBefore = heard;
			nextTurn(() => {
				if (!isClosed) then(heard > heardBefore);
			});
		});
	const afterSilence = (milliseconds: number, then: () => void): Timer =>
		after(milliseconds, (isHeard) => {
			if (!isHeard) then();
		});
	const whole =
		timeout === undefined
			? undefined
			: after(Math.max(0, since + timeout - Date.now()), () =>
					fail('timeout', `${sentences[of].whole} ${seconds(timeout)}`),
				);
	let silence =
		idleTimeout === undefined
			? undefined
			: afterSilence(idleTimeout, () =>
					fail('timeout', `${sentences[of].silence} ${seconds(idleTimeout)}`),
				);
	let rest: Timer | undefined;
	const close = (): void => {
		isClosed = true;
		for (const timer of [whole, silence, rest]) timer?.clear();
		cancel?.removeEventListener('abort', onCancel);
	};
	cancel?.addEventListener('abort', onCancel, { once: true });
	// Whoever waits for what never answers will not come to close it.
	controller.signal.addEventListener('abort', close, { once: true });
	if (cancel?.aborted === true) onCancel();

	return {
		signal,
		/** A byte came: silence starts anew. */
		touch(): void {
			heard += 1;
			if (!isEnding) silence?.refresh();
		},
		/** The result is there: what is left may take a moment, and no more. */
		endAfterResult(): void {
			if (isEnding) return;
			isEnding = true;
			silence?.clear();
			silence = after(lastWords, end);
		},
		/** There may be nothing more to come: a moment of silence is the end. */
		endAfterError(): void {
			if (isEnding) return;
			silence?.clear();
			silence = afterSilence(lastWords, end);
			rest ??= after(longestRest, end);
		},
		/** What is still to come is not waited for. */
		endNow: end,
		/** Whether a body was ended that was expected to end. */
		hasEnded: (): boolean => signal.aborted && !(signal.reason instanceof ChatError),
		close,
	};
}

const seconds = (milliseconds: number): string => `${Number((milliseconds / 1_000).toFixed(3))} s`;
