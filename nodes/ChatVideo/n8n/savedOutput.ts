import type { IExecuteFunctions, IRunExecutionData } from 'n8n-workflow';
import { within } from '../transport/within';
import type { JournalRow } from './journalRow';

/** Milliseconds for all executions together; n8n gives each as a whole, and some are large. */
const patience = 30_000;

/**
 * Says of rows whether an execution has put their videos out, by what n8n has saved of it: a process
 * may die after that, and before it could note so in the row. Each execution is read once; one that
 * cannot be read has put nothing out.
 */
export function createSavedOutput(
	context: IExecuteFunctions,
): (row: JournalRow) => Promise<boolean> {
	const end = Date.now() + patience;
	const videos = new Map<string, ReadonlySet<unknown>>();
	return async ({ taskId, videoUrl, executions, recoveredBy }) => {
		for (const execution of `${executions}|${recoveredBy}`.split('|').filter(isId)) {
			const found = videos.get(execution) ?? (await read(context, execution, end));
			videos.set(execution, found);
			if (found.has(taskId || videoUrl)) return true;
		}
		return false;
	};
}

/** Among the executions of a row is a sign that one is unknown. */
const isId = (text: string): boolean => /\w/.test(text);

/** What n8n cannot read, or takes too long over, must not keep anybody from a video. */
async function read(
	context: IExecuteFunctions,
	execution: string,
	end: number,
): Promise<ReadonlySet<unknown>> {
	const left = end - Date.now();
	if (left <= 0) return new Set();
	try {
		const data = await within(context.getExecutionDataById(execution), left);
		return new Set(data !== undefined && isOver(data) ? videosOf(data) : []);
	} catch {
		return new Set();
	}
}

/** The tasks and links of all videos that were put out. */
function videosOf({ resultData }: IRunExecutionData): unknown[] {
	const runs = Object.values(resultData.runData).flat();
	const items = runs.flatMap(({ data = {} }) => Object.values(data).flat(2));
	return items.flatMap((item) => {
		// On the error output the fields of the input, which may be a video, stand around the error.
		const { status, taskId, videoUrl, error } = item?.json ?? {};
		return status === 'completed' && error === undefined ? [taskId, videoUrl] : [];
	});
}

/**
 * Whether n8n has seen the end of an execution, or has put it to wait, as `onEnd` in `lifecycle.ts`.
 * With Save Execution Progress the data of one that died looks nearly the same: there is more to be
 * run, or n8n has written into it that a node crashed.
 */
function isOver({ resultData, executionData, waitTill }: IRunExecutionData): boolean {
	if (resultData.error !== undefined) {
		const runs = Object.values(resultData.runData).flat();
		return runs.every(({ executionStatus }) => executionStatus !== 'crashed');
	}
	const [next] = executionData?.nodeExecutionStack ?? [];
	if (waitTill) return next?.node.name === resultData.lastNodeExecuted;
	const { length: unmerged } = Object.keys(executionData?.waitingExecution ?? {});
	return next === undefined && unmerged === 0;
}
