import type {
	IConnections,
	IDataObject,
	INode,
	INodeParameters,
	IPinData,
	IWorkflowSettings,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { builtPackage } from './builtPackage';

/** The part of an exported workflow that decides how it runs. */
export interface WorkflowJson {
	id?: string;
	name?: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IPinData;
}

type NodeSettings = Partial<Omit<INode, 'parameters'>> & { parameters?: IDataObject };

/** The first node of every `chain`. */
export const triggerName = 'When clicking ‘Execute workflow’';

/** A node of this package with the tests' account; `settings` are what n8n's Settings tab holds. */
export function chatVideoNode(settings: NodeSettings = {}): INode {
	return workflowNode({
		name: 'Chat Video',
		type: `${builtPackage.name}.chatVideo`,
		credentials: { chatVideoApi: { id: '1', name: 'Chat Video account' } },
		...settings,
	});
}

/** Any node, with what an export would say about it filled in. */
export function workflowNode({
	name = 'Node',
	type = 'n8n-nodes-base.noOp',
	parameters = {},
	...settings
}: NodeSettings = {}): INode {
	return {
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: parameters as INodeParameters,
		...settings,
	};
}

/** Manual Trigger, then the nodes in a line, each by its first output. */
export function chain(...nodes: INode[]): WorkflowJson {
	const trigger = workflowNode({ name: triggerName, type: 'n8n-nodes-base.manualTrigger' });
	const line = [trigger, ...nodes];
	const links = nodes.map((node, index) => [
		line[index]?.name,
		{ main: [[{ node: node.name, type: NodeConnectionTypes.Main, index: 0 }]] },
	]);
	return { nodes: line, connections: Object.fromEntries(links) as IConnections };
}
