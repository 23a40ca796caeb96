import type { IExecuteFunctions } from 'n8n-workflow';
import type { PaidFacts } from '../call/ledger';
import type { TaskLinks } from '../chat/errors';
import type { WorkflowVariables } from './variables';

/**
 * Keeps tasks where they can be found again, each once: in the log, and in the custom data of the
 * execution.
 *
 * @param paid what earlier tries have noted, by item
 */
export function createTaskNotes(
	{ logger }: IExecuteFunctions,
	variables: WorkflowVariables,
	paid: ReadonlyMap<number, PaidFacts>,
): (index: number, task: TaskLinks) => void {
	const noted = new Map([...paid].map(([index, { task = {} }]) => [index, idsOf(task)]));
	return (index, task) => {
		const before = noted.get(index) ?? [];
		const ids = idsOf(task);
		noted.set(index, [...new Set([...before, ...ids])]);
		for (const taskId of ids.filter((id) => !before.includes(id))) {
			logger.info(`Chat Video: task ${taskId} was started for item ${index}`, { taskId });
			noteCustomData(variables, taskId);
		}
	};
}

/** A relay that tries again starts several. */
const idsOf = ({ taskId, taskIds = [] }: TaskLinks): readonly string[] => [
	...new Set(taskId === undefined ? taskIds : [...taskIds, taskId]),
];

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
