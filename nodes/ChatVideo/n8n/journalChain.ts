import type { CallId, LedgerRecord } from '../call/ledger';
import { toCallId, toDoubtfulRecords, toLedgerRecord, type JournalRow } from './journalRow';
import type { JournalQueries } from './journalQueries';

/** A call that has a row. */
export interface KeptCall extends CallId {
	row: JournalRow;
	/** The row does not name this execution. */
	isOther?: true;
}

/** Where a chain goes on, and how. */
interface ChainEnd {
	nodeId: string;
	node: string;
	/** The execution before this one; when waking, this one itself. */
	earlier: string;
	execution: string;
	/** The node had begun in the execution that is retried. */
	hasRun: boolean;
	/** It goes on after a sleep. */
	isAwake: boolean;
	/** This execution keeps its calls. */
	areKept: boolean;
}

/**
 * Reads what an execution takes over from the one that it is a Retry of, or goes on with after a
 * sleep; nothing where its user has deleted that.
 */
export async function readChain(rows: JournalQueries, end: ChainEnd) {
	const { nodeId, node, earlier, execution, hasRun, isAwake, areKept } = end;
	// A node that was renamed is the same one, and so is what a user has put in its place.
	const isOwn = (row: JournalRow): boolean => row.nodeId === nodeId || row.node === node;
	const all = (await rows.ofExecution(earlier)).filter(isOwn);
	const ofChain = sentOf(all);
	const isKnown = ofChain.length > 0;
	if (!isKnown && isAwake) return undefined;

	const ofAll = [...ofChain.map((row) => row.executions), earlier, execution].join('|').split('|');
	const isWhole = isKnown && !ofAll.includes(unknownOrigin);

	/**
	 * Calls that may be of the chain: those of a retry that could not see what it was a retry of; and
	 * what was left alone, where an execution of the chain left no trace.
	 */
	const findOthers = async (): Promise<readonly JournalRow[]> => {
		if (isAwake) return [];
		const ofUnknown = isKnown ? sentOf((await rows.ofExecution(unknownOrigin)).filter(isOwn)) : [];
		if (isWhole || !hasRun) return ofUnknown;
		return [...ofUnknown, ...sentOf(await rows.undelivered(nodeId)).filter(isLooseEnd)];
	};
	const ofOthers = await findOthers();

	// What the ledger has kept through a sleep is newer than its row.
	const own = isAwake && { execution };
	return {
		/** The latest first, as a call may have been sent again on purpose. */
		kept: [
			...ofChain.map((row) => ({ ...toCallId(row), row })),
			...ofOthers.map((row) => ({ ...toCallId(row), wording: '', row, isOther: true as const })),
		],
		/** The same for the ledger. */
		records: [
			...ofChain.map((row) => ({ ...toLedgerRecord(row), ...own })),
			...ofOthers.flatMap(toRecordsOfOther),
		],
		/** Calls that are not among them were never sent; so it is where all calls were kept. */
		areAll: isKnown ? !ofAll.includes(notKept) : areKept,
		/** All executions of the chain, as its rows name them. */
		executions: toList([
			...(isKnown ? [] : [unknownOrigin]),
			...ofAll,
			...(areKept ? [] : [notKept]),
		]),
		/** Rows of the chain itself, which now belong to this execution. */
		own: isKnown ? all.map(({ call }) => call) : [],
	};
}

/** In the list of a row's executions: one whose own origin left no trace. */
const unknownOrigin = '?';

/** And: one of them kept no calls, so that those without a row may have been sent. */
const notKept = '-';

/** `|10|11|`, so that each can be searched for. */
export function toList(executions: ReadonlyArray<string | undefined>): string {
	const unique = new Set(executions.filter((id) => id !== undefined && id !== ''));
	return `|${[...unique].join('|')}|`;
}

/** Those that may have cost something, the latest first. */
const sentOf = (rows: readonly JournalRow[]): readonly JournalRow[] =>
	rows.filter(({ status }) => status !== 'refused').reverse();

/** Whether its own execution has not put it out: nobody has, or Get Many or a Retry. */
const isLooseEnd = ({ delivered, recoveredBy, executions }: JournalRow): boolean =>
	delivered === '' || recoveredBy !== '' || executions.split('|').filter(isExecution).length > 1;

const isExecution = (name: string): boolean => name !== '' && name !== notKept;

/** What its own execution put out is known to be the same call by what it sent alone. */
const toRecordsOfOther = (row: JournalRow): LedgerRecord[] =>
	isLooseEnd(row) ? toDoubtfulRecords(row) : [{ ...toLedgerRecord(row), wording: '' }];
