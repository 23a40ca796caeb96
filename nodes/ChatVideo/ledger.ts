import { ChatError, type Billing, type ErrorKind, type TaskFacts } from './chat/errors';
import { isRecord, type JsonRecord } from './chat/json';
import type { VideoResult } from './result';

/**
 * What is known of one call, kept where n8n keeps it through Retry On Fail and Retry Execution.
 * Plain JSON, without the key and without the conversation, which the item brings again.
 */
export type LedgerEntry =
	/** It left, and no task was seen: it may have been charged. */
	| { state: 'sent' }
	/** A task was seen: it can be asked for. */
	| { state: 'task'; task: TaskFacts }
	/** It is over, without a video: asking again would give the same, sending again would cost. */
	| { state: 'failed'; kind: ErrorKind; message: string; billing: Billing; task: TaskFacts }
	/** Its conversation is the item's, with the result's transcript at the end. */
	| { state: 'done'; result: Omit<VideoResult, 'messages'> };

/** The calls of one node in one execution. */
export interface Ledger {
	find(key: string): LedgerEntry | undefined;
	write(key: string, entry: LedgerEntry): void;
	/** Forgets a call that was refused before anything could start. */
	clear(key: string): void;
}

const version = 1; // a node that was updated between two tries must not misread what it finds

/** Opens the ledger in the node's context, which n8n hands to every try of the same run. */
export function openLedger(context: JsonRecord): Ledger {
	const found = context.chatVideoLedger;
	const entries: JsonRecord =
		isRecord(found) && found.version === version && isRecord(found.entries) ? found.entries : {};
	context.chatVideoLedger = { version, entries };
	return {
		find: (key) => (Object.hasOwn(entries, key) ? (entries[key] as LedgerEntry) : undefined),
		write(key, entry) {
			entries[key] = entry;
		},
		clear(key) {
			delete entries[key];
		},
	};
}

/** The error of a call that was sent in an earlier try and never answered. */
export const sentBefore = (): ChatError =>
	new ChatError('disconnected', 'This request was sent in an earlier try, and no task was seen', {
		billing: 'possible',
		again: true,
	});

/** The error an earlier try ended with. */
export const failedBefore = (entry: Extract<LedgerEntry, { state: 'failed' }>): ChatError =>
	new ChatError(entry.kind, entry.message, {
		billing: entry.billing,
		task: entry.task,
		again: true,
	});
