import type { createParser as CreateParser } from 'eventsource-parser';
import { load } from '../load';
import { endpoint, request } from './ask';
import type { OpenClient } from './client';
import { textOf } from './wireChunk';

interface Axios {
	post(url: string, body: string, options: object): Promise<{ data: AsyncIterable<Uint8Array> }>;
}

/** What n8n's own helper does, with a parser behind it. */
export const axios: OpenClient = () => {
	const { default: client } = load<{ default: Axios }>('axios');
	const { createParser } = load<{ createParser: typeof CreateParser }>('eventsource-parser');
	return {
		async read(baseUrl) {
			const { body, headers } = request;
			const options = { headers, responseType: 'stream' };
			const { data: pieces } = await client.post(endpoint(baseUrl), body, options);
			const decoder = new TextDecoder();
			let text = '';
			const parser = createParser({
				onEvent({ data }) {
					if (data !== '[DONE]') text += textOf(data);
				},
			});
			for await (const piece of pieces) parser.feed(decoder.decode(piece, { stream: true }));
			return text;
		},
	};
};
