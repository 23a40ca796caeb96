import { defined } from './defined';
import { messageOf } from './messageOf';

/** What a kind means for whoever meets it. */
interface KindRow {
	/** What to do about it, as one sentence. */
	advice: string;
	/** Our own words for it, before the service's. */
	opening?: string;
	/** The relay's last word on a task, so that nobody needs to be asked for it. */
	final?: true;
	/** It may go better in a moment, where nothing was started. */
	retryable?: true;
}

/** What can go wrong. Users branch on the names, so they never change. */
export const errorKinds = {
	unauthorized: {
		opening: 'The API key was not accepted',
		advice: 'Check the API key in the credential, and that it may use this model.',
	},
	quota: {
		opening: 'The account has not enough credit',
		advice: 'Top up the account at the service, then run again.',
	},
	modelNotFound: {
		opening: 'The service does not have this model',
		advice: 'Choose another model; the list shows what this service offers.',
	},
	badRequest: { advice: 'Check the parameters and options against what the service says.' },
	rateLimited: {
		opening: 'There are too many requests at the moment',
		advice: 'Wait a moment, or lower Max Concurrency.',
		retryable: true,
	},
	unavailable: { advice: 'Check the base URL, and whether the service is up.', retryable: true },
	moderated: {
		opening: 'The prompt or a picture was refused',
		advice: 'Change the prompt or the pictures: the same ones will be refused again.',
		final: true,
	},
	failed: {
		advice: 'Run again with another prompt or model, if what the service says suggests it.',
	},
	timeout: {
		advice: 'Raise Timeout or Idle Timeout in the options if the service just needs longer.',
	},
	disconnected: { advice: 'Look for the video at the service before you run again.' },
	malformed: {
		advice: 'Check that the base URL leads to a service that speaks the OpenAI chat format.',
	},
	cancelled: { advice: 'The service goes on with what it has accepted.' },
	unsafeUrl: { advice: 'Ask the administrator of this n8n to allow the host, or use another.' },
	download: {
		advice:
			'Download it from its link before the link expires, or retry this execution: that costs nothing.',
	},
} as const satisfies Record<string, KindRow>;

export type ErrorKind = keyof typeof errorKinds;

/** The row of a kind, with what it leaves out. */
export const rowOf = (kind: ErrorKind): KindRow => errorKinds[kind];

/** A sentence about what the service answered: of a kind that is known, with our own words first. */
export function withOpening(kind: ErrorKind, sentence: string): string {
	const { opening } = rowOf(kind);
	return opening === undefined ? sentence : `${opening}. ${sentence}`;
}

/**
 * Whether money may have gone: `none` (refused before a generation could start), `possible`
 * (accepted, or unclear), `started` (a task id was seen, so the relay is working and charging).
 */
export type Billing = 'none' | 'possible' | 'started';

/** What leads to a video; what is not known is absent. */
export interface TaskLinks {
	taskId?: string | undefined;
	/** All that were seen, where there is more than one. */
	taskIds?: readonly string[] | undefined;
	sid?: string | undefined;
	previewUrl?: string | undefined;
	sourceUrl?: string | undefined;
	posterUrl?: string | undefined;
	/** Of an error: a preview, or a link perhaps cut off. */
	videoUrl?: string | undefined;
	/** Of an error: further links that were seen, whatever they lead to. */
	videoUrls?: readonly string[] | undefined;
}

const linkNames = [
	'taskId',
	'taskIds',
	'sid',
	'previewUrl',
	'sourceUrl',
	'posterUrl',
	'videoUrl',
	'videoUrls',
] as const;

/** The links alone, of whatever has some; empty text is not known. */
export const linksOf = (known: TaskLinks): TaskLinks =>
	Object.fromEntries(linkNames.flatMap((name) => (known[name] ? [[name, known[name]]] : [])));

/** The facts an error has besides its kind and its sentence. */
export interface ChatErrorFacts {
	billing: Billing;
	/** The relay's own words. */
	said?: string | undefined;
	/** HTTP status of the answer, when there was one. */
	status?: number | undefined;
	/** The relay's own code, for instance `insufficient_user_quota`. */
	code?: string | undefined;
	/** What to do, where that is not what its kind advises. */
	advice?: string | undefined;
	/** The relay's id of the request, for its support. */
	requestId?: string | undefined;
	/** Milliseconds the relay asked to wait, from `Retry-After`. */
	retryAfter?: number | undefined;
	task?: TaskLinks | undefined;
	/** Somebody who may know the task gave no answer. */
	isDown?: boolean | undefined;
	/** The user asked for the task, and nothing that costs was sent. */
	isLookUp?: true | undefined;
	/** The end of an answer that has neither a video nor a reason why there is none. */
	lastWords?: string | undefined;
	/** The relay ended its answer, and nothing broke. */
	endedByItself?: true | undefined;
	/** It belongs to an earlier try: only the option to submit again sends once more. */
	fromEarlierTry?: boolean | undefined;
	/** This try was free: what was charged, and the task, are an earlier try's. */
	chargedBefore?: boolean | undefined;
	cause?: unknown;
}

/** The one error of the core. `nodeError.ts` turns it into n8n's errors. */
export class ChatError extends Error {
	override readonly name = 'ChatError';

	/** The HTTP client is a file of its own in the build, and so has a class of its own. */
	static override [Symbol.hasInstance](value: unknown): value is ChatError {
		return value instanceof Error && value.name === 'ChatError' && 'facts' in value;
	}

	/** What is not known is absent. */
	readonly facts: ChatErrorFacts;

	constructor(
		readonly kind: ErrorKind,
		message: string,
		facts: ChatErrorFacts,
	) {
		super(message, { cause: facts.cause });
		this.facts = defined(facts);
	}

	/** The same error with more facts, once more is known about the turn it belongs to. */
	with(facts: Partial<ChatErrorFacts>): ChatError {
		// By its own name in here, esbuild would call the class `_ChatError`.
		const Same = this.constructor as typeof ChatError;
		return new Same(this.kind, this.message, { ...this.facts, ...defined(facts) });
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
		: disconnected(`The service broke the connection off: ${messageOf(cause)}`, cause);
