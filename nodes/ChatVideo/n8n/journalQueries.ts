import type { Condition, DataTable } from './dataTable';
import { now, toJournalRow, type JournalRow } from './journalRow';

export type JournalQueries = ReturnType<typeof journalQueries>;

/** Milliseconds without a sign of life after which a call counts as left alone. */
const silence = 2 * 60_000;

/** Milliseconds that an execution may be late to wake, as after an n8n that was down or a long queue. */
const oversleep = 10 * 60_000;

/** Whoever looks next begins with what nobody has looked at for the longest time. */
const leftAlone = (): Partial<JournalRow> => ({ alive: '', claim: '', updated: now() });

const conditionsAtOnce = 200; // SQLite takes a depth of 1,000
const rowsAtOnce = 1_000; // n8n reads a table in pages of so many, and minds changes between them

/** What is done with the rows of the journal, each at once for all rows it is about. */
export function journalQueries(table: DataTable) {
	const mine = (claim: string): Condition[] => [
		['claim', 'eq', claim],
		['delivered', 'eq', ''],
	];
	const change = async (calls: readonly string[], changes: Partial<JournalRow>): Promise<void> => {
		for (let at = 0; at < calls.length; at += conditionsAtOnce) {
			const some = calls.slice(at, at + conditionsAtOnce);
			const conditions = some.map((call): Condition => ['call', 'eq', call]);
			await table.update(changes, { conditions, any: true });
		}
	};
	return {
		async insert(rows: ReadonlyArray<Partial<JournalRow>>): Promise<void> {
			if (rows.length > 0) await table.insert(rows);
		},
		/** Gives the calls of which there is no more than what was written, as a user has deleted their rows. */
		async write(rows: ReadonlyArray<Partial<JournalRow>>): Promise<string[]> {
			if (rows.length === 0) return [];
			const written = await table.upsert(rows, 'call');
			return written.filter(({ nodeId }) => nodeId === '').map(({ call = '' }) => call);
		},
		/** What was sent in an execution, and in all that are Retries in one line with it, the earliest first. */
		async ofExecution(execution: string): Promise<JournalRow[]> {
			const conditions: Condition[] = [['executions', 'like', `%|${execution}|%`]];
			return (await table.find({ conditions }, ['id', 'ASC'], 0)).map(toJournalRow);
		},
		/** What the node has sent in any execution, and that execution has not put out. */
		async undelivered(nodeId: string): Promise<JournalRow[]> {
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
		change,
		keepAlive: (claim: string) => table.update({ alive: now() }, { conditions: mine(claim) }),
		/** Nobody works on these until then, and they are left alone only long after. */
		sleepUntil: (claim: string, time: Date) =>
			table.update(
				{ alive: new Date(time.getTime() + oversleep).toISOString(), claim: '' },
				{ conditions: mine(claim) },
			),
		/** Nobody works on these any more. */
		release: (claim: string) => table.update(leftAlone(), { conditions: mine(claim) }),
		/** Gives up some of them only. */
		putBack: (calls: readonly string[]) => change(calls, leftAlone()),
		deliver: (calls: readonly string[]) =>
			change(calls, { delivered: now(), alive: '', claim: '' }),
		/** Takes what was paid for and is left alone; of two who do it at once each row goes to one. */
		async claimUnfinished(claim: string, service: string): Promise<JournalRow[]> {
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
		async latest(limit: number): Promise<JournalRow[]> {
			return (await table.find({ conditions: [] }, ['id', 'DESC'], limit)).map(toJournalRow);
		},
	};
}
