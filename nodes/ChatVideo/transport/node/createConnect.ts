import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { Socket } from 'node:net';
import type { buildConnector as Connector } from 'undici';
import buildConnector, { type Dial } from 'undici/lib/core/connect.js';
import type { ClientOptions } from '../httpClient';
import { toConnectionError } from '../connection';
import type { Proxy } from './findProxy';
import { toProxyError, tunnelRefused } from './proxyErrors';
import { nextTurn, startTimer } from './timer';
import { untilAborted } from '../untilAborted';

/** What decides how connections are made. */
export type ConnectionOptions = Omit<ClientOptions, 'request'>;

const connectTimeout = 15_000; // ms; name, tunnel and TLS included: a host that needs more is down

/**
 * Milliseconds for each of a host's addresses but the last, one after the other. Node gives up on an
 * address after 250, which a host on the other side of the world may need.
 */
const attempt = { autoSelectFamilyAttemptTimeout: 2_500 };

/** Makes the connection of one request; the signals, and the time, hold in every phase of it. */
export type Connect = (
	url: string,
	proxy: Proxy | undefined,
	signals: readonly AbortSignal[],
) => Connector.connector;

/**
 * How connections are made. What goes wrong is a `ChatError` and free; from some codes of its own
 * undici would connect again.
 */
export function createConnect({ ignoreSslIssues, lookup }: ConnectionOptions): Connect {
	const tls = { rejectUnauthorized: !ignoreSslIssues };
	const own = { ...tls, ...attempt, timeout: 0 };
	const dial = buildConnector({ ...own, ...(lookup !== undefined && { lookup }) });
	// The filter is for what users name; a proxy is the administrator's own.
	const dialProxy = buildConnector(own);

	async function connect(
		address: Connector.Options,
		url: string,
		proxy: Proxy | undefined,
		signal: AbortSignal,
	): Promise<Socket> {
		if (proxy === undefined) {
			return dialed(dial, address, signal, (cause) => toConnectionError(cause, url, 'none'));
		}
		if (!proxy.isTunnel) {
			return dialed(dialProxy, address, signal, (cause) => toProxyError(cause, proxy));
		}
		const httpSocket = await requestTunnel(url, proxy, tls, signal);
		return dialed(dialProxy, { ...address, httpSocket }, signal, (cause) => {
			httpSocket.destroy();
			return toConnectionError(cause, url, 'none');
		});
	}

	return (url, proxy, signals) => (address, callback) => {
		const late = new AbortController();
		const timer = startTimer(connectTimeout, () => nextTurn(() => late.abort(timedOut())));
		connect(address, url, proxy, AbortSignal.any([...signals, late.signal]))
			.finally(() => timer.clear())
			.then(
				(socket) => callback(null, socket),
				(cause: Error) => callback(cause, null),
			);
	};
}

const timedOut = (): Error => Object.assign(new Error(), { code: 'ETIMEDOUT' });

function dialed(
	dial: Dial,
	address: Connector.Options,
	signal: AbortSignal,
	toError: (cause: unknown) => Error,
): Promise<Socket> {
	let socket: Socket | undefined;
	const connected = new Promise<Socket>((resolve, reject) => {
		socket = dial(address, (cause, made) => (cause === null ? resolve(made) : reject(cause)));
	});
	return untilAborted(connected, signal).catch((cause: unknown) => {
		socket?.destroy();
		throw toError(cause);
	});
}

/** Asks a proxy for a connection to the host of an https address. */
function requestTunnel(
	url: string,
	proxy: Proxy,
	tls: { rejectUnauthorized: boolean },
	signal: AbortSignal,
): Promise<Socket> {
	const { hostname, port } = new URL(url);
	const host = `${hostname}:${port || 443}`;
	const { origin, authorization } = proxy;
	const request = (origin.startsWith('https:') ? requestSecure : requestPlain)(origin, {
		...tls,
		...attempt,
		method: 'CONNECT',
		path: host,
		headers: { host, ...(authorization !== undefined && { 'proxy-authorization': authorization }) },
		agent: false,
	});
	let made: Socket | undefined;
	const tunnel = new Promise<Socket>((resolve, reject) => {
		request.on('error', reject);
		request.on('connect', ({ statusCode = 0, statusMessage }, socket: Socket, head) => {
			made = socket;
			socket.on('error', reject);
			if (statusCode < 200 || statusCode > 299) {
				return reject(tunnelRefused(proxy, host, `${statusCode} ${statusMessage}`));
			}
			if (head.length > 0) socket.unshift(head);
			return resolve(socket);
		});
		request.end();
	});
	return untilAborted(tunnel, signal).catch((cause: unknown) => {
		request.destroy();
		made?.destroy(); // the request has given it away
		throw toProxyError(cause, proxy);
	});
}
