import { defined } from '../chat/defined';
import {
	ChatError,
	linksOf,
	type ChatErrorFacts,
	type ErrorKind,
	type TaskLinks,
} from '../chat/errors';
import { isRecord, type JsonRecord } from '../chat/json';
import type { PartialResult, VideoResult } from '../transcript/result';
import type { Sleep } from './sleep';

/** What a call is recognized by in another try. */
export interface CallId {
	/** How often the node had run before in this execution, and which of its items it is. */
	run: number;
	item: number;
	/** What is sent, and where to. */
	digest: string;
	/** What the user wrote, as expressions; empty where the digest says as much. */
	wording: string;
	/** Empty where there is none. */
	execution: string;
}

/**
 * What is known of one call, kept where n8n keeps it through Retry On Fail and Retry Execution.
 * Plain JSON, without the key and without the conversation, which the item brings again.
 */
export type LedgerEntry =
	/** It left; whatever comes next may have been charged. */
	| { state: 'sent' }
	/** A task was seen: it can be asked for. */
	| {
			state: 'task';
			task: TaskLinks;
			partial?: PartialResult;
			/** Nobody waits for it, and its execution asks again. */
			sleep?: Sleep;
	  }
	/** It is over, without a video: asking again would give the same, sending again would cost. */
	| { state: 'failed'; kind: ErrorKind; message: string; facts: ChatErrorFacts }
	/** Its conversation is the item's, with the result's transcript at the end. */
	| { state: 'done'; result: Omit<VideoResult, 'messages'> };

export type LedgerRecord = CallId & LedgerEntry;

/** What a call may have cost, and what leads to its video. */
export type PaidFacts = Pick<ChatErrorFacts, 'billing' | 'task'>;

/** The calls of one node, through all tries. */
export type Ledger = ReturnType<typeof createLedger>;

/** How calls are recognized, and who else wants to know of them. */
export interface LedgerOptions {
	/** The same body is the same call, wherever it stands: for tools. */
	byDigest?: boolean;
	/** The node has run before, so that a context without a ledger has lost it. */
	hasRun?: boolean;
	/** Hears of every change; without an entry what was sent last was refused free of charge. */
	onRecord?(call: CallId, entry: LedgerEntry | undefined): void;
}

/** What lies in the node's context. */
interface Stored {
	version: number;
	/** By item, as a batch has thousands. */
	records: Record<number, LedgerRecord[]>;
	/** Calls were made that are not among the records. */
	isLost: boolean;
}

const version = 2; // a node that was updated between two tries must not misread what it finds

/**
 * The ledger in the node's context, which n8n hands to every try of the same run. Calls of which
 * nothing can be known any more count as sent.
 */
export function createLedger(
	context: JsonRecord,
	{ byDigest = false, hasRun = false, onRecord }: LedgerOptions = {},
) {
	const stored = toStored(context.chatVideoLedger, hasRun);
	context.chatVideoLedger = stored;
	const { records } = stored;
	const all = (): LedgerRecord[] => Object.values(records).flat();
	let executions = new Set(all().map(({ execution }) => execution));
	/** Which item has a record, as items of one request may come in another order. */
	const owners = new Map<LedgerRecord, number>();
	const recordOf = (call: CallId): LedgerRecord | undefined => {
		const isRetry = [...executions].some((execution) => execution !== call.execution);
		const known = byDigest || isRetry ? all() : (records[call.item] ?? []);
		const isFree = (record: LedgerRecord): boolean =>
			byDigest || (owners.get(record) ?? call.item) === call.item;
		const found = findCall(known.filter(isFree), call, byDigest);
		if (found !== undefined) owners.set(found, call.item);
		return found;
	};
	const replace = (current?: LedgerRecord, next?: LedgerRecord): void => {
		if (current) records[current.item] = records[current.item]?.filter((r) => r !== current) ?? [];
		if (next) (records[next.item] ??= []).push(next);
	};
	const beforeSent = new Map<LedgerRecord, LedgerRecord | undefined>();
	return {
		find: (call: CallId): LedgerEntry | undefined =>
			recordOf(call) ?? (stored.isLost ? { state: 'sent' } : undefined),
		/** Whether what is known of the call was recorded in its own execution. */
		isOwn(call: CallId): boolean {
			const record = recordOf(call);
			return record !== undefined && isSameExecution(call)(record);
		},
		record(call: CallId, entry: LedgerEntry): void {
			const current = recordOf(call);
			const next = { ...call, ...entry };
			if (entry.state === 'sent') beforeSent.set(next, current);
			replace(current, next);
			onRecord?.(call, entry);
		},
		/** Forgets a request that was refused before anything could start; what was before it stays. */
		clear(call: CallId): void {
			const current = recordOf(call);
			if (current === undefined || !beforeSent.has(current)) return;
			replace(current, beforeSent.get(current));
			onRecord?.(call, undefined);
		},
		/** What was or may have been paid for in a run of the node, by item. */
		paid: (run: number): ReadonlyMap<number, PaidFacts> =>
			new Map(
				all()
					.filter((record) => record.run === run)
					.map((record) => [record.item, factsOf(record)]),
			),
		/**
		 * Takes over what was kept elsewhere, the latest first. What another execution has made of a
		 * call since is the latest of it.
		 *
		 * @param areAll calls that are in neither were never sent
		 */
		restore(others: readonly LedgerRecord[], areAll: boolean): void {
			const earlier = new Set(all());
			for (const other of others) {
				const current = recordOf(other);
				// The first that names a call settles it: those after it are older.
				const isFirst = current === undefined || earlier.delete(current);
				if (isFirst && !(current && isSameExecution(current)(other))) replace(current, other);
			}
			executions = new Set(all().map(({ execution }) => execution));
			owners.clear();
			if (areAll) stored.isLost = false;
		},
	};
}

