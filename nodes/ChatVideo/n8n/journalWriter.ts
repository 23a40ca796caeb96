import { now, type JournalRow } from './journalRow';
import type { JournalQueries } from './journalQueries';
import type { JournalTable } from './journalTable';

/** Writes what has changed into the journal's table; what piles up is written at once. */
export function createJournalWriter(table: JournalTable) {
	/** All that were ever written, as rows or the table may be gone and come again. */
	const known = new Map<string, JournalRow>();
	const pending = new Map<string, Partial<JournalRow>>();
	const fresh = new Set<string>();

	/** Whether rows were gone meanwhile, which it must bring again. */
	const flush = async (rows: JournalQueries): Promise<boolean> => {
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
			for (const call of missed) putBack(call);
		}
	};
	/** The next write brings it, and whole. */
	const putBack = (call: string): void => {
		pending.set(call, { ...known.get(call), ...pending.get(call), alive: now() });
	};
	const flushAll = async (rows: JournalQueries): Promise<void> => {
		if (pending.size > 0 && (await flush(rows)) && (await flush(rows))) throw rowsGone();
	};
	/** Changes a row, here and in the table. */
	const change = (row: JournalRow, changes: Partial<JournalRow>): void => {
		known.set(row.call, Object.assign(row, changes));
		pending.set(row.call, { ...pending.get(row.call), ...changes, updated: now() });
		void table.inTurn(flushAll);
	};

	return {
		/** Adds a row that the table has never had. */
		add(row: JournalRow): void {
			fresh.add(row.call);
			change(row, row);
		},
		change,
		isPending: ({ call }: JournalRow): boolean => pending.has(call),
		/** Whether all of these are in the table, or nothing can be; false where it takes too long. */
		areSaved: async (calls: readonly string[]): Promise<boolean> =>
			calls.length === 0 || (await table.inTime(flushAll)),
	};
}

const rowsGone = (): Error => new Error('its rows are gone as soon as they are written');
