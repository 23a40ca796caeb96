/** The words for what went wrong; users branch on them, so they never change. */
export type ErrorKind =
	| 'unauthorized'
	| 'quota'
	| 'modelNotFound'
	| 'badRequest'
	| 'rateLimited'
	| 'unavailable'
	| 'moderated'
	| 'failed'
	| 'timeout'
	| 'disconnected'
	| 'malformed'
	| 'cancelled'
	| 'unsafeUrl'
	| 'download';

/**
 * Whether money may have gone: `none` (refused before a generation could start), `possible`
 * (accepted, or unclear), `started` (a task id was seen, so the relay is working and charging).
 */
export type Billing = 'none' | 'possible' | 'started';

/** What is known of a task when its turn goes wrong; everything a user needs to fetch it later. */
export interface TaskFacts {
	taskId?: string;
	sid?: string;
	previewUrl?: string;
	sourceUrl?: string;
}

/** The facts an error carries beside its kind and its sentence. */
export interface ChatErrorFacts {
	billing: Billing;
	/** The relay's own words. */
	said?: string;
	/** HTTP status of the answer, when there was one. */
	status?: number;
	/** The relay's own code, for instance `insufficient_user_quota`. */
	code?: string;
	/** What to do, where that is not what its kind advises. */
	advice?: string;
	/** The relay's id of the request, for its support. */
	requestId?: string;
	/** Milliseconds the relay asked to wait, from `Retry-After`. */
	retryAfter?: number;
	task?: TaskFacts;
	/** The relay lost sight of it, or gave up waiting: a task it had started may go on. */
	lost?: true;
	/** A video that came although the turn went wrong: a preview, or a link perhaps cut off. */
	videoUrl?: string;
	posterUrl?: string;
	/** The end of an answer that tells neither a video nor why there is none. */
	lastWords?: string;
	/** It belongs to an earlier try: only the option to submit again sends once more. */
	again?: boolean;
	cause?: unknown;
}

/** The one error of the core. `failure.ts` turns it into n8n's errors. */
export class ChatError extends Error {
	override readonly name = 'ChatError';

	/** The HTTP client is a file of its own in the build, and so has a class of its own. */
	static override [Symbol.hasInstance](value: unknown): value is ChatError {
		return value instanceof Error && value.name === 'ChatError' && 'facts' in value;
	}

	constructor(
		readonly kind: ErrorKind,
		message: string,
		readonly facts: ChatErrorFacts,
	) {
		super(message, { cause: facts.cause });
	}

	/** The same error with more facts, once more is known about the turn it belongs to. */
	with(facts: Partial<ChatErrorFacts>): ChatError {
		return new ChatError(this.kind, this.message, { ...this.facts, ...facts });
	}
}

/** The relay sent something that is not what the format allows; a generation may be running. */
export const malformed = (message: string, cause?: unknown): ChatError =>
	new ChatError('malformed', message, { billing: 'possible', cause });

/** The answer stopped before it was whole. */
export const disconnected = (message: string, cause?: unknown): ChatError =>
	new ChatError('disconnected', message, { billing: 'possible', cause });

/** A break in reading becomes `disconnected`; an error that says more stays what it is. */
export const toDisconnection = (cause: unknown): ChatError =>
	cause instanceof ChatError
		? cause
		: disconnected(
				`The relay broke the connection off: ${cause instanceof Error ? cause.message : String(cause)}`,
				cause,
			);
