import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { workflowNode } from './engineWorkflow';

/** A node to stand after a generation. */
export const later = workflowNode({ name: 'Later', type: 'test.later' });

/** For the engine's `nodes`: what it does. */
export const laterNode = (
	execute: (context: IExecuteFunctions) => Promise<INodeExecutionData[][]>,
): Record<string, INodeType> => ({
	'test.later': {
		description: {
			name: 'later',
			displayName: 'Later',
			group: ['transform'],
			version: 1,
			description: 'Does what a test wants',
			defaults: { name: 'Later' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		execute() {
			return execute(this);
		},
	},
});
