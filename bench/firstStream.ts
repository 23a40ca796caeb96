import type { IExecuteFunctions } from 'n8n-workflow';
import { join } from 'node:path';
import type { ChatVideo } from '../nodes/ChatVideo/ChatVideo.node';
import { apiKey, ask, load, loadUndici } from './clients';
import { takeSamples } from './takeSamples';
import type { Setting } from './measure';

/** Each in a new process that has loaded n8n-workflow and nothing else, by turns. */
export async function firstStream(setting: Setting): Promise<number[]> {
	const ratios: number[] = [];
	while (ratios.length < (setting.quick ? 3 : 21)) {
		const [own = NaN] = await takeSamples('loadingNode', setting);
		const [undici = NaN] = await takeSamples('loadingUndici', setting);
		ratios.push(own / undici);
	}
	return ratios;
}

/** Milliseconds until the node has given its first item. */
export const loadingNode = ({ wire }: Setting): Promise<number[]> =>
	timeOf(async () => {
		const file = join(__dirname, '..', 'dist', 'nodes', 'ChatVideo', 'ChatVideo.node.js');
		const { ChatVideo: Node } = load(file) as { ChatVideo: typeof ChatVideo };
		const [[item] = []] = await new Node().execute.call(toContext(`${wire}/plain/reference`));
		if (item?.json.status !== 'completed') throw new Error('The node gave no video');
	});

/** Milliseconds until undici is loaded, without a request. */
export const loadingUndici = (): Promise<number[]> => timeOf(loadUndici);

async function timeOf(work: () => unknown): Promise<number[]> {
	load('n8n-workflow');
	const startedAt = performance.now();
	await work();
	return [performance.now() - startedAt];
}

/** As little of n8n as one item of the node needs, where n8n itself would hide its cost. */
function toContext(baseUrl: string): IExecuteFunctions {
	const parameters: Record<string, unknown> = {
		operation: 'generate',
		model: ask.model,
		prompt: ask.messages[0].content,
		simplify: true,
		downloadVideo: false,
		options: { keepTrack: false },
	};
	const kept = {};
	const context = {
		getNode: () => ({ name: 'Chat Video', type: 'n8n-nodes-chat-video.chatVideo' }),
		getInputData: () => [{ json: {} }],
		getNodeParameter: (name: string, _: number, fallback?: unknown) => parameters[name] ?? fallback,
		getCredentials: () => Promise.resolve({ baseUrl, apiKey }),
		getContext: () => kept,
		getExecutionId: () => '1',
		getMode: () => 'manual',
		getWorkflow: () => ({ name: '' }),
		getExecutionCancelSignal: () => undefined,
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		continueOnFail: () => false,
		helpers: {},
		logger: { info: () => {} },
	};
	return context as unknown as IExecuteFunctions;
}
