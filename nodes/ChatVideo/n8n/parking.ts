import type { IContextObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { ChatError } from '../chat/errors';
import { isRecord } from '../chat/json';
import { shortestSleep } from '../call/sleep';
import type { ItemOutcome } from './item';
import type { Journal } from './journal';
import { lifecycleOf } from './lifecycle';
import { obstacleTo } from './sleepObstacles';

/** What a run of the node leaves in its context when it falls asleep; the ledger knows the rest. */
interface Parked {
	execution: string;
	/** How often the node had run before in it. */
	run: number;
	/** By item: what was refused free of charge is in no ledger, and would be sent again. */
	failed: Record<number, Pick<ChatError, 'kind' | 'message' | 'facts'>>;
	/** n8n says anew at each wake how long the execution may take; some of them mean from its start on. */
	awakeFrom?: number | undefined;
}

const lastLook = 15_000; // ms; a task's answer may take as long

/**
 * How a run of the node falls asleep, and how it goes on after that.
 *
 * @param run how often the node has run before in this execution
 */
export function createParking(context: IExecuteFunctions, run: number) {
	const execution = context.getExecutionId();
	const calls = context.getContext('node');
	const parked = takeParked(calls, execution, run);
	const { endsAt, runAgainAt } = lifecycleOf(context);
	const awakeFrom = parked?.awakeFrom ?? (endsAt && endsAt - lastLook);
	const isEnding = awakeFrom !== undefined && awakeFrom - Date.now() < shortestSleep;
	const reasons = new Set<string>();
	const stayedAwake = (because: string): void => {
		if (reasons.has(because)) return;
		reasons.add(because);
		context.logger.info(`Chat Video: it does not sleep, as ${because}`);
	};
	let obstacle: string | undefined;
	return {
		/** The run goes on after a sleep. */
		isAwake: parked !== undefined,
		/**
		 * When the execution is to be awake at the latest, in milliseconds since 1970: n8n ends it soon
		 * after. Absent where n8n has no time for its end.
		 */
		awakeFrom,
		/** How an item had failed before the run fell asleep. */
		errorBefore(item: number): ChatError | undefined {
			const failed = parked?.failed[item];
			return failed && new ChatError(failed.kind, failed.message, failed.facts);
		},
		/** Whether a call may sleep in this execution; where it may not, the log says why. */
		maySleep(): boolean {
			obstacle ??= obstacleTo(context);
			if (isEnding) stayedAwake('n8n ends the execution before it would wake');
			if (obstacle !== '') stayedAwake(obstacle);
			return obstacle === '';
		},
		/** Says why something did not sleep, each reason once. */
		stayedAwake,
		/**
		 * Puts the run to sleep in n8n's database, once for all its items, until the first of those calls
		 * is to be looked at. Then n8n runs the node again.
		 *
		 * @returns what the node puts out until then
		 */
		async sleep(
			outcomes: readonly ItemOutcome[],
			journal: Journal,
		): Promise<INodeExecutionData[][]> {
			const looks = outcomes.flatMap((each) => (each.kind === 'asleep' ? [each.lookAt] : []));
			const until = new Date(Math.max(Math.min(...looks), Date.now() + shortestSleep));
			const left: Parked = { execution, run, failed: failedOf(outcomes), awakeFrom };
			calls.chatVideoParked = left;
			await journal.sleepUntil(until);
			await runAgainAt?.(until);
			return [[]];
		},
	};
}

/** Takes what a run has left in the node's context, if it is this run that fell asleep. */
function takeParked(calls: IContextObject, execution: string, run: number): Parked | undefined {
	const found: unknown = calls.chatVideoParked;
	delete calls.chatVideoParked;
	if (!isRecord(found) || found.execution !== execution || found.run !== run) return undefined;
	// A node that was updated meanwhile may have kept less.
	const { failed = {}, awakeFrom } = found as Partial<Parked>;
	return { execution, run, failed, awakeFrom };
}

/** An error that is not ours comes again when its item is read again. */
const failedOf = (outcomes: readonly ItemOutcome[]): Parked['failed'] =>
	Object.fromEntries(
		outcomes.flatMap((outcome, item) => {
			if (outcome.kind !== 'failed' || !(outcome.cause instanceof ChatError)) return [];
			const { kind, message, facts } = outcome.cause;
			return [[item, { kind, message, facts: { ...facts, cause: undefined } }] as const];
		}),
	);
