import type { IExecuteFunctions } from 'n8n-workflow';

/** After a run by hand, as who builds a workflow runs its nodes again and again. */
export function hintAtCost(context: IExecuteFunctions): void {
	if (context.getMode() !== 'manual' || typeof context.addExecutionHints !== 'function') return;
	context.addExecutionHints({
		message:
			'Running this node again pays for another video. To keep this one, pin it: select the node on the canvas and press P.',
		type: 'info',
		location: 'outputPane',
	});
}
