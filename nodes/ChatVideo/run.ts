import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { toErrorItem } from './n8n/errorItem';
import { linesOfEarlierTry, linesOfOther } from './n8n/errorLines';
import { giveHints } from './n8n/hints';
import type { ItemOutcome } from './n8n/item';
import { toNodeError } from './n8n/nodeError';
import { operations, type OperationName } from './operations';
import { isAsleep } from './call/sleep';
import type { Job, Operation } from './operations/operation';
import { optionsParameter } from './operations/options';
import { createSession, type Session } from './n8n/session';

/**
 * Runs the node: every item through its operation, in order. All items are read before anything
 * is sent, so a bad parameter in the last one costs nothing. When one fails, those in flight are
 * finished, as they are paid for, and no new ones are started.
 */
export async function run(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const session = createSession(this);
	try {
		const operation: Operation = operations[this.getNodeParameter('operation', 0) as OperationName];
		const jobs = await prepareAll(this, session, operation);
		const outcomes = await performAll(jobs, concurrencyOf(this), this.continueOnFail());
		const failed = outcomes.findIndex(({ kind }) => kind === 'failed');
		const failure = outcomes[failed];
		if (failure?.kind === 'failed' && !this.continueOnFail()) {
			throw toRunError(this, session, failure.cause, failed);
		}
		if (outcomes.some(({ kind }) => kind === 'asleep')) {
			return await session.parking.sleep(outcomes, session.journal);
		}
		giveHints(this, outcomes, operation.costs);
		session.putOut();
		// n8n takes an error in the first item for one of the whole node, and runs it again.
		const isRunAgain = this.getNode().retryOnFail === true && failed === 0;
		if (!isRunAgain) session.files.release();
		return [outcomes.flatMap((outcome, index) => toItems(this, session, outcome, index))];
	} finally {
		session.close();
	}
}

async function prepareAll(
	context: IExecuteFunctions,
	session: Session,
	operation: Operation,
): Promise<Job[]> {
	const jobs: Job[] = [];
	for (const index of context.getInputData().keys()) {
		try {
			const before = session.parking.errorBefore(index);
			if (before !== undefined) throw before;
			jobs.push(await operation.prepare({ context, index, session }));
		} catch (cause) {
			if (!context.continueOnFail()) throw toRunError(context, session, cause, index);
			jobs.push(() => Promise.reject(cause));
		}
	}
	return jobs;
}

/** Jobs in order, a number of them at a time; after a failure that ends the run none is started. */
async function performAll(
	jobs: readonly Job[],
	concurrency: number,
	goOn: boolean,
): Promise<readonly ItemOutcome[]> {
	const outcomes: ItemOutcome[] = [];
	const waiting = jobs.entries();
	let stopped = false;
	const work = async (): Promise<void> => {
		for (const [index, job] of waiting) {
			const outcome = await perform(job);
			outcomes[index] = outcome;
			stopped ||= outcome.kind === 'failed' && !goOn;
			if (stopped) return;
		}
	};
	await Promise.all(Array.from({ length: Math.min(concurrency, jobs.length) }, work));
	return outcomes;
}

const perform = (job: Job): Promise<ItemOutcome> =>
	job().then(
		(made): ItemOutcome => (isAsleep(made) ? made : { kind: 'done', items: [made].flat() }),
		(cause: unknown) => ({ kind: 'failed', cause }),
	);

function toItems(
	context: IExecuteFunctions,
	session: Session,
	outcome: ItemOutcome,
	index: number,
): INodeExecutionData[] {
	if (outcome.kind === 'asleep') return [];
	if (outcome.kind === 'failed') {
		return [
			toErrorItem(context, index, outcome.cause, session.ledger.paid(session.run).get(index)),
		];
	}
	return outcome.items.map((item) => ({ ...item, pairedItem: { item: index } }));
}

/** The error that ends a run, with what each item has paid for in this try or before. */
function toRunError(
	context: IExecuteFunctions,
	session: Session,
	cause: unknown,
	failed: number,
): Error {
	const paid = session.ledger.paid(session.run);
	const others = [...paid].filter(([index]) => index !== failed);
	return toNodeError(context.getNode(), cause, failed, [
		...linesOfEarlierTry(cause, paid.get(failed)),
		...others.flatMap(([index, facts]) => linesOfOther(index, facts)),
	]);
}

/** The first item's options say how many at a time; one that cannot be read is refused by itself. */
function concurrencyOf(context: IExecuteFunctions): number {
	try {
		return optionsParameter({ context, index: 0 }).maxConcurrency;
	} catch {
		return 1;
	}
}
