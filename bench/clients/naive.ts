import { endpoint, request } from './ask';
import type { OpenClient } from './client';
import { loadUndici } from './undici';
import { textOf } from './wireChunk';

/** The parser of a first draft: all that came is joined and split again. */
export const naive: OpenClient = () => {
	const undici = loadUndici();
	return {
		async read(baseUrl) {
			const { body } = await undici.request(endpoint(baseUrl), request);
			const decoder = new TextDecoder();
			let [text, rest] = ['', ''];
			for await (const piece of body as AsyncIterable<Uint8Array>) {
				const events = (rest + decoder.decode(piece, { stream: true })).split('\n\n');
				rest = events.pop() ?? '';
				for (const event of events) {
					const data = event.slice('data: '.length);
					if (data !== '[DONE]') text += textOf(data);
				}
			}
			return text;
		},
	};
};
