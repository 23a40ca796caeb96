import type { IExecuteFunctions } from 'n8n-workflow';
import { messageOf } from '../chat/messageOf';
import { openDataTable, type Condition, type DataTable } from './dataTable';
import { journalColumns, now, toJournalRow, type JournalRow } from './journalRow';

/** What is done with the rows of the journal, each at once for all rows it is about. */
export interface JournalRows {
	insert(rows: ReadonlyArray<Partial<JournalRow>>): Promise<void>;
	/** Gives the calls of which there is no more than what was written, as a user has deleted their rows. */
	write(rows: ReadonlyArray<Partial<JournalRow>>): Promise<string[]>;
	/** What was sent in an execution, and in all that are Retries in one line with it, the earliest first. */
	ofExecution(execution: string): Promise<JournalRow[]>;
	/** What the node has sent in any execution, and that execution has not put out. */
	undelivered(nodeId: string): Promise<JournalRow[]>;
	change(calls: readonly string[], changes: Partial<JournalRow>): Promise<void>;
	keepAlive(claim: string): Promise<void>;
	/** Nobody works on these until then, and they are left alone only long after. */
	sleepUntil(claim: string, time: Date): Promise<void>;
	/** Nobody works on these any more. */
	release(claim: string): Promise<void>;
	/** Gives up some of them only. */
	putBack(calls: readonly string[]): Promise<void>;
	deliver(calls: readonly string[]): Promise<void>;
	/** Takes what was paid for and is left alone; of two who do it at once each row goes to one. */
	claimUnfinished(claim: string, service: string): Promise<JournalRow[]>;
	latest(limit: number): Promise<JournalRow[]>;
}

/** The journal's table, opened on first use, and one access to it after the other. */
export interface JournalTable {
	/**
	 * Does it after all that was asked for before, so that no write overtakes another. Never rejects.
	 *
	 * @param create whether to make the table where it is missing; else nothing is done
	 */
	inTurn(work: (rows: JournalRows) => Promise<void>, create?: boolean): Promise<void>;
	/**
	 * The same, for rows that somebody waits for; none where no call was ever kept.
	 *
	 * @throws what kept it from reading
	 */
	read(work: (rows: JournalRows) => Promise<JournalRow[]>): Promise<JournalRow[]>;
	/** Whether rows can be written at all: this n8n has tables, with room in them. */
	takesRows(): boolean;
}

const name = 'Chat Video calls';

/** Milliseconds without a sign of life after which a call counts as left alone. */
const silence = 2 * 60_000;

/** Milliseconds in which an n8n that has shown no table yet may say that it cannot. */
const patience = 5_000;

/** Milliseconds that an execution may be late to wake, as after an n8n that was down or a long queue. */
const oversleep = 10 * 60_000;

export function createJournalTable(context: IExecuteFunctions): JournalTable {
	const { id: workflowId = '' } = context.getWorkflow();
	let isMissing = workflowId === '';
	let cause: unknown = isMissing ? new Error('the workflow is not saved') : undefined;
	let opened: DataTable | undefined;
	let isFull = false;
	let failsSince: number | undefined; // and never opened
	const warn = (message: string, error: unknown): void => {
		if (cause === undefined) context.logger.warn(`Chat Video: ${message}: ${messageOf(error)}`);
		cause = error;
	};
	const open = async (create: boolean): Promise<void> => {
		if (isMissing || opened !== undefined) return;
		try {
			opened = await openDataTable(context, { name, columns: journalColumns }, create);
			failsSince = Infinity;
			if (opened === undefined || opened.name === name) return;
			context.logger.warn(`Chat Video: calls are kept in the data table "${opened.name}"`);
		} catch (error) {
			failsSince ??= Date.now();
			const isDoubtful = isOfDatabase(error) && Date.now() - failsSince <= patience;
			isMissing = failsSince !== Infinity && !isDoubtful;
			warn('no data table, so calls are not kept beyond this process', error);
		}
	};
	const perform = async (
		work: (rows: JournalRows) => Promise<void>,
		create: boolean,
	): Promise<void> => {
		await open(create);
		if (opened === undefined) return;
		try {
			await work(toRows(opened));
			isFull = false;
		} catch (error) {
			opened = undefined;
			isFull = /size limit exceeded/i.test(messageOf(error));
			warn('the table of calls could not be used', error);
		}
	};
	let queue = Promise.resolve();
	const inTurn: JournalTable['inTurn'] = (work, create = true) => {
		queue = queue.then(() => perform(work, create));
		return queue;
	};
	return {
		inTurn,
		async read(work) {
			let found: JournalRow[] | undefined;
			await inTurn(async (rows) => {
				found = await work(rows);
			}, false);
			if (found === undefined && cause !== undefined) throw cause;
			return found ?? [];
		},
		takesRows: () => !isMissing && !isFull,
	};
}

