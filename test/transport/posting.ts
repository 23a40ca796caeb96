import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { ChatError } from '../../nodes/ChatVideo/chat/errors';
import type { ClientOptions, HttpClient } from '../../nodes/ChatVideo/transport/httpClient';
import { createClient } from '../support/createClient';
import { post, type PostAnswer } from '../../nodes/ChatVideo/transport/post';
import { createDeadline, type DeadlineOptions } from '../../nodes/ChatVideo/transport/deadline';
import { listening, type Listening } from '../support/listening';
import { fixture } from '../support/fixture';

/** A server that writes down what it is asked. */
export interface Asked extends Listening {
	url: string;
	requests: IncomingMessage[];
}

export const key = {
	key: fixture('self-signed.key.pem'),
	cert: fixture('self-signed.cert.pem'),
};

export async function listen(listener: RequestListener, secure = false): Promise<Asked> {
	const requests: IncomingMessage[] = [];
	const onRequest: RequestListener = (request, response) => {
		requests.push(request);
		listener(request, response);
	};
	const server: Server = secure
		? createSecureServer(key, onRequest)
		: createServer({ keepAliveTimeout: 60_000 }, onRequest);
	server.on('tlsClientError', () => {});
	const listened = await listening(server);
	const scheme = secure ? 'https' : 'http';
	return { ...listened, url: `${scheme}://127.0.0.1:${listened.port}`, requests };
}

/** One POST, and what was seen of it. */
export interface Posting extends AsyncDisposable {
	bytes: Promise<PostAnswer>;
	/** How often it said that the request is on its way. */
	sent: () => number;
	/** The whole body; or the error that ended it. */
	text: () => Promise<string>;
	error: () => Promise<ChatError>;
}

export type PostingOptions = Partial<ClientOptions> &
	DeadlineOptions & { body?: string; headers?: Record<string, string> };

export function startPosting(url: string, options: PostingOptions = {}): Posting {
	const { body = '{}', headers = {}, timeout = 10_000, idleTimeout = 10_000, cancel } = options;
	const client = createClient({ ignoreSslIssues: false, ...options });
	const watch = createDeadline({ timeout, idleTimeout, cancel });
	let sent = 0;
	const counted: HttpClient = {
		...client,
		send: (request, onSent) =>
			client.send(request, () => {
				sent += 1;
				onSent();
			}),
	};
	const bytes = post(counted, { url, headers, body }, watch);
	// Who waits for it hears of its error; a test that does not is about something else.
	bytes.catch(() => {});
	const text = async (): Promise<string> => {
		const decoder = new TextDecoder();
		let read = '';
		for await (const piece of await bytes) read += decoder.decode(piece, { stream: true });
		return read;
	};
	return {
		bytes,
		sent: () => sent,
		text,
		async error() {
			const error: unknown = await text().catch((cause: unknown) => cause);
			if (error instanceof ChatError) return error;
			throw new Error(`There was no error, but ${String(error)}`);
		},
		[Symbol.asyncDispose]() {
			watch.close();
			client.close();
			return Promise.resolve();
		},
	};
}
