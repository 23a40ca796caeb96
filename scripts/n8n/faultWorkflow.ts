import { faultPrompts } from '../../test/relay/faultPrompts';
import type { Workflow, WorkflowNode } from './Workflow';

const rows = faultPrompts.map(({ word, about }) => `- **fail: ${word}** – ${about}`);

const note = `## What goes wrong, tried free of charge

The simulated relay does what the prompt of **Generate video** asks for. Write one of these, and press *Execute workflow*:

${rows.join('\n')}

Any other prompt makes a video. For a task that takes longer than you wait, set the option *Timeout* to 5: the error has the id for **Get video**.`;

const node = (
	given: Pick<WorkflowNode, 'name' | 'type' | 'position' | 'parameters'> & Partial<WorkflowNode>,
): WorkflowNode => ({ id: given.name, typeVersion: 1, ...given });

const chatVideo = {
	type: 'n8n-nodes-chat-video.chatVideo',
	credentials: { chatVideoApi: { id: null, name: '' } },
};

/** Errors and how to go on from them, for the simulated relay alone. */
export const faultWorkflow: Workflow = {
	name: 'Errors, and how to go on (simulated)',
	nodes: [
		node({
			name: 'About this workflow',
			type: 'n8n-nodes-base.stickyNote',
			position: [-48, -464],
			parameters: { content: note, height: 416, width: 720, color: 4 },
		}),
		node({
			name: 'When clicking ‘Execute workflow’',
			type: 'n8n-nodes-base.manualTrigger',
			position: [0, 0],
			parameters: {},
		}),
		node({
			...chatVideo,
			name: 'Generate video',
			position: [224, 0],
			parameters: { operation: 'generate', prompt: 'fail: moderated' },
		}),
		node({
			...chatVideo,
			name: 'Get video',
			position: [448, 0],
			parameters: { operation: 'get', taskId: 'task_…' },
		}),
	],
	connections: {
		'When clicking ‘Execute workflow’': {
			main: [[{ node: 'Generate video', type: 'main', index: 0 }]],
		},
	},
	settings: { executionOrder: 'v1' },
};
