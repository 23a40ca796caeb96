import type { IExecuteFunctions } from 'n8n-workflow';

/** What is used here of the variables that expressions have. */
export interface WorkflowVariables {
	$runIndex?: number;
	$?(node: string): { isExecuted?: boolean };
	$execution?: {
		customData?: { get(key: string): string | undefined; set(key: string, value: string): void };
	};
}

/** n8n evaluates all of them at once; what is used of them is the same for every item. */
export const variablesOf = (context: IExecuteFunctions): WorkflowVariables =>
	context.getWorkflowDataProxy(0);

/** Whether a node has run in this execution. */
export const isExecuted = (variables: WorkflowVariables, node: string): boolean =>
	variables.$?.(node).isExecuted === true;
