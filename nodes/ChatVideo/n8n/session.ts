import type { IContextObject, IExecuteFunctions } from 'n8n-workflow';
import type { TaskLinks } from '../chat/errors';
import { createLedger, type Ledger, type PaidFacts } from '../call/ledger';
import { shareCall } from '../call/shareCall';
import { shortestSleep } from '../call/sleep';
import { isTool } from './isTool';
import { createKeptFiles, type KeptFiles } from './keptFiles';
import { journalOf, type Journal } from './journal';
import { awakeFrom, obstacleTo, takeParked, type Parked } from './parking';
import { isRefusedByPolicy } from '../transport/connection';
import type { ClientModule, HttpClient, Lookup } from '../transport/httpClient';

/** n8n's policy for connections, where this n8n has one. */
interface EgressFilter {
	lookup: Lookup;
	allows(url: string): Promise<boolean>;
}

/** What all items of one execution share: connections, n8n's Stop, its policy, what was paid. */
export interface Session {
	/** Connections, opened on first use: loading the client costs more than the rest of the node. */
	client(ignoreSslIssues: boolean): Promise<HttpClient>;
	/** Whether n8n's policy lets a URL be asked. */
	allows(url: string): Promise<boolean>;
	readonly cancel: AbortSignal | undefined;
	readonly ledger: Ledger;
	/** The ledger's calls where they outlive the process. */
	readonly journal: Journal;
	/** What was downloaded in this run of the node, by this try or an earlier one. */
	readonly files: KeptFiles;
	/** What this run of the node left when it fell asleep; absent where it did not. */
	readonly parked: Parked | undefined;
	/** When the execution is to be awake at the latest, where n8n has a time for its end. */
	readonly awakeFrom: number | undefined;
	/** Whether a call may sleep in this execution; where it may not, the log says why. */
	maySleep(): boolean;
	/** Says why something did not sleep, each reason once. */
	stayedAwake(because: string): void;
	/** A row of the journal is about to be put out. */
	ready(row: string | undefined): void;
	/** The node puts out all that is ready. */
	putOut(): void;
	/** Makes a call, or waits for the same one where an agent makes it twice at once. */
	shareCall<Made>(digest: string, make: () => Promise<Made>): Promise<Made>;
	/** How often the node has run before in this execution, as in a loop. */
	readonly run: number;
	/** What was paid for in this run, earlier tries included, by item. */
	paid(): ReadonlyMap<number, PaidFacts>;
	/** Keeps a task where it can be found again: the log, and the execution's custom data. */
	remember(index: number, task: TaskLinks): void;
	/** Ends all connections, whatever is still on them. */
	close(): void;
}

/** Opens what the items of one execution share; `close` it when they are done. */
export function createSession(context: IExecuteFunctions): Session {
	const egress = toEgressFilter(context);
	const calls = context.getContext('node');
	const node = context.getNode();
	const tool = isTool(node);
	// Building the proxy evaluates all of n8n's variables; what is read of it is the same for every item.
	const proxy = context.getWorkflowDataProxy(0) as WorkflowVariables;
	const hasRun = context.getMode() === 'retry' && proxy.$?.(node.name).isExecuted === true;
	const run = (proxy.$runIndex ?? 0) - lostRuns(calls, hasRun ? (proxy.$runIndex ?? 0) : 0);
	const parked = takeParked(calls, context.getExecutionId(), run);
	const journal = journalOf(context, { byDigest: tool, hasRun, isAwake: parked !== undefined });
	const ledger = createLedger(calls, {
		byDigest: tool,
		hasRun,
		onRecord: (call, entry) => journal.record(call, entry),
	});
	const latest = awakeFrom(context, parked);
	const isEnding = latest !== undefined && latest - Date.now() < shortestSleep;
	const ready: string[] = [];
	const reasons = new Set<string>();
	const stayedAwake = (because: string): void => {
		if (reasons.has(because)) return;
		reasons.add(because);
		context.logger.info(`Chat Video: it does not sleep, as ${because}`);
	};
	let obstacle: { because: string | undefined } | undefined;
	const noted = new Map([...ledger.paid(run)].map(([index, { task }]) => [index, task?.taskId]));
	const clients = new Map<boolean, Promise<HttpClient>>();
	const connect = async (ignoreSslIssues: boolean): Promise<HttpClient> => {
		const { createClient }: ClientModule = await import('../transport/node/client');
		const request = context.helpers.httpRequest;
		return createClient({ ignoreSslIssues, lookup: egress?.lookup, request });
	};
	return {
		client(ignoreSslIssues) {
			const client = clients.get(ignoreSslIssues) ?? connect(ignoreSslIssues);
			clients.set(ignoreSslIssues, client);
			return client;
		},
		allows: async (url) => egress === undefined || (await egress.allows(url)),
		cancel: context.getExecutionCancelSignal(),
		ledger,
		journal,
		files: createKeptFiles(context, run),
		parked,
		awakeFrom: latest,
		maySleep() {
			obstacle ??= { because: obstacleTo(context) };
			if (isEnding) stayedAwake('n8n ends the execution before it would wake');
			if (obstacle.because !== undefined) stayedAwake(obstacle.because);
			return obstacle.because === undefined;
		},
		stayedAwake,
		ready(row) {
			if (row !== undefined) ready.push(row);
		},
		putOut: () => journal.handOver(ready),
		shareCall: (digest, make) => (tool ? shareCall(calls, digest, make) : make()),
		run,
		paid: () => ledger.paid(run),
		remember(index, { taskId = '' }) {
			if (noted.get(index) === taskId) return;
			noted.set(index, taskId);
			context.logger.info(`Chat Video: task ${taskId} was started for item ${index}`, { taskId });
			noteCustomData(proxy, taskId);
		},
		close() {
			journal.close();
			for (const created of clients.values()) {
				void created.then((client) => client.close()).catch(() => {});
			}
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

/** An execution holds ten keys, and a workflow may want some. */
const noteKeys = ['', '2', '3', '4', '5'].map((count) => `chatVideoTask${count}`);

/** Makes the execution findable by its task: `chatVideoTask`, `chatVideoTask2` … */
function noteCustomData(variables: WorkflowVariables, taskId: string): void {
	try {
		const notes = variables.$execution?.customData;
		// Earlier tries and other nodes of the workflow have noted theirs.
		const free = noteKeys.find((key) => !notes?.get(key));
		if (free !== undefined) notes?.set(free, taskId.slice(0, 512));
	} catch {
		// A note is a convenience; the task is in the log, the item and the ledger as well.
	}
}

/** What is used here of the variables that expressions have. */
interface WorkflowVariables {
	$runIndex?: number;
	$?(node: string): { isExecuted?: boolean };
	$execution?: {
		customData?: { get(key: string): string | undefined; set(key: string, value: string): void };
	};
}

/** Older versions of n8n have no egress filter. */
function toEgressFilter({ helpers }: IExecuteFunctions): EgressFilter | undefined {
	if (typeof helpers.getSecureEgressFilter !== 'function') return undefined;
	const filter = helpers.getSecureEgressFilter();
	return {
		lookup: filter.createSecureLookup(),
		async allows(url) {
			const result = await filter.validateUrl(url);
			return result.ok || !isRefusedByPolicy(result.error);
		},
	};
}
