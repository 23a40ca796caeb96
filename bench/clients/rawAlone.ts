import { endpoint, request } from './ask';
import type { OpenClient } from './client';
import { loadUndici } from './undici';

/** The reference with a connection for every request, as the node must have. */
export const rawAlone: OpenClient = () => {
	const undici = loadUndici();
	const dispatcher = new undici.Agent({ pipelining: 0 });
	return {
		async read(baseUrl) {
			const { body } = await undici.request(endpoint(baseUrl), { ...request, dispatcher });
			let bytes = 0;
			for await (const piece of body as AsyncIterable<Uint8Array>) bytes += piece.length;
			return bytes;
		},
	};
};