function toStored(found: unknown, hasRun: boolean): Stored {
	if (isStored(found)) return found;
	return { version, records: {}, isLost: found !== undefined || hasRun };
}

const isStored = (found: unknown): found is Stored =>
	isRecord(found) &&
	found.version === version &&
	typeof found.isLost === 'boolean' &&
	isRecord(found.records) &&
	Object.values(found.records).flat().every(isRecordOfCall);

/** Whether it can be found again, and says what a call of its state must say. */
function isRecordOfCall(record: unknown): boolean {
	if (!isRecord(record)) return false;
	const { run, item, digest, wording, execution, state } = record;
	const isNamed = [run, item].every(Number.isInteger);
	const isKnown = [digest, wording, execution].every((text) => typeof text === 'string');
	const fields = needs.get(state);
	return isNamed && isKnown && fields?.every((name) => isRecord(record[name])) === true;
}

/** What is read of an entry without being looked at, by its state. */
const needs: ReadonlyMap<unknown, readonly string[]> = new Map([
	['sent', []],
	['task', ['task']],
	['failed', ['facts']],
	['done', ['result']],
]);

/**
 * Within one execution the same run and item are the same call even if the body is not: a prompt
 * with the time in it changes with every try. Between executions a user may have edited the
 * workflow, so there it is the same call only if what is sent is the same, or what was written.
 * What is sent counts before what was written, also of another item: the nodes before this one may
 * give their items in another order.
 *
 * @param byDigest the same body is the same call, wherever it stands
 */
export function findCall<Known extends CallId>(
	records: readonly Known[],
	call: CallId,
	byDigest: boolean,
): Known | undefined {
	if (byDigest) return records.find(isSameBody(call));
	const ofRun = records.filter(({ run }) => run === call.run);
	const here = ofRun.filter(({ item }) => item === call.item);
	const isOwn = isSameExecution(call);
	return (
		here.find(isSameBody(call)) ??
		here.find(isOwn) ??
		ofRun.filter(isSameBody(call)).find((record) => !isOwn(record)) ??
		here.find(isSameWording(call))
	);
}

const isSameBody =
	({ digest }: CallId) =>
	(record: CallId): boolean =>
		record.digest === digest;

const isSameExecution =
	({ execution }: CallId) =>
	(record: CallId): boolean =>
		execution !== '' && record.execution === execution;

const isSameWording =
	({ wording }: CallId) =>
	(record: CallId): boolean =>
		wording !== '' && record.wording === wording;

/** What an entry says for an error. */
export function factsOf(entry: LedgerEntry): PaidFacts {
	if (entry.state === 'sent') return { billing: 'possible' };
	if (entry.state === 'failed') {
		const { billing, task } = entry.facts;
		return defined({ billing, task });
	}
	if (entry.state === 'task') return { billing: 'started', task: entry.task };
	const task = linksOf(entry.result);
	return { billing: task.taskId === undefined ? 'possible' : 'started', task };
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
		return new ChatError('disconnected', message, { billing: 'possible', fromEarlierTry: true });
	}
	return new ChatError(entry.kind, entry.message, { ...entry.facts, fromEarlierTry: true });
}
