import { createServer, type RequestListener } from 'node:http';
import { listening, type Listening } from './listening';

/** A server that answers what the test says; gone when the test is over. */
export async function serve(listener: RequestListener): Promise<Listening & { url: string }> {
	const server = await listening(createServer(listener));
	return { ...server, url: `http://127.0.0.1:${server.port}` };
}
