import { createServer, type LookupFunction, type Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';
import { listening, type Listening } from '../support/listening';
import { key, startPosting, type Posting, type PostingOptions } from './posting';

/** A request that goes no further than one phase of it. */
export interface StuckRequest extends AsyncDisposable {
	post(options?: PostingOptions): Posting;
	/** What the other side still holds. */
	openSockets(): number;
}

/** Where a request can be stuck. */
export interface Phase {
	name: string;
	/** Something of it has left, and may have cost money. */
	isSent: boolean;
	start(): Promise<StuckRequest>;
}

const silent = (socket: Socket): void => void socket.on('error', () => {}).resume();

const answering =
	(bytes: string) =>
	(socket: Socket): void =>
		void socket.on('error', () => {}).once('data', () => socket.write(bytes));

const head = (status: string): string => `HTTP/1.1 ${status}\r\ncontent-length: 1000\r\n\r\n`;

async function stuck(
	server: Promise<Listening>,
	scheme: 'http' | 'https',
	proxyScheme?: 'http' | 'https',
): Promise<StuckRequest> {
	const listened = await server;
	const { port, sockets } = listened;
	const variable = `${scheme}_proxy`;
	const url = `${scheme}://${proxyScheme === undefined ? `127.0.0.1:${port}` : 'relay.example'}/v1`;
	return {
		post(options) {
			// The proxy is looked up before `startPosting` returns: requests at the same time have their own.
			if (proxyScheme !== undefined) process.env[variable] = `${proxyScheme}://127.0.0.1:${port}`;
			const posting = startPosting(url, { ignoreSslIssues: true, ...options });
			delete process.env[variable];
			return posting;
		},
		openSockets: () => sockets.filter(({ closed }) => !closed).length,
		[Symbol.asyncDispose]: () => listened[Symbol.asyncDispose](),
	};
}

const plain = (speak: (socket: Socket) => void): Promise<Listening> =>
	listening(createServer(speak));

const secure = (speak: (socket: Socket) => void): Promise<Listening> =>
	listening(createSecureServer(key, speak));

const neverFound: LookupFunction = () => {};

const inLookup = (): Promise<StuckRequest> =>
	Promise.resolve({
		post: (options) => startPosting('http://relay.example', { lookup: neverFound, ...options }),
		openSockets: () => 0,
		[Symbol.asyncDispose]: () => Promise.resolve(),
	});

const established = 'HTTP/1.1 200 Connection established\r\n\r\n';

const row = (name: string, isSent: boolean, start: Phase['start']): Phase => ({
	name,
	isSent,
	start,
});

export const phases: readonly Phase[] = [
	row('the lookup of the name', false, inLookup),
	row('TLS', false, () => stuck(plain(silent), 'https')),
	row("a proxy's answer to CONNECT", false, () => stuck(plain(silent), 'https', 'http')),
	row("half of a proxy's answer to CONNECT", false, () =>
		stuck(plain(answering('HTTP/1.1 200 Conn')), 'https', 'http'),
	),
	row('TLS with a proxy', false, () => stuck(plain(silent), 'https', 'https')),
	row('TLS with a proxy that takes http', false, () => stuck(plain(silent), 'http', 'https')),
	row('an answer to CONNECT over TLS', false, () => stuck(secure(silent), 'https', 'https')),
	row('TLS through a tunnel', false, () => stuck(plain(answering(established)), 'https', 'http')),
	row('the answer', true, () => stuck(plain(silent), 'http')),
	row('half of the head of the answer', true, () =>
		stuck(plain(answering('HTTP/1.1 200 OK\r\ncontent-')), 'http'),
	),
	row('an answer after a word in between', true, () =>
		stuck(plain(answering('HTTP/1.1 103 Early Hints\r\n\r\n')), 'http'),
	),
	row('the answer of a proxy that takes http', true, () => stuck(plain(silent), 'http', 'http')),
	row('the body', true, () => stuck(plain(answering(head('200 OK'))), 'http')),
];
