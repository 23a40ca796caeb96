import { type IRunExecutionData, UserError, type Workflow } from 'n8n-workflow';
import { toSaved } from './engineRun';

/**
 * What the button Retry Execution does to the data of a failed run (n8n's `ExecutionService.retry`):
 * the error and the failed node's last result go, its place on the stack stays, and so does all that
 * nodes wrote with `getContext`.
 */
export function toRetryData(previous: IRunExecutionData, workflow: Workflow): IRunExecutionData {
	const data = toSaved(previous);
	const { resultData, executionData } = data;
	delete resultData.error;
	const results = resultData.runData[resultData.lastNodeExecuted ?? ''] ?? [];
	if (results.at(-1)?.error) results.pop();
	for (const entry of executionData?.nodeExecutionStack ?? []) {
		const node = workflow.getNode(entry.node.name);
		if (!node) throw new UserError(`The workflow has no node "${entry.node.name}" any more.`);
		entry.node = node;
	}
	return data;
}
