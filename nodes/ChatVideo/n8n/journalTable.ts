import type { IExecuteFunctions } from 'n8n-workflow';
import { messageOf } from '../chat/messageOf';
import { startTimer } from '../transport/node/timer';
import { within } from '../transport/within';
import { openDataTable, type DataTable } from './dataTable';
import { journalQueries, type JournalQueries } from './journalQueries';
import { journalColumns, type JournalRow } from './journalRow';

export type JournalTable = ReturnType<typeof createJournalTable>;

const name = 'Chat Video calls';

const longestWait = 10_000; // ms that somebody waits for a database
const longestRead = 60_000; // ms; n8n reads whole executions for what is left alone
const betweenTries = 500; // ms

type Work = (rows: JournalQueries) => Promise<void>;

/** The journal's table, opened on first use, and one access to it after the other. */
export function createJournalTable(context: IExecuteFunctions) {
	const { id: workflowId = '' } = context.getWorkflow();
	let isMissing = workflowId === '';
	let cause: unknown = isMissing ? new Error('the workflow is not saved') : undefined;
	let opened: DataTable | undefined;
	let wasOpened = false;
	const warn = (message: string, error: unknown): void => {
		if (cause === undefined) context.logger.warn(`Chat Video: ${message}: ${messageOf(error)}`);
		cause = error;
	};
	/** Whether it is known now what there is. */
	const open = async (create: boolean): Promise<boolean> => {
		if (isMissing || opened !== undefined) return true;
		try {
			opened = await openDataTable(context, name, journalColumns, create);
			wasOpened = true;
			if (opened !== undefined && opened.name !== name) {
				context.logger.warn(`Chat Video: calls are kept in the data table "${opened.name}"`);
			}
			return true;
		} catch (error) {
			isMissing = !wasOpened && !isOfDatabase(error);
			warn('no data table, so calls are not kept beyond this process', error);
			return isMissing;
		}
	};
	const perform = async (work: Work, create: boolean): Promise<boolean> => {
		if (!(await open(create))) return false;
		if (opened === undefined) return true;
		try {
			await work(journalQueries(opened));
			return true;
		} catch (error) {
			opened = undefined;
			warn('the table of calls could not be used', error);
			return /size limit exceeded/i.test(messageOf(error));
		}
	};
	let queue = Promise.resolve(true);
	/**
	 * Does it after all that was asked for before, so that no write overtakes another. Never rejects.
	 *
	 * @param create whether to make the table where it is missing; else nothing is done
	 * @returns false where another try may do it: this n8n has tables, with room in them
	 */
	const inTurn = (work: Work, create = true): Promise<boolean> => {
		queue = queue.then(() => perform(work, create));
		return queue;
	};
	return {
		inTurn,
		/** The same for who waits for it, with more tries; false where that takes too long. */
		async inTime(work: Work, create = true): Promise<boolean> {
			const end = Date.now() + longestWait;
			while (Date.now() < end) {
				if (await within(inTurn(work, create), end - Date.now())) return true;
				await new Promise<void>((resolve) => void startTimer(betweenTries, resolve));
			}
			return false;
		},
		/**
		 * The same, for rows that somebody waits for; none where no call was ever kept.
		 *
		 * @throws what kept it from reading
		 */
		async read(work: (rows: JournalQueries) => Promise<JournalRow[]>): Promise<JournalRow[]> {
			let found: JournalRow[] | undefined;
			const reading = inTurn(async (rows) => {
				found = await work(rows);
			}, false);
			const isAnswered = await within(reading, longestRead);
			if (isAnswered === undefined) throw new Error('the database of n8n did not answer');
			if (found === undefined && cause !== undefined) throw cause;
			return found ?? [];
		},
	};
}

/** A database in trouble may be well in a moment; an n8n that has no tables says something else. */
const isOfDatabase = (error: unknown): boolean =>
	/SQLITE_|\b(?:dead)?lock|busy|timed?[ -]?out|connect|ECONN|\bpool\b|starting up|shutting down/i.test(
		messageOf(error),
	);
