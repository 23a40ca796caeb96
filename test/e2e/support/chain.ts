import { randomUUID } from 'node:crypto';
import type { Workflow, WorkflowNode } from '../../../scripts/n8n/Workflow';
import { builtPackage } from '../../support/builtPackage';

/** What a test says of a node; the rest has defaults. */
export type Given = Partial<WorkflowNode> & Pick<WorkflowNode, 'name'>;

export const trigger: Given = {
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
};

/** A Chat Video node; the credential is put in when the workflow is imported. */
export const chatVideo = (
	parameters: Record<string, unknown>,
	settings: Partial<Given> = {},
): Given => ({
	name: 'Chat Video',
	type: `${builtPackage.name}.chatVideo`,
	credentials: { chatVideoApi: { id: null, name: '' } },
	...settings,
	parameters: { operation: 'generate', prompt: 'A cat in the sun', ...parameters },
});

/** Makes one item of each of these. */
export const itemsOf = (...items: object[]): Given => ({
	name: 'Items',
	type: 'n8n-nodes-base.splitOut',
	parameters: { fieldToSplitOut: 'items', options: {} },
	before: {
		name: 'List',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: { mode: 'raw', jsonOutput: JSON.stringify({ items }), options: {} },
	},
});

/** A workflow of nodes that stand in a line. */
export function chain(...given: Given[]): Workflow {
	const nodes = given
		.flatMap(({ before, ...node }) => (before ? [before as Given, node] : [node]))
		.map((node, index) => ({
			id: randomUUID(),
			type: '',
			typeVersion: 1,
			position: [220 * index, 0] as [number, number],
			parameters: {},
			...node,
		})) as WorkflowNode[];
	const connections = nodes
		.slice(1)
		.map(({ name }, index) => [
			nodes[index]?.name ?? '',
			{ main: [[{ node: name, type: 'main' as const, index: 0 }]] },
		]);
	return {
		name: `Test ${randomUUID()}`,
		nodes,
		connections: Object.fromEntries(connections) as Workflow['connections'],
		settings: { executionOrder: 'v1' },
	};
}
