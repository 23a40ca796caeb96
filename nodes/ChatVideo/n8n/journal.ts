import type { IExecuteFunctions } from 'n8n-workflow';
import {
	findCall,
	type CallId,
	type Ledger,
	type LedgerEntry,
	type LedgerRecord,
} from '../call/ledger';
import { startTimer, type Timer } from '../transport/node/timer';
import { within } from '../transport/within';
import { createJournalTable, type JournalRows } from './journalTable';
import {
	now,
	toCallId,
	toChanges,
	toDoubtfulRecords,
	toFirstRow,
	toLedgerRecord,
	type CallSubject,
	type JournalRow,
} from './journalRow';
import { lifecycleOf } from './lifecycle';
import { createSavedOutput } from './savedOutput';

/**
 * The calls of one node in one execution, where they outlive the process: what the ledger hears of
 * them, in a data table of n8n. It never fails a call that has left; what goes wrong with it is in
 * the log, once.
 */
export interface Journal {
	/**
	 * Fills the ledger with what is known of the calls of the execution that is retried, or wakes.
	 *
	 * @param areKept whether calls are kept; else those without a row may have been sent all the same
	 */
	recall(ledger: Ledger, areKept: boolean): Promise<void>;
	/** From here on what is recorded of the call is kept. */
	keep(call: CallId, subject: CallSubject): void;
	/** Without an entry the call was refused free of charge. */
	record(call: CallId, entry: LedgerEntry | undefined): void;
	/**
	 * Whether what was recorded of these rows is in the database, or nothing can be; false where it
	 * takes too long.
	 */
	areSaved(rows: readonly string[]): Promise<boolean>;
	/** The row of a call, by its id. */
	rowOf(call: CallId): string | undefined;
	/** The node has put these rows' items out. */
	handOver(ids: readonly string[]): void;
	/**
	 * Takes rows of a service that were paid for, not delivered, and left alone; no other gets them.
	 *
	 * @throws where there is no table to look into
	 */
	takeUnfinished(service: string, limit: number): Promise<readonly JournalRow[]>;
	/** The latest rows; `limit` 0 gives all. */
	latest(limit: number): Promise<readonly JournalRow[]>;
	/** Adds what was learnt of a row. */
	amend(row: JournalRow, changes: Partial<JournalRow>): void;
	/** The execution sleeps: until it is long overdue its calls are nobody else's. */
	sleepUntil(time: Date): Promise<void>;
	/** The node's run is over. */
	close(): void;
}

const heartbeat = 30_000; // ms between the signs of life of a call
const longestWrite = 10_000; // ms; nobody waits longer for a database
const betweenWrites = 500; // ms until it is tried again

/** Journals by the node's context, which all its runs and tries in one execution share. */
const journals = new WeakMap<object, Journal>();

/** What a journal must know of its node. */
export interface JournalOptions {
	/** How the ledger recognizes calls. */
	byDigest: boolean;
	/** The node had begun in the execution that is retried. */
	hasRun: boolean;
	/** It goes on after a sleep. */
	isAwake: boolean;
}

export function journalOf(context: IExecuteFunctions, options: JournalOptions): Journal {
	const key = context.getContext('node');
	const journal = journals.get(key) ?? createJournal(context, options);
	journals.set(key, journal);
	return journal;
}

/** A call that has a row. */
type Kept = CallId & { row: JournalRow };

