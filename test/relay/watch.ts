import type { ServerResponse } from 'node:http';
import type { Closing } from './turn';
import type { Sender } from './write';

/** Says who ended a response, and drops what waits for it. */
export function watch(
	response: ServerResponse,
	closing: () => boolean,
): { sender: Sender; closed: Promise<Closing> } {
	const gone = new AbortController();
	let broken = false;
	const closed = new Promise<Closing>((resolve) => {
		response.once('close', () => {
			const byRelay = response.writableEnded || broken || closing();
			resolve({ by: byRelay ? 'relay' : 'client', at: Date.now() });
			gone.abort();
		});
	});
	// A write after the reader has gone; the `close` that comes with it says all there is to say.
	response.on('error', () => {});
	const sender: Sender = {
		response,
		signal: gone.signal,
		count: () => {},
		breaking: () => {
			broken = true;
		},
	};
	return { sender, closed };
}
