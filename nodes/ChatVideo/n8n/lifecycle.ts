import type {
	IExecuteData,
	IExecuteFunctions,
	IRun,
	IRunExecutionData,
	IWorkflowSettings,
} from 'n8n-workflow';
import { environment } from '../transport/node/environment';

/** What n8n knows of an execution and hands to nodes privately; any of it may be missing. */
export interface Lifecycle {
	/** The execution whose Retry this one is; empty where n8n does not say which, as before 2.9. */
	retryOf: string | undefined;
	/** When it is ended for taking too long, in milliseconds since 1970. */
	endsAt: number | undefined;
	/** Another workflow waits for this one, and would not get all that comes after a sleep. */
	isCalled: boolean;
	/**
	 * Calls back when the execution is over and n8n has saved it, or has put it to wait.
	 * False where that cannot be known.
	 *
	 * @param then hears whether what nodes put out is now elsewhere: in the database, or handed on
	 */
	onEnd(then: (isKept: boolean) => Promise<void>): boolean;
	/**
	 * Puts the execution to wait, and has n8n run this node again then, with what it has now. To be
	 * called last; absent where this n8n cannot.
	 */
	runAgainAt?(time: Date): Promise<void>;
}

interface AdditionalData {
	hooks?: Hooks;
	executionTimeoutTimestamp?: number;
}

interface Hooks {
	retryOf?: string;
	workflowData?: { settings?: IWorkflowSettings };
	addHandler?(name: 'workflowExecuteAfter', then: (run: IRun) => Promise<void>): void;
	addHandler?(
		name: 'nodeExecuteAfter',
		then: (node: string, task: unknown, data: IRunExecutionData) => Promise<void>,
	): void;
}

/** n8n's public `onExecutionFinish` says neither how an execution ended nor that it waits. */
export function lifecycleOf(context: IExecuteFunctions): Lifecycle {
	const { additionalData: { hooks, executionTimeoutTimestamp: endsAt } = {}, runExecutionData } =
		context as unknown as { additionalData?: AdditionalData; runExecutionData?: IRunExecutionData };
	return {
		endsAt,
		isCalled: context.getMode() === 'integrated' && !mayCallerWait(runExecutionData),
		retryOf: context.getMode() === 'retry' ? (hooks?.retryOf ?? '') : undefined,
		onEnd(then) {
			if (typeof hooks?.addHandler !== 'function') return false;
			const keepsFailed = areFailedKept(hooks.workflowData?.settings);
			hooks.addHandler('workflowExecuteAfter', async ({ status }) => {
				await then(keepsFailed || status === 'success' || status === 'waiting');
			});
			return true;
		},
		...(canRunAgain(context, hooks) && {
			async runAgainAt(time) {
				const { name } = context.getNode();
				let isQueued = false;
				hooks.addHandler('nodeExecuteAfter', async (node, _, data) => {
					if (isQueued || node !== name) return;
					isQueued = true;
					queueAgain(context.getExecuteData(), data);
				});
				await context.putExecutionToWait(time);
			},
		}),
	};
}

/** Whether n8n saves executions that fail, by the workflow's settings, else by those of all. */
function areFailedKept({ saveDataErrorExecution: own }: IWorkflowSettings = {}): boolean {
	const isOwn = own !== undefined && own !== 'DEFAULT';
	return (isOwn ? own : environment('EXECUTIONS_DATA_SAVE_ON_ERROR')) !== 'none';
}

/**
 * Whether the workflow that has called this one wakes with what comes of it. n8n wakes it with the
 * first of its calls that is done, and forgets the others; an agent reads that its tool waits. Both
 * call with one item at a time.
 */
function mayCallerWait(data: IRunExecutionData | undefined): boolean {
	if (data?.parentExecution === undefined) return false;
	const [[called] = []] = Object.values(data.resultData.runData);
	const items = called?.data?.main?.[0]?.length ?? 0;
	return data.parentExecution.shouldResume === false || items > 1;
}

function canRunAgain(
	{ putExecutionToWait, getExecuteData }: IExecuteFunctions,
	hooks: Hooks | undefined,
): hooks is Required<Hooks> {
	return [putExecutionToWait, getExecuteData, hooks?.addHandler].every(
		(method) => typeof method === 'function',
	);
}

/**
 * n8n takes it for granted that a node has done its work when its wait is over: of the entries that
 * are to be run it disables the first, which is the one that waits, and hands its input on. So that
 * one becomes an entry without input, which hands on nothing, and the node's own comes after it.
 * It goes by the name of another node, as Retry puts the same node in the place of all entries of a
 * name: of the first that ran, which does not run again.
 */
function queueAgain(waiting: IExecuteData, { resultData, executionData }: IRunExecutionData): void {
	const { name } = waiting.node;
	const first = Object.keys(resultData.runData).find((other) => other !== name) ?? name;
	executionData?.nodeExecutionStack.unshift({ ...waiting, node: { ...waiting.node } });
	Object.assign(waiting, {
		node: { ...waiting.node, name: first, alwaysOutputData: false },
		data: { main: [] },
		source: null,
		metadata: { nodeWasResumed: true },
	} satisfies IExecuteData);
}
