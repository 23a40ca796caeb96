import type { HttpAnswer } from '../httpClient';

/** n8n's client takes compression off by itself, piece by piece. */
export const decode = ({ body }: Pick<HttpAnswer, 'body' | 'headers'>): AsyncIterable<Uint8Array> =>
	body;
