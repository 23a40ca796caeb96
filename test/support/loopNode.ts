import {
	type INode,
	type INodeExecutionData,
	type INodeType,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { chain, workflowNode, type WorkflowJson } from './engineWorkflow';

/** For the engine's `nodes`: what Loop Over Items does, two items at a time. */
export const loopNodes: Record<string, INodeType> = {
	'test.loop': {
		description: {
			name: 'loop',
			displayName: 'Loop',
			group: ['transform'],
			version: 1,
			description: 'Gives two items at a time until none is left',
			defaults: { name: 'Loop' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
			properties: [],
		},
		async execute() {
			const context = this.getContext('node') as { left?: INodeExecutionData[] };
			const left = context.left ?? this.getInputData();
			context.left = left.slice(2);
			return left.length === 0 ? [this.getInputData(), []] : [[], left.slice(0, 2)];
		},
	},
};

/** A workflow in which a node is run by a loop, for two items each time. */
export function inLoop(node: INode): WorkflowJson {
	const loop = workflowNode({ name: 'Loop', type: 'test.loop' });
	const { nodes, connections } = chain(loop);
	const to = (name: string) => [{ node: name, type: NodeConnectionTypes.Main, index: 0 }];
	return {
		nodes: [...nodes, node],
		connections: {
			...connections,
			Loop: { main: [[], to(node.name)] },
			[node.name]: { main: [to('Loop')] },
		},
	};
}
