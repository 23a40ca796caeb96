import { createRunExecutionData, type IRunExecutionData } from 'n8n-workflow';
import type { DataTables } from './dataTables';
import type { Engine, RunOptions } from './engine';
import { EngineRun, toSaved } from './engineRun';
import type { WorkflowJson } from './engineWorkflow';

/** When a process ends: at an access to the data tables, before or after it is written, or at a time. */
export type Moment =
	{ kind: 'access'; count: number; isWritten: boolean } | { kind: 'until'; over: Promise<unknown> };

export interface Life extends RunOptions {
	tables: DataTables;
	/** n8n's setting "Save execution progress". */
	savesProgress?: boolean;
	moment: Moment;
}

/** What is left of an execution: all of it where it was over before the process ended. */
export interface Left {
	id: string;
	/** What n8n finds in its database, for `previous`. */
	saved: IRunExecutionData;
	run?: EngineRun;
}

/**
 * Runs a workflow in a process that is killed: what it does afterwards reaches neither the relay nor
 * the data tables, and n8n has stored what it stores while a workflow runs.
 */
export async function runUntil(engine: Engine, json: WorkflowJson, life: Life): Promise<Left> {
	const { tables, savesProgress = false, moment, ...options } = life;
	const process = new AbortController();
	const { signal } = process;
	let accesses = 0;
	let id = '';
	let saved = options.asleep?.saved ?? options.previous ?? toFirstData(json, options);
	const save = (data: IRunExecutionData): void => {
		saved = toSaved(data);
		tables.executions.set(id, saved);
	};
	/** From here on n8n has all of it. */
	let over: EngineRun | undefined;
	const started: string[] = [];
	const finished: string[] = [];
	const { executeWorkflow, getRunExecutionData } = tables.additionalData;
	const running = engine.run(json, {
		...options,
		signal,
		hooks: {
			workflowExecuteBefore() {
				id = this.executionId;
			},
			workflowExecuteAfter(run) {
				if (signal.aborted) return;
				over = new EngineRun(id, run, [], undefined);
				save(run.data);
			},
			nodeExecuteBefore(name) {
				if (!signal.aborted) started.push(name);
			},
			nodeExecuteAfter(name, _, data) {
				if (signal.aborted) return;
				finished.push(name);
				if (savesProgress)
					save({ ...data, resultData: { ...data.resultData, lastNodeExecuted: name } });
			},
		},
		additionalData: {
			getRunExecutionData,
			async executeWorkflow(...asked) {
				const isLast = moment.kind === 'access' && ++accesses === moment.count;
				if (isLast && !moment.isWritten) process.abort();
				signal.throwIfAborted();
				const answer = await executeWorkflow(...asked);
				if (isLast) process.abort();
				signal.throwIfAborted();
				return answer;
			},
		},
	});
	running.catch(() => {});
	const killed = new Promise<undefined>((resolve) => {
		signal.addEventListener('abort', () => resolve(undefined));
	});
	if (moment.kind === 'until') void moment.over.then(() => process.abort());
	const run = (await Promise.race([running, killed])) ?? over;
	if (run !== undefined) return { id, saved: run.saved, run };
	save(amend(toSaved(saved), json, started, finished));
	return { id, saved };
}

function toFirstData(
	json: WorkflowJson,
	{ items = [{ json: {} }] }: RunOptions,
): IRunExecutionData {
	const [node] = json.nodes;
	if (node === undefined) throw new Error('The workflow has no node.');
	return createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node, data: { main: [items] }, source: null }] },
	});
}

/** As n8n mends an execution that it finds unfinished when it starts, by its log of events. */
function amend(
	data: IRunExecutionData,
	{ nodes }: WorkflowJson,
	started: readonly string[],
	finished: readonly string[],
): IRunExecutionData {
	const { resultData } = data;
	for (const { name } of nodes) {
		if (!started.includes(name) || resultData.runData[name] !== undefined) continue;
		const isFinished = finished.includes(name);
		if (!isFinished) resultData.error = { message: 'Workflow did not finish' } as never;
		const run = { startTime: 0, executionIndex: 0, executionTime: 0, source: [null] };
		const item = { json: { isArtificialRecoveredEventItem: true } };
		resultData.lastNodeExecuted = name;
		resultData.runData[name] = [
			isFinished
				? { ...run, executionStatus: 'success', data: { main: [[item]] } }
				: { ...run, executionStatus: 'crashed', error: { message: 'Node crashed' } as never },
		];
	}
	return data;
}
