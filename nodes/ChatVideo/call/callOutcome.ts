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

/** What an error means for its call; one that is not ours is a fault of this program and goes on. */
export function asCallOutcome(error: unknown): CallOutcome {
	if (!(error instanceof ChatError)) throw error;
	if (error.facts.billing === 'none') return { kind: 'free', error };
	if (rowOf(error.kind).final === true) return { kind: 'failed', error };
	return { kind: 'broken', error, log: [], partial: {} };
}

/** @throws {ChatError} when there is no result */
export function resultOf(outcome: CallOutcome): VideoResult {
	if (outcome.kind === 'completed') return outcome.result;
	throw outcome.error;
}
