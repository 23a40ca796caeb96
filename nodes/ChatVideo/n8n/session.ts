import type { IContextObject, IExecuteFunctions } from 'n8n-workflow';
import { createLedger } from '../call/ledger';
import { createConnections } from './connections';
import { isTool } from './isTool';
import { journalOf } from './journal';
import { createKeptFiles } from './keptFiles';
import { createParking } from './parking';
import { createTaskNotes } from './taskNotes';
import { isExecuted, variablesOf } from './variables';

/** What all items of one run of the node share. */
export type Session = ReturnType<typeof createSession>;

/** Opens what the items of one run share; `close` it when they are done. */
export function createSession(context: IExecuteFunctions) {
	const calls = context.getContext('node');
	const node = context.getNode();
	const variables = variablesOf(context);
	const hasRun = context.getMode() === 'retry' && isExecuted(variables, node.name);
	const { $runIndex: shown = 0 } = variables;
	const run = shown - lostRuns(calls, hasRun ? shown : 0);
	const connections = createConnections(context);
	const parking = createParking(context, run);
	const journal = journalOf(context, { hasRun, isAwake: parking.isAwake });
	const ledger = createLedger(calls, {
		byDigest: isTool(node),
		hasRun,
		onRecord: (call, entry) => journal.record(call, entry),
	});
	const ready: string[] = [];
	return {
		/** How often the node has run before in this execution, as in a loop. */
		run,
		/** n8n's Stop. */
		cancel: context.getExecutionCancelSignal(),
		connections,
		ledger,
		/** The ledger's calls where they outlive the process. */
		journal,
		/** What was downloaded in this run of the node, by this try or an earlier one. */
		files: createKeptFiles(context, run),
		parking,
		/** Keeps a task where it can be found again. */
		remember: createTaskNotes(context, variables, ledger.paid(run)),
		/** A row of the journal is about to be put out. */
		ready(row: string | undefined): void {
			if (row !== undefined) ready.push(row);
		},
		/** The node puts out all that is ready. */
		putOut: (): void => journal.handOver(ready),
		close(): void {
			journal.close();
			connections.close();
		},
	};
}

/**
 * How many runs of the node n8n shows of which it has kept nothing: after a crash it puts one in the
 * place of all that were, and a retry counts on from there.
 *
 * @param found what n8n shows
 */
function lostRuns(context: IContextObject, found: number): number {
	if (context.chatVideoLedger === undefined) context.chatVideoLostRuns = found;
	return Number(context.chatVideoLostRuns ?? 0);
}
