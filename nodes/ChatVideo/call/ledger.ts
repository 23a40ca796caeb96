import { ChatError, type ChatErrorFacts, type ErrorKind, type TaskFacts } from '../chat/errors';
import { isRecord, type JsonRecord } from '../chat/json';
import type { PartialResult, VideoResult } from '../transcript/result';

/**
 * What is known of one call, kept where n8n keeps it through Retry On Fail and Retry Execution.
 * Plain JSON, without the key and without the conversation, which the item brings again.
 */
export type LedgerEntry =
	/** It left; whatever comes next may have been charged. */
	| { state: 'sent' }
	/** A task was seen: it can be asked for. */
	| { state: 'task'; task: TaskFacts; videoUrl?: string | undefined; told?: PartialResult }
	/** It is over, without a video: asking again would give the same, sending again would cost. */
	| { state: 'failed'; kind: ErrorKind; message: string; facts: ChatErrorFacts }
	/** Its conversation is the item's, with the result's transcript at the end. */
	| { state: 'done'; result: Omit<VideoResult, 'messages'> };

/** A task that was paid for, and what leads to it; where the relay names none, to its video. */
export type PaidTask = Pick<VideoResult, 'taskId' | 'previewUrl' | 'sourceUrl' | 'videoUrl'>;

/**
 * The calls of one node, through all tries. A key is `run:item:wording:digest`: where the call
 * stands, what the user wrote, as expressions, and what became of that, as it is sent.
 */
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

/** How a call is recognized when its key differs from the stored one. */
export interface Recognition {
	/** Within it, the same run and item are the same call. Empty where there is none. */
	execution?: string;
	/** The same body is the same call, in whatever run: for tools. */
	byDigest?: boolean;
}

/**
 * Opens the ledger in the node's context, which n8n hands to every try of the same run.
 *
 * Within one execution an item is the same call even if its body is not: a prompt with the time in
 * it changes with every try. Between executions a user may have edited the workflow, so there the
 * item is the same call only if what was written is the same, or what is sent. A tool's calls have
 * a run each, and n8n gives a new run to every try of them, so there the same body is the same call.
 */
export function createLedger(context: JsonRecord, recognition: Recognition = {}): Ledger {
	const { execution = '' } = recognition;
	const entries = entriesOf(context.chatVideoLedger);
	context.chatVideoLedger = { version, entries };
	const replaced = new Map<string, Kept | undefined>();
	const names = openNames(entries, recognition);
	return {
		find: (key) => entries[names.of(key)],
		isOwn: (key) => execution !== '' && entries[names.of(key)]?.execution === execution,
		write(key, entry) {
			const name = names.of(key);
			if (entry.state === 'sent') replaced.set(name, entries[name]);
			entries[name] = { ...entry, execution };
			names.add(name);
		},
		clear(key) {
			const name = names.of(key);
			const before = replaced.get(name);
			names.remove(name);
			if (before === undefined) delete entries[name];
			else {
				entries[name] = before;
				names.add(name);
			}
		},
		paid: (run) => new Map(Object.entries(entries).flatMap((entry) => toPaid(run, ...entry))),
	};
}

/** The names entries are kept under, found without a search: a batch has thousands. */
interface Names {
	of(key: string): string;
	add(name: string): void;
	remove(name: string): void;
}

function openNames(
	entries: Readonly<Record<string, Kept>>,
	{ execution = '', byDigest = false }: Recognition,
): Names {
	const found = new Map<string, string>();
	/** By what an entry is known; the first that fits wins. */
	const waysTo = (name: string, isOwn: boolean): string[] => {
		const [run, item, wording = '', digest = wording] = name.split(':');
		const place = `${run}:${item}`;
		return [
			`${place} sends ${digest}`,
			...(isOwn ? [place] : []),
			...(wording === '' || wording === digest ? [] : [`${place} says ${wording}`]),
			...(byDigest ? [`sends ${digest}`] : []),
		];
	};
	const isOwn = (name: string): boolean =>
		execution !== '' && entries[name]?.execution === execution;
	const names: Names = {
		of(key) {
			if (Object.hasOwn(entries, key)) return key;
			const way = waysTo(key, true).find((candidate) => found.has(candidate)) ?? '';
			return found.get(way) ?? key;
		},
		add(name) {
			for (const way of waysTo(name, isOwn(name))) found.set(way, name);
		},
		remove(name) {
			for (const way of waysTo(name, true)) if (found.get(way) === name) found.delete(way);
		},
	};
	Object.keys(entries).forEach(names.add);
	return names;
}

function entriesOf(found: unknown): Record<string, Kept> {
	if (!isRecord(found) || found.version !== version || !isRecord(found.entries)) return {};
	return found.entries as Record<string, Kept>;
}

function toPaid(run: number, key: string, entry: LedgerEntry): Array<[number, PaidTask]> {
	const [itsRun, item] = key.split(':').map(Number);
	if (itsRun !== run || item === undefined || entry.state === 'sent') return [];
	const { taskId, previewUrl, sourceUrl, videoUrl } = told(entry);
	const paid = { taskId, previewUrl, sourceUrl, videoUrl };
	return Object.values(paid).some(Boolean) ? [[item, paid]] : [];
}

function told(entry: Exclude<LedgerEntry, { state: 'sent' }>): Partial<PaidTask> {
	if (entry.state === 'task') return { ...entry.task, videoUrl: entry.videoUrl };
	if (entry.state === 'done') return entry.result;
	return { ...entry.facts.task, videoUrl: entry.facts.videoUrl };
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
