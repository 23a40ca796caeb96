import { ChatError, rowOf } from '../chat/errors';
import type { LogEntry } from '../transcript/progressLog';
import type { PartialResult, VideoResult } from '../transcript/result';

/** How a call, one turn of it, or asking for its task ended. */
export type CallOutcome =
	| { kind: 'completed'; result: VideoResult }
	/** There will be no video. */
	| { kind: 'failed'; error: ChatError }
	| BrokenCall
	/** It was certainly refused before anything could start. */
	| { kind: 'free'; error: ChatError };

/** It ended without a result; the task, where one is known, may still give one. */
export interface BrokenCall {
	kind: 'broken';
	error: ChatError;
	log: readonly LogEntry[];
	/** What was read before it broke is worth money. */
	partial: PartialResult;
	/** A video that was read for certain: the result, where the task has none. */
	fallback?: VideoResult;
}

/** What an error means for its call. */
function toCallOutcome(error: ChatError): CallOutcome {
	if (error.facts.billing === 'none') return { kind: 'free', error };
	if (rowOf(error.kind).final === true) return { kind: 'failed', error };
	return { kind: 'broken', error, log: [], partial: {} };
}

/** Our own errors are an outcome; any other is a fault of this program and goes on. */
export function asCallOutcome(cause: unknown): CallOutcome {
	if (cause instanceof ChatError) return toCallOutcome(cause);
	throw cause;
}

/** @throws {ChatError} when there is no result */
export function resultOf(outcome: CallOutcome): VideoResult {
	if (outcome.kind === 'completed') return outcome.result;
	throw outcome.error;
}
