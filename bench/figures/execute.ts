import type { INodeType } from 'n8n-workflow';
import { startEngine } from '../engine';
import { chain, chatVideoNode, workflowNode } from '../../test/support/engineWorkflow';
import { openClient } from '../clients/openClient';
import { apiKey, ask } from '../clients/ask';
import { compare } from '../compare';
import type { Figure } from './figure';

/** Milliseconds of computing for one item in n8n's engine, beside a node that reads raw bytes. */
export const execute: Figure = async ({ wire, quick }) => {
	const baseUrl = `${wire}/plain/reference`;
	const raw = await openClient('raw');
	const rawNode = {
		description: { inputs: ['main'], outputs: ['main'], properties: [] },
		async execute() {
			return [[{ json: { bytes: await raw.read(baseUrl) } }]];
		},
	};
	const engine = await startEngine({ nodes: { 'bench.raw': rawNode as unknown as INodeType } });
	const parameters = { operation: 'generate', prompt: ask.messages[0].content };
	const workflow = chain(chatVideoNode({ parameters }));
	const rawWorkflow = chain(workflowNode({ type: 'bench.raw' }));
	const credentials = { chatVideoApi: { baseUrl, apiKey } };
	try {
		const comparison = await compare(
			async () => {
				const run = await engine.run(workflow, { credentials });
				if (run.status !== 'success') throw run.error() ?? new Error(run.status);
			},
			() => engine.run(rawWorkflow),
			quick ? { pairs: 3, time: 500, warmUp: 100 } : { pairs: 15, time: 8_000, warmUp: 1_000 },
		);
		return { ...comparison, beyond: comparison.cost.median - comparison.reference.median };
	} finally {
		await engine.close();
	}
};
