import {
	journalColumns,
	toJournalRow,
	type JournalRow,
} from '../../nodes/ChatVideo/n8n/journalRow';
import type { JournalTable } from '../../nodes/ChatVideo/n8n/journalTable';
import { createJournalWriter } from '../../nodes/ChatVideo/n8n/journalWriter';

/** A table that has lost a row before its first write; it keeps what each write brings. */
function forgetfulTable(written: Array<ReadonlyArray<Partial<JournalRow>>>): JournalTable {
	const rows = {
		async write(changed: ReadonlyArray<Partial<JournalRow>>) {
			written.push(changed);
			return written.length === 1 ? changed.map(({ call }) => call) : [];
		},
		insert: async () => {},
	};
	const inTurn = async (work: (queries: typeof rows) => Promise<void>): Promise<boolean> => {
		await work(rows);
		return true;
	};
	return { inTurn, inTime: inTurn } as unknown as JournalTable;
}

describe('a row that its user has deleted meanwhile', () => {
	it('comes again whole, with what was changed last', async () => {
		const written: Array<ReadonlyArray<Partial<JournalRow>>> = [];
		const writer = createJournalWriter(forgetfulTable(written));
		const row = toJournalRow({ call: 'a', status: 'task', prompt: 'A kitten', nodeId: 'n' });

		writer.change(row, { status: 'failed', note: 'no luck' });
		expect(await writer.areSaved(['a'])).toBe(true);

		const [again = {}] = written[1] ?? [];
		expect(Object.keys(again).sort()).toEqual([...journalColumns].sort());
		expect(again).toMatchObject({ prompt: 'A kitten', status: 'failed', note: 'no luck' });
	});
});
