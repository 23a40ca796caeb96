import { ExecutionLifecycleHooks } from 'n8n-core';
import type { IWorkflowBase, Workflow, WorkflowExecuteMode } from 'n8n-workflow';

type Handlers = ExecutionLifecycleHooks['handlers'];

/** One listener for each of n8n's lifecycle hooks. */
export type EngineHooks = { [Name in keyof Handlers]?: Handlers[Name][number] };

/** Hooks for one execution, with the listeners in place. */
export function toLifecycle(
	mode: WorkflowExecuteMode,
	executionId: string,
	{ id, name, nodes, connectionsBySourceNode, settings }: Workflow,
	hooks: EngineHooks,
	retryOf?: string,
): ExecutionLifecycleHooks {
	const workflow: IWorkflowBase = {
		id,
		name: name ?? id,
		active: false,
		activeVersionId: null,
		isArchived: false,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		nodes: Object.values(nodes),
		connections: connectionsBySourceNode,
		settings,
	};
	const lifecycle = new ExecutionLifecycleHooks(mode, executionId, workflow, retryOf);
	const listen = <Name extends keyof Handlers>(name: Name) => {
		const handler = hooks[name];
		if (handler) lifecycle.addHandler(name, handler);
	};
	for (const name of Object.keys(lifecycle.handlers)) listen(name as keyof Handlers);
	return lifecycle;
}
