import type { IContextObject, IExecuteFunctions } from 'n8n-workflow';
import type { TaskLinks } from '../chat/errors';
import { createLedger, type Ledger } from '../call/ledger';
import { createConnections, type Connections } from './connections';
import { isTool } from './isTool';
import { journalOf, type Journal } from './journal';
import { createKeptFiles, type KeptFiles } from './keptFiles';
import { createParking, type Parking } from './parking';
import { createTaskNotes } from './taskNotes';
import { isExecuted, variablesOf } from './variables';

/** What all items of one run of the node share. */
export interface Session {
	/** How often the node has run before in this execution, as in a loop. */
	readonly run: number;
	/** n8n's Stop. */
	readonly cancel: AbortSignal | undefined;
	readonly connections: Connections;
	readonly ledger: Ledger;
	/** The ledger's calls where they outlive the process. */
	readonly journal: Journal;
	/** What was downloaded in this run of the node, by this try or an earlier one. */
	readonly files: KeptFiles;
	readonly parking: Parking;
	/** Keeps a task where it can be found again. */
	remember(index: number, task: TaskLinks): void;
	/** A row of the journal is about to be put out. */
	ready(row: string | undefined): void;
	/** The node puts out all that is ready. */
	putOut(): void;
	close(): void;
}

/** Opens what the items of one run share; `close` it when they are done. */
export function createSession(context: IExecuteFunctions): Session {
	const calls = context.getContext('node');
	const node = context.getNode();
	const byDigest = isTool(node);
	const variables = variablesOf(context);
	const hasRun = context.getMode() === 'retry' && isExecuted(variables, node.name);
	const { $runIndex: shown = 0 } = variables;
	const run = shown - lostRuns(calls, hasRun ? shown : 0);
	const connections = createConnections(context);
	const parking = createParking(context, run);
	const journal = journalOf(context, { byDigest, hasRun, isAwake: parking.isAwake });
	const ledger = createLedger(calls, {
		byDigest,
		hasRun,
		onRecord: (call, entry) => journal.record(call, entry),
	});
	const ready: string[] = [];
	return {
		run,
		cancel: context.getExecutionCancelSignal(),
		connections,
		ledger,
		journal,
		files: createKeptFiles(context, run),
		parking,
		remember: createTaskNotes(context, variables, ledger.paid(run)),
		ready(row) {
			if (row !== undefined) ready.push(row);
		},
		putOut: () => journal.handOver(ready),
		close() {
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
