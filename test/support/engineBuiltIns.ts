import { type INodeType, NodeConnectionTypes } from 'n8n-workflow';

/**
 * The nodes of n8n-nodes-base that workflows here begin and end with. That package brings half a
 * gigabyte of clients for other services, and these three only hand on what they get.
 */
export const builtInNodes: Record<string, INodeType> = {
	'n8n-nodes-base.manualTrigger': passThrough('manualTrigger', 'Manual Trigger', 'trigger'),
	'n8n-nodes-base.noOp': passThrough('noOp', 'No Operation, do nothing', 'organization'),
	'n8n-nodes-base.stickyNote': passThrough('stickyNote', 'Sticky Note', 'input'),
};

function passThrough(
	name: string,
	displayName: string,
	group: 'trigger' | 'organization' | 'input',
): INodeType {
	return {
		description: {
			name,
			displayName,
			group: [group],
			version: 1,
			description: displayName,
			defaults: { name: displayName },
			inputs: group === 'organization' ? [NodeConnectionTypes.Main] : [],
			outputs: group === 'input' ? [] : [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute() {
			return [this.getInputData()];
		},
	};
}
