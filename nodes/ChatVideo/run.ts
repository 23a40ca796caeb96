import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { ChatError } from './chat/errors';
import type { Line, Part } from './n8n/description';
import { toErrorItem, toNodeError } from './n8n/nodeError';
import { errorBefore, sleepWith, type Outcome } from './n8n/parking';
import { operations, type OperationName } from './operations';
import type { PaidFacts } from './call/ledger';
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
		const jobs = await prepareAll(this, session);
		const outcomes = await performAll(jobs, concurrencyOf(this), this.continueOnFail());
		const failed = outcomes.findIndex((outcome) => outcome?.kind === 'failed');
		const outcome = outcomes[failed];
		if (outcome?.kind === 'failed' && !this.continueOnFail()) {
			throw toRunError(this, session, outcome.cause, failed);
		}
		if (outcomes.some((made) => made?.kind === 'asleep')) {
			return await sleepWith(this, session, outcomes);
		}
		summarize(this, outcomes);
		const areMade = outcomes.every((made) => made?.kind === 'done');
		if (areMade && operationOf(this).costs) hintAtCost(this);
		session.putOut();
		if (!isRunAgain(this, outcomes)) session.files.release();
		return [outcomes.flatMap((outcome, index) => toItems(this, session, outcome, index))];
	} finally {
		session.close();
	}
}

/** n8n takes an error in the first item for one of the whole node. */
const isRunAgain = (
	context: IExecuteFunctions,
	[first]: ReadonlyArray<Outcome | undefined>,
): boolean => context.getNode().retryOnFail === true && first?.kind === 'failed';

const operationOf = (context: IExecuteFunctions): Operation =>
	operations[context.getNodeParameter('operation', 0) as OperationName];

async function prepareAll(context: IExecuteFunctions, session: Session): Promise<Job[]> {
	const operation = operationOf(context);
	const jobs: Job[] = [];
	for (const index of context.getInputData().keys()) {
		try {
			const before = errorBefore(session.parked, index);
			if (before !== undefined) throw before;
			jobs.push(await operation.prepare({ context, index, session }));
		} catch (cause) {
			if (!context.continueOnFail()) throw toRunError(context, session, cause, index);
			jobs.push(() => Promise.reject(cause));
		}
	}
	return jobs;
}

/** Jobs in order, a number of them at a time; what is not started after a failure stays empty. */
async function performAll(
	jobs: readonly Job[],
	concurrency: number,
	goOn: boolean,
): Promise<ReadonlyArray<Outcome | undefined>> {
	const outcomes = new Array<Outcome | undefined>(jobs.length).fill(undefined);
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

const perform = (job: Job): Promise<Outcome> =>
	job().then(
		(made): Outcome => (isAsleep(made) ? made : { kind: 'done', items: [made].flat() }),
		(cause: unknown) => ({ kind: 'failed', cause }),
	);

function toItems(
	context: IExecuteFunctions,
	session: Session,
	outcome: Outcome | undefined,
	index: number,
): INodeExecutionData[] {
	if (outcome?.kind === 'done') {
		return outcome.items.map((item) => ({ ...item, pairedItem: { item: index } }));
	}
	const cause = outcome?.kind === 'failed' ? outcome.cause : undefined;
	const paid = session.paid().get(index);
	const error = toNodeError(context.getNode(), cause, index, ownLines(cause, paid));
	return [toErrorItem(error, cause, { context, index, paid })];
}

/** The error that ends a run, with what each item has paid for in this try or before. */
function toRunError(
	context: IExecuteFunctions,
	session: Session,
	cause: unknown,
	failed: number,
): Error {
	const paid = session.paid();
	const others = [...paid].flatMap(([index, facts]): Line[] => {
		const found = partsOf(facts);
		return index === failed || found.length === 0 ? [] : [[`Item ${index} has `, ...found]];
	});
	const own = ownLines(cause, paid.get(failed));
	return toNodeError(context.getNode(), cause, failed, [...own, ...others]);
}

/** What an earlier try of an item may have cost, where this one ended before it could ask. */
function ownLines(cause: unknown, paid: PaidFacts | undefined): Line[] {
	if (paid === undefined || cause instanceof ChatError) return [];
	const found = partsOf(paid);
	if (found.length === 0)
		return ['An earlier try of this item was sent, and may have been charged.'];
	return [['An earlier try of this item has ', ...found]];
}

/** A task and its videos, or what leads to them. */
function partsOf({ task = {} }: PaidFacts): Part[] {
	const { taskId, taskIds = [], sourceUrl, previewUrl, videoUrl, videoUrls = [] } = task;
	const others = taskIds.filter((id) => id !== taskId);
	const leads = videoUrl === undefined ? [sourceUrl, previewUrl] : [videoUrl];
	const links = [...new Set([...leads, ...videoUrls])];
	const name: Part[] = taskId === undefined ? [] : [`task ${[taskId, ...others].join(' and ')}`];
	return links.reduce<Part[]>((parts, link) => {
		if (link === undefined) return parts;
		const joint = parts.length === 0 ? [] : [parts === name ? ': ' : ', '];
		return [...parts, ...joint, { link }];
	}, name);
}

/** Sums up what became of the items, where not all of them came out well. */
function summarize(context: IExecuteFunctions, outcomes: ReadonlyArray<Outcome | undefined>): void {
	if (typeof context.addExecutionHints !== 'function') return;
	const items = outcomes.flatMap((outcome) => (outcome?.kind === 'done' ? outcome.items : []));
	const withoutFile = items.filter(({ json }) => json.download !== undefined);
	if (withoutFile.length > 0) {
		const message = `${withoutFile.length} of ${items.length} items lack a file that could not be downloaded: their field "download" says why`;
		context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	}
	const failed = outcomes.flatMap((outcome) => (outcome?.kind === 'failed' ? [outcome.cause] : []));
	if (failed.length === 0) return;
	const charged = failed.filter(
		(cause) => cause instanceof ChatError && cause.facts.billing !== 'none',
	);
	const done = `${outcomes.length - failed.length} of ${outcomes.length} videos completed`;
	const cost = charged.length === 0 ? '' : `; ${charged.length} may have been charged`;
	context.addExecutionHints({ message: done + cost, type: 'warning', location: 'outputPane' });
}

/** After a run by hand, as who builds a workflow runs its nodes again and again. */
function hintAtCost(context: IExecuteFunctions): void {
	if (context.getMode() !== 'manual' || typeof context.addExecutionHints !== 'function') return;
	context.addExecutionHints({
		message:
			'Running this node again pays for another video. To keep this one, pin it: select the node on the canvas and press P.',
		type: 'info',
		location: 'outputPane',
	});
}

/** The first item's options say how many at a time; one that cannot be read is refused by itself. */
function concurrencyOf(context: IExecuteFunctions): number {
	try {
		return optionsParameter({ context, index: 0 }).maxConcurrency;
	} catch {
		return 1;
	}
}
