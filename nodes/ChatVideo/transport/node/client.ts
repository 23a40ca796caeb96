import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import request from 'undici/lib/api/api-request.js';
import Client from 'undici/lib/dispatcher/client.js';
import { answeredBy } from './answeredBy';
import { createConnect, type ConnectionOptions } from './createConnect';
import { findProxy, type Proxy } from './findProxy';
import type { HttpBody, HttpClient, HttpRequest } from '../httpClient';
import { mendParser } from './mendParser';
import { requestTarget } from '../requestTarget';
import { nextTurn } from './timer';

/**
 * Every request has a connection of its own: on a reused one, a server's idle close looks like a
 * lost POST, and a lost POST may have cost money. Time is kept by a `Deadline`.
 */
const alone = { pipelining: 0, bodyTimeout: 0, headersTimeout: 0 };

/** Given to undici, which else makes an error with its stack at the end of every connection. */
const over = new Error('The request is over');

/** Connections by undici, through the proxies that n8n's variables name. */
export function createClient(options: ConnectionOptions): HttpClient {
	const connect = createConnect(options);
	const open = new Set<Dispatcher>();
	/** undici waits for what it is still connecting to. */
	const closed = new AbortController();
	return {
		async send(wanted, onSent) {
			const { url, method, body, signal, readAhead } = wanted;
			const signals = [signal, closed.signal];
			for (const each of signals) each.throwIfAborted();
			const proxy = findProxy(url);
			const { origin, ...address } = toAddress(wanted, proxy);
			const client = new Client(origin, { ...alone, connect: connect(url, proxy, signals) });
			// Without it undici connects once more after a request that was given up.
			const end = (): void => {
				open.delete(client);
				void client.destroy(over);
			};
			open.add(mendParser(client));
			const answer = await request
				.call(observed(client, signal, onSent), {
					...address,
					method,
					signal,
					...(body !== undefined && { body }),
					...(readAhead !== undefined && { highWaterMark: readAhead }),
				})
				.catch((cause: unknown) => {
					end();
					throw cause;
				});
			// A body that is given up says so by an error, which nobody needs to hear.
			answer.body.on('error', () => {}).once('close', end);
			const by = answeredBy(answer, proxy);
			return { ...answer, body: hangingUpLater(answer.body, end), ...(by !== undefined && { by }) };
		},
		// Files are read ahead already; buffering here as well would only cost memory.
		toStream: (pieces) => Readable.from(pieces, { highWaterMark: 0 }),
		close() {
			closed.abort(over);
			for (const client of open) void client.destroy(over);
		},
	};
}

/** No result has to wait for hanging up. */
function hangingUpLater(body: Readable, hangUp: () => void): HttpBody {
	const destroy = (): void => nextTurn(hangUp);
	return {
		[Symbol.asyncIterator]() {
			const pieces = body.iterator({ destroyOnReturn: false });
			return {
				next: () => pieces.next(),
				return() {
					destroy();
					return Promise.resolve({ done: true, value: undefined });
				},
			};
		},
		destroy,
	};
}

/** A proxy takes requests for http as they are, with the whole address. */
function toAddress(
	{ url, headers }: HttpRequest,
	proxy: Proxy | undefined,
): Pick<HttpRequest, 'headers'> & Record<'origin' | 'path', string> {
	const { origin, path } = requestTarget(url);
	if (proxy === undefined || proxy.isTunnel) return { origin, path, headers };
	const { authorization } = proxy;
	return {
		origin: proxy.origin,
		path: origin + path,
		headers: {
			host: new URL(origin).host,
			...headers,
			...(authorization !== undefined && { 'proxy-authorization': authorization }),
		},
	};
}

/** Says when the connection stands and the request is written to it. */
const observed = (
	client: Dispatcher,
	signal: AbortSignal,
	onSent: () => void,
): Pick<Dispatcher, 'dispatch'> => ({
	dispatch(options, handler) {
		const onConnect = handler.onConnect?.bind(handler);
		handler.onConnect = (abort) => {
			// What was aborted before is not written, and so costs nothing.
			if (!signal.aborted) onSent();
			onConnect?.(abort);
		};
		return client.dispatch(options, handler);
	},
});
