import { createServer } from 'node:http';
import { listen, type Listening } from './listen';
import { readBody } from './readBody';

export interface Receiver extends Listening {
	/** What was sent to it, byte for byte as Latin-1. */
	readonly bodies: string[];
}

/** Takes whatever is uploaded. */
export async function startReceiver(): Promise<Receiver> {
	const bodies: string[] = [];
	const server = createServer((request, response) => {
		void readBody(request).then((body) => {
			bodies.push(body.toString('latin1'));
			response.setHeader('content-type', 'application/json').end('{}');
		});
	});
	return { ...(await listen(server)), bodies };
}
