import type { IExecuteFunctions } from 'n8n-workflow';
import { findCall, type CallId, type Ledger, type LedgerEntry } from '../call/ledger';
import { startTimer, type Timer } from '../transport/node/timer';
import { isTool } from './isTool';
import { readChain, toList, type KeptCall } from './journalChain';
import {
	now,
	toCallId,
	toChanges,
	toFirstRow,
	type CallSubject,
	type JournalRow,
} from './journalRow';
import { createJournalTable } from './journalTable';
import { createJournalWriter } from './journalWriter';
import { lifecycleOf } from './lifecycle';
import { takeUnfinished } from './takeUnfinished';

/**
 * The calls of one node in one execution, where they outlive the process: what the ledger hears of
 * them, in a data table of n8n. It never fails a call that has left; what goes wrong with it is in
 * the log, once.
 */
export type Journal = ReturnType<typeof createJournal>;

const heartbeat = 30_000; // ms between the signs of life of a call

/** Journals by the node's context, which all its runs and tries in one execution share. */
const journals = new WeakMap<object, Journal>();

/** What a journal must know of its node. */
interface JournalOptions {
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

function createJournal(context: IExecuteFunctions, { hasRun, isAwake }: JournalOptions) {
	const { id: nodeId, name: node } = context.getNode();
	const { name: workflow = '' } = context.getWorkflow();
	const { retryOf, onEnd } = lifecycleOf(context);
	const execution = context.getExecutionId();
	const earlier = isAwake ? execution : retryOf;
	const claim = crypto.randomUUID();
	const table = createJournalTable(context);
	const writer = createJournalWriter(table);
	const subjects = new Map<string, CallSubject>();
	const refused = new Map<string, JournalRow>();
	/** The latest first. */
	let kept: readonly KeptCall[] = [];
	let executions = toList([retryOf, execution]);

	let timer: Timer | undefined;
	const beat = (): void => {
		timer = startTimer(heartbeat, () => {
			void table.inTurn((rows) => rows.keepAlive(claim));
			beat();
		});
	};
	let isOver = false; // at Stop before its node has come to an end
	const keepBeating = (): void => {
		if (timer === undefined && !isOver) beat();
	};
	const stopBeating = (): void => {
		timer?.clear();
		timer = undefined;
	};

	const handedOver = new Set<string>();
	/** What this run of the node has taken already; n8n may run it again, as if it had not. */
	const taken = new Set<string>();
	const end = async (isSafe: boolean): Promise<void> => {
		stopBeating();
		const delivered = isSafe ? [...handedOver] : [];
		handedOver.clear();
		if (kept.length === 0) return;
		await table.inTime(async (rows) => {
			await rows.deliver(delivered);
			if (kept.some(({ row }) => !delivered.includes(row.call))) await rows.release(claim);
		});
	};
	const hearsOfEnd = onEnd(async (isSafe) => {
		isOver = true;
		await end(isSafe);
	});

	const find = (call: CallId): KeptCall | undefined =>
		findCall(kept, call, isTool(context.getNode()));

	const adopt = (ledger: Ledger, from: string, areKept: boolean): Promise<boolean> =>
		table.inTime(async (rows) => {
			const place = { nodeId, node, earlier: from, execution, hasRun, isAwake, areKept };
			const chain = await readChain(rows, place);
			if (chain === undefined) return;
			({ kept, executions } = chain);
			ledger.restore(chain.records, chain.areAll);
			if (chain.own.length === 0) return;
			await rows.change(chain.own, { executions, claim, alive: now() });
			keepBeating();
		}, areKept);
	let adopted: Promise<boolean> | undefined;

	return {
		/**
		 * Fills the ledger with what is known of the calls of the execution that is retried, or wakes.
		 *
		 * @param areKept whether calls are kept; else those without a row may have been sent all the same
		 * @returns false where the table did not say it in time
		 */
		async recall(ledger: Ledger, areKept: boolean): Promise<boolean> {
			if (earlier === undefined) return true;
			adopted ??= adopt(ledger, earlier, areKept);
			const isKnown = await adopted;
			if (!isKnown) adopted = undefined; // the next try of the node may be answered
			return isKnown || isAwake; // the ledger comes through a sleep by itself
		},
		/** From here on what is recorded of the call is kept. */
		keep(call: CallId, subject: CallSubject): void {
			subjects.set(nameOf(call), subject);
		},
		/** Without an entry the call was refused free of charge. */
		record(call: CallId, entry: LedgerEntry | undefined): void {
			const subject = subjects.get(nameOf(call));
			if (subject === undefined) return;
			keepBeating();
			const changes = toChanges(entry);
			if (entry?.state === 'sent') {
				const place = { workflow, node, nodeId, claim, executions };
				const before = refused.get(nameOf(call));
				const first = before ?? toFirstRow(call, subject, { ...place, call: crypto.randomUUID() });
				const row = { ...first, ...changes };
				refused.delete(nameOf(call));
				kept = [{ ...call, row }, ...kept];
				return before === undefined ? writer.add(row) : writer.change(row, row);
			}
			const found = find(call);
			if (found === undefined) return;
			// What dies before it notes that it has put the video out is found by this.
			if (found.isOther) changes.recoveredBy = execution;
			// A video that is still being made is looked at again and again.
			if (!writer.isPending(found.row) && isMatch(found.row, changes)) return;
			if (entry === undefined) {
				refused.set(nameOf(call), found.row);
				kept = kept.filter((one) => one !== found);
			}
			writer.change(found.row, changes);
		},
		areSaved: writer.areSaved,
		/** The row of a call, by its id. */
		rowOf: (call: CallId): string | undefined => find(call)?.row.call,
		/** The node has put these rows' items out. */
		handOver(ids: readonly string[]): void {
			for (const id of ids) handedOver.add(id);
		},
		/**
		 * Takes rows of a service that were paid for, not delivered, and left alone; no other gets them.
		 *
		 * @throws where there is no table to look into
		 */
		async takeUnfinished(service: string, limit: number): Promise<readonly JournalRow[]> {
			const isTaken = (call: string): boolean => taken.has(call) || handedOver.has(call);
			const wanted = { claim, service, limit, isTaken };
			const found = await table.read((rows) => takeUnfinished(context, rows, wanted));
			for (const { call } of found) taken.add(call);
			kept = [...found.map((row) => ({ ...toCallId(row), row })), ...kept];
			if (found.length > 0) keepBeating();
			return found;
		},
		/** The latest rows; `limit` 0 gives all. */
		latest: (limit: number): Promise<readonly JournalRow[]> =>
			table.read((rows) => rows.latest(limit)),
		/** Adds what was learnt of a row. */
		amend: writer.change,
		/** The execution sleeps: until it is long overdue its calls are nobody else's. */
		async sleepUntil(time: Date): Promise<void> {
			stopBeating();
			if (kept.length > 0) await table.inTime((rows) => rows.sleepUntil(claim, time));
		},
		/** The node's run is over. */
		close(): void {
			taken.clear();
			if (!hearsOfEnd) void end(true);
		},
	};
}

const isMatch = (row: JournalRow, changes: Partial<JournalRow>): boolean =>
	Object.entries(changes).every(([name, value]) => row[name as keyof JournalRow] === value);

const nameOf = ({ run, item, digest }: CallId): string => `${run}:${item}:${digest}`;
