import type { IExecuteFunctions } from 'n8n-workflow';
import { apiKey, ask } from '../clients/ask';

/** As little of n8n as one item of the node needs, where n8n itself would hide its cost. */
export function toContext(baseUrl: string): IExecuteFunctions {
	const parameters: Record<string, unknown> = {
		operation: 'generate',
		model: ask.model,
		prompt: ask.messages[0].content,
		simplify: true,
		downloadVideo: false,
	};
	const kept = {};
	const context = {
		getNode: () => ({ name: 'Chat Video', type: 'n8n-nodes-chat-video.chatVideo' }),
		getInputData: () => [{ json: {} }],
		getNodeParameter: (name: string, _: number, fallback?: unknown) => parameters[name] ?? fallback,
		getCredentials: () => Promise.resolve({ baseUrl, apiKey }),
		getContext: () => kept,
		getExecutionId: () => '1',
		getExecutionCancelSignal: () => undefined,
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		continueOnFail: () => false,
		helpers: {},
		logger: { info: () => {} },
	};
	return context as unknown as IExecuteFunctions;
}
