import type { IExecuteFunctions } from 'n8n-workflow';
import { isTool } from './isTool';
import { lifecycleOf } from './lifecycle';
import { isExecuted, variablesOf } from './variables';

/** Why nothing sleeps in this execution, as the end of a sentence; empty where it may. */
export const obstacleTo = (context: IExecuteFunctions): string =>
	obstacles.find(([, isMet]) => isMet(context))?.[0] ?? '';

const obstacles: ReadonlyArray<
	readonly [because: string, isMet: (context: IExecuteFunctions) => boolean]
> = [
	['an agent waits for its tool', (context) => isTool(context.getNode())],
	['its progress is streamed', (context) => context.isStreaming?.() === true],
	['a caller waits for the answer', hasCaller],
	['a workflow may have called this one for each item', (context) => lifecycleOf(context).isCalled],
	['an evaluation waits for its end', (context) => context.getMode() === 'evaluation'],
	['the workflow is not saved', (context) => !context.getWorkflow().id],
	[
		'this n8n cannot run a node again after a wait',
		(context) => lifecycleOf(context).runAgainAt === undefined,
	],
];

const answersLater = [undefined, 'onReceived', 'responseNode'];

/** n8n answers a caller who waits for the last node as soon as the execution sleeps. */
function hasCaller(context: IExecuteFunctions): boolean {
	const variables = variablesOf(context);
	return context
		.getParentNodes(context.getNode().name, { includeNodeParameters: true })
		.filter(({ name }) => isExecuted(variables, name))
		.some(({ type, parameters = {} }) => {
			if (/chatTrigger$/i.test(type)) return true;
			return (
				/webhook|formTrigger$/i.test(type) &&
				!answersLater.some((mode) => mode === parameters.responseMode)
			);
		});
}
