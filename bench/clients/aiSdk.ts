import { load } from '../load';
import { apiKey, ask } from './ask';
import type { OpenClient } from './client';

type Provider = (model: string) => object;

interface Ai {
	streamText(options: object): { textStream: AsyncIterable<string> };
}

interface Compatible {
	createOpenAICompatible(options: object): Provider;
}

/** The Vercel AI SDK with its provider for compatible services. */
export const aiSdk: OpenClient = () => {
	const { streamText } = load<Ai>('ai');
	const { createOpenAICompatible } = load<Compatible>('@ai-sdk/openai-compatible');
	return {
		async read(baseUrl) {
			const service = { name: 'relay', baseURL: `${baseUrl}/v1`, apiKey };
			const model = createOpenAICompatible(service)(ask.model);
			const { textStream } = streamText({
				model,
				messages: ask.messages,
				maxRetries: 0,
			});
			let text = '';
			for await (const piece of textStream) text += piece;
			return text;
		},
	};
};
