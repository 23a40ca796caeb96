import { load } from '../load';
import { apiKey, ask } from './ask';
import type { OpenClient } from './client';
import type { WireChunk } from './wireChunk';

interface OpenAI {
	chat: { completions: { create(request: object): Promise<AsyncIterable<WireChunk>> } };
}

/** The `openai` SDK. */
export const openai: OpenClient = () => {
	const { OpenAI } = load<{ OpenAI: new (options: object) => OpenAI }>('openai');
	return {
		async read(baseUrl) {
			const client = new OpenAI({ baseURL: `${baseUrl}/v1`, apiKey, maxRetries: 0 });
			let text = '';
			for await (const chunk of await client.chat.completions.create(ask)) {
				text += chunk.choices[0]?.delta?.content ?? '';
			}
			return text;
		},
	};
};
