import type { IContextObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { ChatError } from '../chat/errors';
import { isRecord } from '../chat/json';
import { shortestSleep } from '../call/sleep';
import type { ItemOutcome } from './item';
import { isTool } from './isTool';
import { lifecycleOf } from './lifecycle';
import type { Session } from './session';

/** What a run of the node leaves in its context when it falls asleep; the ledger knows the rest. */
export interface Parked {
	execution: string;
	/** How often the node had run before in it. */
	run: number;
	/** By item: what was refused free of charge is in no ledger, and would be sent again. */
	failed: Record<number, Pick<ChatError, 'kind' | 'message' | 'facts'>>;
	/** n8n says anew at each wake how long the execution may take; some of them mean from its start on. */
	awakeFrom?: number | undefined;
}

const lastLook = 15_000; // ms; a task's answer may take as long

/** When the execution is to be awake at the latest, in milliseconds since 1970: n8n ends it soon after. */
export function awakeFrom(
	context: IExecuteFunctions,
	parked: Parked | undefined,
): number | undefined {
	const { endsAt } = lifecycleOf(context);
	return parked?.awakeFrom ?? (endsAt && endsAt - lastLook);
}

/** Takes what a run has left in the node's context, if it is this run that fell asleep. */
export function takeParked(
	calls: IContextObject,
	execution: string,
	run: number,
): Parked | undefined {
	const found: unknown = calls.chatVideoParked;
	delete calls.chatVideoParked;
	if (!isRecord(found) || found.execution !== execution || found.run !== run) return undefined;
	// A node that was updated meanwhile may have kept less.
	const { failed = {}, awakeFrom: latest } = found as Partial<Parked>;
	return { execution, run, failed, awakeFrom: latest };
}

/** How an item had failed before its run fell asleep. */
export function errorBefore(parked: Parked | undefined, item: number): ChatError | undefined {
	const failed = parked?.failed[item];
	return failed && new ChatError(failed.kind, failed.message, failed.facts);
}

/**
 * Puts a run of the node to sleep in n8n's database, once for all its items, until the first of
 * those calls is to be looked at. Then n8n runs the node again.
 *
 * @returns what the node puts out until then
 */
export async function sleepWith(
	context: IExecuteFunctions,
	session: Pick<Session, 'run' | 'journal' | 'awakeFrom'>,
	outcomes: readonly ItemOutcome[],
): Promise<INodeExecutionData[][]> {
	const looks = outcomes.flatMap((outcome) => (outcome.kind === 'asleep' ? [outcome.lookAt] : []));
	const until = new Date(Math.max(Math.min(...looks), Date.now() + shortestSleep));
	const failed = Object.fromEntries(
		outcomes.flatMap((outcome, item) => {
			// An error that is not ours comes again when its item is read again.
			if (outcome.kind !== 'failed' || !(outcome.cause instanceof ChatError)) return [];
			const { kind, message, facts } = outcome.cause;
			return [[item, { kind, message, facts: { ...facts, cause: undefined } }] as const];
		}),
	);
	const execution = context.getExecutionId();
	const { run, journal, awakeFrom: latest } = session;
	const parked: Parked = { execution, run, failed, awakeFrom: latest };
	context.getContext('node').chatVideoParked = parked;
	await journal.sleepUntil(until);
	await lifecycleOf(context).runAgainAt?.(until);
	return [[]];
}

/** Why nothing sleeps in this execution, as the end of a sentence; undefined where it may. */
export const obstacleTo = (context: IExecuteFunctions): string | undefined =>
	obstacles.find(([, isMet]) => isMet(context))?.[0];

const obstacles: ReadonlyArray<
	readonly [because: string, (context: IExecuteFunctions) => boolean]
> = [
	['an agent waits for its tool', (context) => isTool(context.getNode())],
	['its progress is streamed', (context) => context.isStreaming?.() === true],
	['a caller waits for the answer', hasCaller],
	['a workflow may have called this one for each item', (context) => lifecycleOf(context).isCalled],
	['an evaluation waits for its end', (context) => context.getMode() === 'evaluation'],
	['the workflow is not saved', (context) => !context.getWorkflow().id],
	[
		'this n8n cannot run a node again after a wait',
		(context) => lifecycleOf(context).runAgainAt === undefined,
	],
];

const answersLater = [undefined, 'onReceived', 'responseNode'];

/** n8n answers a caller who waits for the last node as soon as the execution sleeps. */
function hasCaller(context: IExecuteFunctions): boolean {
	const proxy = context.getWorkflowDataProxy(0) as {
		$?(node: string): { isExecuted?: boolean };
	};
	const isExecuted = (name: string): boolean => proxy.$?.(name).isExecuted === true;
	return context
		.getParentNodes(context.getNode().name, { includeNodeParameters: true })
		.filter(({ name }) => isExecuted(name))
		.some(({ type, parameters = {} }) => {
			if (/chatTrigger$/i.test(type)) return true;
			return (
				/webhook|formTrigger$/i.test(type) &&
				!answersLater.some((mode) => mode === parameters.responseMode)
			);
		});
}
