import { ChatError } from '../chat/errors';

/** What can end a request from this side. */
export interface WatchOptions {
	/** Milliseconds the whole turn may take. */
	timeout: number;
	/** Milliseconds without a byte. */
	idleTimeout: number;
	/** n8n's Stop. */
	cancel?: AbortSignal | undefined;
}

/** Guards one turn: its signal aborts with the `ChatError` that says why. */
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
	const deadline = Date.now() + timeout;
	const fail = (kind: 'timeout' | 'cancelled', message: string): void =>
		controller.abort(new ChatError(kind, message, { billing: 'possible' }));
	const onCancel = (): void => fail('cancelled', 'The execution was stopped');
	let ended = false;

	const whole = setTimeout(() => {
		fail('timeout', `No result came within the timeout of ${seconds(timeout)}`);
	}, timeout);
	let silence = setTimeout(() => {
		fail('timeout', `The relay sent nothing for ${seconds(idleTimeout)}`);
	}, idleTimeout);
	if (cancel?.aborted === true) onCancel();
	cancel?.addEventListener('abort', onCancel, { once: true });

	return {
		signal: controller.signal,
		alive: () => void silence.refresh(),
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
