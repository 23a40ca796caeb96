import { Readable } from 'node:stream';
import type { Dispatcher, Pool } from 'undici';
import connect from 'undici/lib/api/api-connect.js';
import request from 'undici/lib/api/api-request.js';
import EnvHttpProxyAgent from 'undici/lib/dispatcher/env-http-proxy-agent.js';
import type { ClientOptions, HttpAnswer, HttpClient, HttpRequest } from '../httpClient';
import { createPool } from './pool';
import { target } from '../target';

type Options = Omit<ClientOptions, 'request'>;

const connectTimeout = 15_000; // ms; a host that does not answer by then is down

/**
 * `pipelining: 0` gives every request its own connection: on a reused one, a server's idle close
 * looks like a lost POST, and a lost POST may have cost money. Time is kept by a `Deadline`.
 */
const connections = { pipelining: 0, bodyTimeout: 0, headersTimeout: 0 };

/** Connections of this node alone, through n8n's proxy variables. */
export function createClient(options: Options): HttpClient {
	const dispatcher = createDispatcher(options);
	return {
		send: (wanted, onSent) => send(dispatcher, wanted, onSent),
		// Files are read ahead already; buffering here as well would only cost memory.
		toStream: (pieces) => Readable.from(pieces, { highWaterMark: 0 }),
		close: () => void dispatcher.destroy().catch(() => {}),
	};
}

function createDispatcher({ ignoreSslIssues, lookup }: Options): Dispatcher {
	const tls = { rejectUnauthorized: !ignoreSslIssues };
	// An empty variable is none, as n8n reads them.
	const everything = process.env.all_proxy || process.env.ALL_PROXY;
	const httpProxy = process.env.http_proxy || process.env.HTTP_PROXY || everything;
	const httpsProxy = process.env.https_proxy || process.env.HTTPS_PROXY || everything;
	return new EnvHttpProxyAgent({
		...connections,
		// A proxy's own connections get their options from here only.
		factory: (origin, options) => createPool(origin, { ...connections, ...options }),
		clientFactory: (origin, options) => withTunnels(createPool(origin, options)),
		connect: { ...tls, timeout: connectTimeout, ...(lookup !== undefined && { lookup }) },
		requestTls: { ...tls, timeout: connectTimeout },
		proxyTunnel: false,
		noProxy: process.env.no_proxy || process.env.NO_PROXY || '',
		...(httpProxy && { httpProxy }),
		...(httpsProxy && { httpsProxy }),
	});
}

/** undici's index gives every dispatcher its methods; without it a proxy cannot ask for a tunnel. */
const withTunnels = (pool: Pool): Pool => Object.assign(pool, { connect });

async function send(
	dispatcher: Dispatcher,
	{ url, readAhead, ...rest }: HttpRequest,
	onSent: () => void,
): Promise<HttpAnswer> {
	const watched: Pick<Dispatcher, 'dispatch'> = {
		dispatch(dispatched, handler) {
			const onConnect = handler.onConnect?.bind(handler);
			handler.onConnect = (abort) => {
				// What was aborted before is not written, and so costs nothing.
				if (!rest.signal.aborted) onSent();
				onConnect?.(abort);
			};
			return dispatcher.dispatch(dispatched, handler);
		},
	};
	const answer = await request.call(watched, {
		...target(url),
		...rest,
		...(readAhead !== undefined && { highWaterMark: readAhead }),
	});
	// A body that is given up says so by an error, which nobody needs to hear.
	answer.body.on('error', () => {});
	return answer;
}
