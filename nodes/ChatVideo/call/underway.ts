import type { TaskLinks } from '../chat/errors';
import type { LogEntry } from '../transcript/progressLog';
import type { Deadline } from '../transport/deadline';
import type { HttpClient } from '../transport/httpClient';
import type { ServiceKey } from '../transport/serviceKey';
import type { CallOutcome } from './callOutcome';
import type { CallId, Ledger } from './ledger';
import type { Recorder } from './recorder';
import type { SleepingCall } from './sleep';
import type { Turn } from './turn';

/** One call, and how far it may go. */
export interface Submission extends ServiceKey {
	turn: Turn;
	/** Names the call in the ledger. */
	call: CallId;
	/** Milliseconds. */
	timeout: number;
	idleTimeout: number;
	/** Ask for the task when the stream breaks. */
	recover: boolean;
	/** Send again although an earlier try may have been charged. */
	submitAgain: boolean;
	/** How often to send what was refused free of charge. */
	maxTries: number;
	/** Give the call up to a sleep where its task can be asked for without it. */
	sleeps?: boolean;
	/** When it is to be awake at the latest, in milliseconds since 1970: n8n ends its execution soon after. */
	awakeFrom?: number | undefined;
}

/** What a submission needs of the world. */
export interface Services {
	client: HttpClient;
	ledger: Ledger;
	cancel: AbortSignal | undefined;
	/**
	 * Resolves when what the ledger has recorded outlives this process, or cannot here.
	 *
	 * @throws {ChatError} when that takes too long
	 */
	saved(): Promise<void>;
	/** n8n's policy for outgoing connections. */
	allows(url: string): Promise<boolean>;
	/** A task id was seen: it is being paid for. */
	onTask(task: TaskLinks): void;
	/** The log has grown; the task is named where it is known. */
	onProgress(entries: readonly LogEntry[], taskId?: string): void;
}

export interface Underway {
	submission: Submission;
	services: Services;
	recorder: Recorder;
	deadline: Deadline;
	/** Milliseconds since 1970; before the sleep, where there was one. */
	startedAt: number;
}

/** The latest time to wake a call, in milliseconds since 1970. */
export const latestLook = ({ startedAt, submission }: Underway): number =>
	Math.min(startedAt + submission.timeout, submission.awakeFrom ?? Infinity);

/** How a call ends, or falls asleep. */
export type Ended = CallOutcome | SleepingCall;
