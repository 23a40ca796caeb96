import type { IDataObject, IRunExecutionData } from 'n8n-workflow';
import type { Schedule } from './schedule';

const spoilt: Readonly<Record<Schedule['ledgerIs'], (ledger: IDataObject) => unknown>> = {
	kept: (ledger) => ledger,
	gone: () => undefined,
	'of another version': (ledger) => ({ ...ledger, version: 99 }),
	half: (ledger) => ({ ...ledger, records: { 0: [{ state: 'task' }] } }),
	text: (ledger) => JSON.stringify(ledger),
};

/** What n8n has saved of an execution, with a ledger that an update or a crash has spoilt. */
export function spoilLedger(
	saved: IRunExecutionData,
	{ ledgerIs }: Pick<Schedule, 'ledgerIs'>,
): IRunExecutionData {
	const context = saved.executionData?.contextData['node:Chat Video'];
	if (context?.chatVideoLedger === undefined) return saved;
	const ledger = spoilt[ledgerIs](context.chatVideoLedger as IDataObject);
	if (ledger === undefined) delete context.chatVideoLedger;
	else context.chatVideoLedger = ledger as IDataObject;
	return saved;
}
