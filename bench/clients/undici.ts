import type { Dispatcher } from 'undici';
import { load } from '../load';

/** undici as its users load it. */
export interface Undici {
	request(
		url: string,
		options: Omit<Dispatcher.RequestOptions, 'origin' | 'path'> & { dispatcher?: Dispatcher },
	): Promise<Dispatcher.ResponseData>;
	Agent: new (options: { pipelining: number }) => Dispatcher;
}

export const loadUndici = (): Undici => load<Undici>('undici');
