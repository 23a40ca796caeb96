import { ChatError, type ChatErrorFacts, type ErrorKind, type TaskFacts } from './chat/errors';
import { isRecord, type JsonRecord } from './chat/json';
import type { VideoResult } from './result';

/**
 * What is known of one call, kept where n8n keeps it through Retry On Fail and Retry Execution.
 * Plain JSON, without the key and without the conversation, which the item brings again.
 */
export type LedgerEntry =
	/** It left; whatever comes next may have been charged. */
	| { state: 'sent' }
	/** A task was seen: it can be asked for. */
	| { state: 'task'; task: TaskFacts }
	/** It is over, without a video: asking again would give the same, sending again would cost. */
	| { state: 'failed'; kind: ErrorKind; message: string; facts: ChatErrorFacts }
	/** Its conversation is the item's, with the result's transcript at the end. */
	| { state: 'done'; result: Omit<VideoResult, 'messages'> };

/** A task that was paid for, and its video once there is one. */
export interface PaidTask {
	/** Empty where the relay names none. */
	taskId: string;
	videoUrl?: string | undefined;
}

/** The calls of one node, through all tries. A key is `run:item:digest`. */
export interface Ledger {
	find(key: string): LedgerEntry | undefined;
	/** Whether the entry was written in this execution, by Retry On Fail's earlier try. */
	isOwn(key: string): boolean;
	write(key: string, entry: LedgerEntry): void;
	/** Forgets a request that was refused before anything could start; what was before it stays. */
	clear(key: string): void;
	/** What was paid for in a run of the node, by item. */
	paid(run: number): ReadonlyMap<number, PaidTask>;
}

const version = 1; // a node that was updated between two tries must not misread what it finds

/** An entry, and the execution it was written in. */
type Kept = LedgerEntry & { execution: string };

/**
 * Opens the ledger in the node's context, which n8n hands to every try of the same run.
 *
 * Within one execution an item is the same call even if its body is not: a prompt with the time in
 * it changes with every try. Between executions a user may have edited the workflow, so there only
 * the same body is the same call.
 */
export function openLedger(context: JsonRecord, execution = ''): Ledger {
	const entries = entriesOf(context.chatVideoLedger);
	context.chatVideoLedger = { version, entries };
	const replaced = new Map<string, Kept | undefined>();
	const nameOf = (key: string): string => {
		if (Object.hasOwn(entries, key) || execution === '') return key;
		const place = key.slice(0, key.lastIndexOf(':') + 1);
		const names = Object.keys(entries).filter((name) => name.startsWith(place));
		return names.find((name) => entries[name]?.execution === execution) ?? key;
	};
	return {
		find: (key) => entries[nameOf(key)],
		isOwn: (key) => execution !== '' && entries[nameOf(key)]?.execution === execution,
		write(key, entry) {
			const name = nameOf(key);
			if (entry.state === 'sent') replaced.set(name, entries[name]);
			entries[name] = { ...entry, execution };
		},
		clear(key) {
			const name = nameOf(key);
			const before = replaced.get(name);
			if (before === undefined) delete entries[name];
			else entries[name] = before;
		},
		paid: (run) => new Map(Object.entries(entries).flatMap((entry) => toPaid(run, ...entry))),
	};
}

function entriesOf(found: unknown): Record<string, Kept> {
	if (!isRecord(found) || found.version !== version || !isRecord(found.entries)) return {};
	return found.entries as Record<string, Kept>;
}

function toPaid(run: number, key: string, entry: LedgerEntry): Array<[number, PaidTask]> {
	const [itsRun, item] = key.split(':').map(Number);
	if (itsRun !== run || item === undefined || entry.state === 'sent') return [];
	const { taskId = '', videoUrl } = told(entry);
	return taskId === '' && videoUrl === undefined ? [] : [[item, { taskId, videoUrl }]];
}

function told(entry: Exclude<LedgerEntry, { state: 'sent' }>): Partial<PaidTask> {
	if (entry.state === 'task') return { taskId: entry.task.taskId ?? '' };
	if (entry.state === 'done') return entry.result as Partial<PaidTask>;
	return { taskId: entry.facts.task?.taskId ?? '', videoUrl: entry.facts.videoUrl };
}

/** How a call that failed is kept: what it may have cost, and the relay's words for it. */
export function toFailed({ kind, message, facts }: ChatError): LedgerEntry {
	const kept = { ...facts };
	delete kept.cause;
	return { state: 'failed', kind, message, facts: kept };
}

/** The error an earlier try ended with, or of one whose end was never seen. */
export function failedBefore(entry: LedgerEntry): ChatError {
	if (entry.state !== 'failed') {
		const message = 'This request was sent in an earlier try, and its end was not seen';
		return new ChatError('disconnected', message, { billing: 'possible', again: true });
	}
	return new ChatError(entry.kind, entry.message, { ...entry.facts, again: true });
}