function createJournal(
	context: IExecuteFunctions,
	{ byDigest, hasRun, isAwake }: JournalOptions,
): Journal {
	const { id: nodeId, name: node } = context.getNode();
	const { name: workflow = '' } = context.getWorkflow();
	const { retryOf, onEnd } = lifecycleOf(context);
	const claim = crypto.randomUUID();
	const table = createJournalTable(context);
	const subjects = new Map<string, CallSubject>();
	const refused = new Map<string, JournalRow>();
	/** The latest first, as a call may have been sent again on purpose. */
	let kept: readonly Kept[] = [];
	let executions = toList([retryOf, context.getExecutionId()]);

	/** What has changed and is not written yet, by row; what piles up is written at once. */
	const pending = new Map<string, Partial<JournalRow>>();
	const write = (row: JournalRow, changes: Partial<JournalRow>): void => {
		pending.set(row.call, { ...pending.get(row.call), ...changes, updated: now() });
		void flushInTurn();
	};
	const flushInTurn = (): Promise<void> =>
		table.inTurn(async (rows) => {
			if (pending.size > 0 && (await flush(rows))) await flush(rows);
		});
	/** Rows the table has never had, all of which n8n adds at once. */
	const fresh = new Set<string>();
	/** Whether rows were gone meanwhile, which it must bring again. */
	const flush = async (rows: JournalRows): Promise<boolean> => {
		const written = [...pending].map(([call, changed]) => ({ ...changed, call }));
		const added = written.filter(({ call }) => fresh.has(call));
		const changed = written.filter(({ call }) => !fresh.has(call));
		pending.clear();
		fresh.clear();
		let missed = written.map(({ call }) => call);
		try {
			const gone = await rows.write(changed);
			await rows.insert(added); // after those that failed before, as the order of rows counts
			missed = gone;
			return gone.length > 0;
		} finally {
			putBack(missed);
		}
	};
	/** The next write brings all of them, and whole, as rows or the table may be gone and come again. */
	const putBack = (calls: readonly string[]): void => {
		for (const { row } of kept.filter((one) => calls.includes(one.row.call))) {
			pending.set(row.call, { ...row, ...pending.get(row.call), alive: now() });
		}
	};

	let timer: Timer | undefined;
	const beat = (): void => {
		timer = startTimer(heartbeat, () => {
			void table.inTurn((rows) => rows.keepAlive(claim));
			beat();
		});
	};

	const handedOver = new Set<string>();
	/** What this run of the node has taken already; n8n may run it again, as if it had not. */
	const taken = new Set<string>();
	const end = async (isSafe: boolean): Promise<void> => {
		timer?.clear();
		timer = undefined;
		const delivered = isSafe ? [...handedOver] : [];
		handedOver.clear();
		if (kept.length === 0) return;
		await table.inTurn(async (rows) => {
			await rows.deliver(delivered);
			if (kept.some(({ row }) => !delivered.includes(row.call))) await rows.release(claim);
		});
	};
	let isOver = false; // at Stop before its node has come to an end
	const hearsOfEnd = onEnd(async (isSafe) => {
		isOver = true;
		await end(isSafe);
	});
	const start = (): void => {
		if (timer === undefined && !isOver) beat();
	};

	const find = (call: CallId): Kept | undefined => findCall(kept, call, byDigest);

	/** A node that was renamed is the same one, and so is what a user has put in its place. */
	const isOwn = (row: JournalRow): boolean => row.nodeId === nodeId || row.node === node;

	/**
	 * Calls that may be of the chain: what was left alone, where the execution that is retried left no
	 * trace; and those of a retry that could not see what it was a retry of.
	 */
	const othersOf = async (rows: JournalRows, isKnown: boolean): Promise<readonly JournalRow[]> => {
		if (isKnown) return sentOf((await rows.ofExecution(unknownOrigin)).filter(isOwn));
		return hasRun ? sentOf(await rows.undelivered(nodeId)) : [];
	};

	const adopt = async (ledger: Ledger, earlier: string, areKept: boolean): Promise<void> => {
		await table.inTurn(async (rows) => {
			const all = (await rows.ofExecution(earlier)).filter(isOwn);
			const ofChain = sentOf(all);
			const isKnown = ofChain.length > 0;
			if (!isKnown && isAwake) return; // its user has deleted them
			const ofOthers = isAwake ? [] : await othersOf(rows, isKnown);
			const ofAll = [...ofChain.map((row) => row.executions), executions].join('|').split('|');
			// Where calls were kept, those that have no row were never sent.
			const wasKept = isKnown ? !ofAll.includes(notKept) : areKept;
			executions = toList([
				...(isKnown ? [] : [unknownOrigin]),
				...ofAll,
				...(areKept ? [] : [notKept]),
			]);
			kept = [
				...ofChain.map((row) => ({ ...toCallId(row), row })),
				...ofOthers.map((row) => ({ ...toCallId(row), wording: '', row })),
			];
			// What the ledger has kept through a sleep is newer than its row.
			const own = isAwake && { execution: context.getExecutionId() };
			const records = [
				...ofChain.flatMap(toLedgerRecord).map((record) => ({ ...record, ...own })),
				...ofOthers.flatMap(toRecordsOfOther),
			];
			ledger.restore(records, wasKept);
			if (isKnown) {
				const calls = all.map(({ call }) => call);
				await rows.change(calls, { executions, claim, alive: now() });
				start();
			}
		}, areKept);
	};
	let adopted: Promise<void> | undefined;

	return {
		async recall(ledger, areKept) {
			const earlier = isAwake ? context.getExecutionId() : retryOf;
			if (earlier === undefined) return;
			adopted ??= adopt(ledger, earlier, areKept);
			await adopted;
		},
		keep(call, subject) {
			subjects.set(nameOf(call), subject);
		},
		record(call, entry) {
			const subject = subjects.get(nameOf(call));
			if (subject === undefined) return;
			start();
			if (entry?.state === 'sent') {
				const place = { workflow, node, nodeId, claim, executions };
				const earlier = refused.get(nameOf(call));
				const first = earlier ?? toFirstRow(call, subject, { ...place, call: crypto.randomUUID() });
				const row = { ...first, ...toChanges(entry) };
				refused.delete(nameOf(call));
				kept = [{ ...call, row }, ...kept];
				if (earlier === undefined) fresh.add(row.call);
				return write(row, row);
			}
			const found = find(call);
			if (found === undefined) return;
			const changes = toChanges(entry);
			// A video that is still being made is looked at again and again.
			if (!pending.has(found.row.call) && isMatch(found.row, changes)) return;
			Object.assign(found.row, changes);
			if (entry === undefined) {
				refused.set(nameOf(call), found.row);
				kept = kept.filter((one) => one !== found);
			}
			write(found.row, changes);
		},
		async areSaved(ids) {
			if (ids.length === 0) return true;
			const end = Date.now() + longestWrite;
			while (Date.now() < end) {
				const flushed = flushInTurn().then(() => true);
				const isAnswered = await within(flushed, end - Date.now());
				const isPending = ids.some((id) => pending.has(id));
				if (isAnswered && (!isPending || !table.takesRows())) return true;
				await new Promise<void>((resolve) => void startTimer(betweenWrites, resolve));
			}
			return false;
		},
		rowOf: (call) => find(call)?.row.call,
		handOver(ids) {
			for (const id of ids) handedOver.add(id);
		},
		async takeUnfinished(service, limit) {
			const found = await table.read(async (rows) => {
				const claimed = await rows.claimUnfinished(claim, service);
				const free = claimed.filter(({ call }) => !taken.has(call) && !handedOver.has(call));
				const wasPutOut = createSavedOutput(context);
				const delivered: string[] = [];
				const wanted: JournalRow[] = [];
				for (const row of free) {
					if (limit > 0 && wanted.length === limit) break;
					if (await wasPutOut(row)) delivered.push(row.call);
					else wanted.push(row);
				}
				await rows.deliver(delivered);
				const rest = free.slice(delivered.length + wanted.length);
				await rows.putBack(rest.map(({ call }) => call));
				return wanted;
			});
			for (const { call } of found) taken.add(call);
			kept = [...found.map((row) => ({ ...toCallId(row), row })), ...kept];
			if (found.length > 0) start();
			return found;
		},
		latest: (limit) => table.read((rows) => rows.latest(limit)),
		amend: write,
		async sleepUntil(time) {
			timer?.clear();
			timer = undefined;
			if (kept.length > 0) await table.inTurn((rows) => rows.sleepUntil(claim, time));
		},
		close() {
			taken.clear();
			if (!hearsOfEnd) void end(true);
		},
	};
}

/** In the list of a row's executions: one whose own origin left no trace. */
const unknownOrigin = '?';

/** And: one of them kept no calls, so that those without a row may have been sent. */
const notKept = '-';

/** Of the latest first, those that may have cost something, the earliest first. */
const sentOf = (rows: readonly JournalRow[]): readonly JournalRow[] =>
	rows.filter(({ status }) => status !== 'refused').reverse();

/** What its own execution put out is known to be the same call by what it sent alone. */
const toRecordsOfOther = (row: JournalRow): LedgerRecord[] =>
	row.delivered === '' || row.recoveredBy !== ''
		? toDoubtfulRecords(row)
		: [{ ...toLedgerRecord(row), wording: '' }];

const isMatch = (row: JournalRow, changes: Partial<JournalRow>): boolean =>
	Object.entries(changes).every(([name, value]) => row[name as keyof JournalRow] === value);

const nameOf = ({ run, item, digest }: CallId): string => `${run}:${item}:${digest}`;

/** `|10|11|`, so that each can be searched for. */
function toList(executions: ReadonlyArray<string | undefined>): string {
	const unique = new Set(executions.filter((id) => id !== undefined && id !== ''));
	return `|${[...unique].join('|')}|`;
}
