import type { IExecuteFunctions } from 'n8n-workflow';
import { isRecord } from '../chat/json';
import { InvalidInput } from './InvalidInput';

/**
 * Evaluations of n8n can have a model make up what HTTP requests answer. They do so in n8n's own
 * helpers, and a node with a client of its own would post, and pay, for real.
 *
 * @throws {InvalidInput} in such an evaluation; n8n says it in a private field only
 */
export function refuseMocking(context: IExecuteFunctions): void {
	const holder: unknown = context;
	const data = isRecord(holder) ? holder.additionalData : undefined;
	if (!isRecord(data) || data.evalLlmMockHandler === undefined) return;
	throw new InvalidInput(
		'This evaluation makes up the answers of services, and a video would be real and paid for',
		'Pin the output of this node, and run the evaluation with it.',
	);
}
