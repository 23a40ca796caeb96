import type { createParser as CreateParser } from 'eventsource-parser';
import { load } from '../load';
import { endpoint, request } from './ask';
import type { OpenClient } from './client';
import { loadUndici } from './undici';
import { textOf } from './wireChunk';

/** What a good engineer writes by hand: undici, a parser of events, JSON, and nothing else. */
export const byHand: OpenClient = () => {
	const undici = loadUndici();
	const { createParser } = load<{ createParser: typeof CreateParser }>('eventsource-parser');
	return {
		async read(baseUrl) {
			const { body } = await undici.request(endpoint(baseUrl), request);
			const decoder = new TextDecoder();
			let text = '';
			const parser = createParser({
				onEvent({ data }) {
					if (data !== '[DONE]') text += textOf(data);
				},
			});
			for await (const piece of body as AsyncIterable<Uint8Array>) {
				parser.feed(decoder.decode(piece, { stream: true }));
			}
			return text;
		},
	};
};