/** A database in trouble may be well in a moment; an n8n that has no tables says something else. */
const isOfDatabase = (error: unknown): boolean =>
	/lock|busy|time[d]?[ -]?out|deadlock|connect|ECONN|\bpool\b|starting up|shutting down/i.test(
		messageOf(error),
	);

/** Whoever looks next begins with what nobody has looked at for the longest time. */
const leftAlone = (): Partial<JournalRow> => ({ alive: '', claim: '', updated: now() });

const conditionsAtOnce = 200; // SQLite takes a depth of 1,000
const rowsAtOnce = 1_000; // n8n reads a table in pages of so many, and minds changes between them

function toRows(table: DataTable): JournalRows {
	const mine = (claim: string): Condition[] => [
		['claim', 'eq', claim],
		['delivered', 'eq', ''],
	];
	const updateEach = async (
		calls: readonly string[],
		changes: Partial<JournalRow>,
	): Promise<void> => {
		for (let at = 0; at < calls.length; at += conditionsAtOnce) {
			const some = calls.slice(at, at + conditionsAtOnce);
			const conditions = some.map((call): Condition => ['call', 'eq', call]);
			await table.update(changes, { conditions, any: true });
		}
	};
	return {
		async insert(rows) {
			if (rows.length > 0) await table.insert(rows);
		},
		async write(rows) {
			if (rows.length === 0) return [];
			const written = await table.upsert(rows, 'call');
			return written.filter(({ nodeId }) => nodeId === '').map(({ call = '' }) => call);
		},
		async ofExecution(execution) {
			const conditions: Condition[] = [['executions', 'like', `%|${execution}|%`]];
			return (await table.find({ conditions }, ['id', 'ASC'], 0)).map(toJournalRow);
		},
		async undelivered(nodeId) {
			const missed: Condition[] = [
				['delivered', 'eq', ''],
				['recoveredBy', 'neq', ''],
				['executions', 'like', '%|%|%|%'], // a Retry may have put it out
			];
			const found = await Promise.all(
				missed.map((one) =>
					table.find({ conditions: [['nodeId', 'eq', nodeId], one] }, ['id', 'ASC'], rowsAtOnce),
				),
			);
			const byId = new Map(found.flat().map((row) => [Number(row.id), toJournalRow(row)]));
			return [...byId].sort(([one], [other]) => one - other).map(([, row]) => row);
		},
		change: updateEach,
		keepAlive: (claim) => table.update({ alive: now() }, { conditions: mine(claim) }),
		sleepUntil: (claim, time) =>
			table.update(
				{ alive: new Date(time.getTime() + oversleep).toISOString(), claim: '' },
				{ conditions: mine(claim) },
			),
		release: (claim) => table.update(leftAlone(), { conditions: mine(claim) }),
		putBack: (calls) => updateEach(calls, leftAlone()),
		deliver: (calls) => updateEach(calls, { delivered: now(), alive: '', claim: '' }),
		async claimUnfinished(claim, service) {
			const conditions: Condition[] = [
				['delivered', 'eq', ''],
				['service', 'eq', service],
				['alive', 'lt', new Date(Date.now() - silence).toISOString()],
				...['sent', 'failed', 'refused'].map((status): Condition => ['status', 'neq', status]),
			];
			await table.update({ claim, alive: now() }, { conditions });
			const found = await table.find({ conditions: mine(claim) }, ['updated', 'ASC'], rowsAtOnce);
			return found.map(toJournalRow);
		},
		async latest(limit) {
			return (await table.find({ conditions: [] }, ['id', 'DESC'], limit)).map(toJournalRow);
		},
	};
}
