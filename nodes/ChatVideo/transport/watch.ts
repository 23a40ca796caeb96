import { ChatError } from '../chat/errors';

/** What can end a request from this side. */
export interface WatchOptions {
	/** Milliseconds in all. */
	timeout?: number;
	/** Milliseconds without a byte. */
	idleTimeout?: number;
	/** n8n's Stop, or the signal of a watch over more. */
	cancel?: AbortSignal | undefined;
}

/** Guards a request, or a whole turn: its signal aborts with the `ChatError` that says why. */
export interface Watch {
	readonly signal: AbortSignal;
	/** A byte came: silence starts anew. */
	alive(): void;
	/** The result is there: the rest may take a moment, and its silence is an end. */
	expectEnd(): void;
	/** Whether silence ended a body that was expected to end. */
	readonly ended: boolean;
	/** Milliseconds left of the whole time. */
	readonly left: number;
	close(): void;
}

const lastWords = 250; // ms; what follows the stop is the usage and [DONE], sent at once

export function openWatch({ timeout, idleTimeout, cancel }: WatchOptions): Watch {
	const controller = new AbortController();
	const deadline = Date.now() + (timeout ?? Infinity);
	const fail = (kind: 'timeout' | 'cancelled', message: string): void =>
		controller.abort(new ChatError(kind, message, { billing: 'possible' }));
	const onCancel = (): void => {
		if (cancel?.reason instanceof ChatError) return controller.abort(cancel.reason);
		fail('cancelled', 'The execution was stopped');
	};
	const after = (milliseconds: number | undefined, message: string): NodeJS.Timeout | undefined =>
		milliseconds === undefined
			? undefined
			: setTimeout(() => fail('timeout', `${message} ${seconds(milliseconds)}`), milliseconds);
	let ended = false;
	const whole = after(timeout, 'No result came within the timeout of');
	let silence = after(idleTimeout, 'The relay sent nothing for');
	if (cancel?.aborted === true) onCancel();
	cancel?.addEventListener('abort', onCancel, { once: true });

	return {
		signal: controller.signal,
		alive: () => void silence?.refresh(),
		expectEnd() {
			clearTimeout(silence);
			silence = setTimeout(() => {
				ended = true;
				controller.abort();
			}, lastWords);
		},
		get ended() {
			return ended;
		},
		get left() {
			return Math.max(0, deadline - Date.now());
		},
		close() {
			clearTimeout(whole);
			clearTimeout(silence);
			cancel?.removeEventListener('abort', onCancel);
		},
	};
}

const seconds = (milliseconds: number): string => `${Number((milliseconds / 1_000).toFixed(3))} s`;
