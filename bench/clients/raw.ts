import { endpoint, request } from './ask';
import type { OpenClient } from './client';
import { loadUndici } from './undici';

/** The reference: bytes are counted and thrown away. */
export const raw: OpenClient = () => {
	const undici = loadUndici();
	return {
		async read(baseUrl) {
			const { body } = await undici.request(endpoint(baseUrl), request);
			let bytes = 0;
			for await (const piece of body as AsyncIterable<Uint8Array>) bytes += piece.length;
			return bytes;
		},
	};
};
