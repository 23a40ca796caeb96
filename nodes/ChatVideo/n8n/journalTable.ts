import type { IExecuteFunctions } from 'n8n-workflow';
import { messageOf } from '../chat/messageOf';
import { openDataTable, type DataTable } from './dataTable';
import { journalQueries, type JournalQueries } from './journalQueries';
import { journalColumns, type JournalRow } from './journalRow';

export type JournalTable = ReturnType<typeof createJournalTable>;

const name = 'Chat Video calls';

/** Milliseconds in which an n8n that has shown no table yet may say that it cannot. */
const patience = 5_000;

/** The journal's table, opened on first use, and one access to it after the other. */
export function createJournalTable(context: IExecuteFunctions) {
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
			opened = await openDataTable(context, name, journalColumns, create);
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
		work: (rows: JournalQueries) => Promise<void>,
		create: boolean,
	): Promise<void> => {
		await open(create);
		if (opened === undefined) return;
		try {
			await work(journalQueries(opened));
			isFull = false;
		} catch (error) {
			opened = undefined;
			isFull = /size limit exceeded/i.test(messageOf(error));
			warn('the table of calls could not be used', error);
		}
	};
	let queue = Promise.resolve();
	/**
	 * Does it after all that was asked for before, so that no write overtakes another. Never rejects.
	 *
	 * @param create whether to make the table where it is missing; else nothing is done
	 */
	const inTurn = (work: (rows: JournalQueries) => Promise<void>, create = true): Promise<void> => {
		queue = queue.then(() => perform(work, create));
		return queue;
	};
	return {
		inTurn,
		/**
		 * The same, for rows that somebody waits for; none where no call was ever kept.
		 *
		 * @throws what kept it from reading
		 */
		async read(work: (rows: JournalQueries) => Promise<JournalRow[]>): Promise<JournalRow[]> {
			let found: JournalRow[] | undefined;
			await inTurn(async (rows) => {
				found = await work(rows);
			}, false);
			if (found === undefined && cause !== undefined) throw cause;
			return found ?? [];
		},
		/** Whether rows can be written at all: this n8n has tables, with room in them. */
		takesRows: (): boolean => !isMissing && !isFull,
	};
}

/** A database in trouble may be well in a moment; an n8n that has no tables says something else. */
const isOfDatabase = (error: unknown): boolean =>
	/lock|busy|time[d]?[ -]?out|deadlock|connect|ECONN|\bpool\b|starting up|shutting down/i.test(
		messageOf(error),
	);
