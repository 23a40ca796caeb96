import { load } from '../load';
import { apiKey, ask } from './ask';
import type { OpenClient } from './client';

interface ChatModel {
	stream(messages: readonly object[]): Promise<AsyncIterable<{ content: string }>>;
}

/** LangChain's ChatOpenAI. */
export const langchain: OpenClient = () => {
	const { ChatOpenAI } = load<{ ChatOpenAI: new (options: object) => ChatModel }>(
		'@langchain/openai',
	);
	return {
		async read(baseUrl) {
			const configuration = { baseURL: `${baseUrl}/v1` };
			const model = new ChatOpenAI({ model: ask.model, apiKey, configuration, maxRetries: 0 });
			let text = '';
			for await (const { content } of await model.stream(ask.messages)) text += content;
			return text;
		},
	};
};
