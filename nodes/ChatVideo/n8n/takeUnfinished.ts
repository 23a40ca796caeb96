import type { IExecuteFunctions } from 'n8n-workflow';
import type { JournalRow } from './journalRow';
import type { JournalQueries } from './journalQueries';
import { createSavedOutput } from './savedOutput';

/** Which rows, for whom. */
export interface Wanted {
	claim: string;
	service: string;
	/** 0 takes all. */
	limit: number;
	/** Whether this execution has a row already. */
	isTaken(call: string): boolean;
}

/** Claims what was left alone; of that nothing an execution has put out, and no more than is wanted. */
export async function takeUnfinished(
	context: IExecuteFunctions,
	rows: JournalQueries,
	{ claim, service, limit, isTaken }: Wanted,
): Promise<JournalRow[]> {
	const claimed = await rows.claimUnfinished(claim, service);
	const free = claimed.filter(({ call }) => !isTaken(call));
	const wasPutOut = createSavedOutput(context);
	const delivered: string[] = [];
	const taken: JournalRow[] = [];
	for (const row of free) {
		if (limit > 0 && taken.length === limit) break;
		if (await wasPutOut(row)) delivered.push(row.call);
		else taken.push(row);
	}
	await rows.deliver(delivered);
	const left = free.slice(delivered.length + taken.length);
	await rows.putBack(left.map(({ call }) => call));
	return taken;
}
