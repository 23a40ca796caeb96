import { createServer, type Socket } from 'node:net';
import { createClient } from '../../../nodes/ChatVideo/transport/node/client';
import type { ClientOptions } from '../../../nodes/ChatVideo/transport/httpClient';
import { listening, type Listening } from '../../support/listening';

afterEach(() => {
	delete process.env.HTTPS_PROXY;
});

const untilClosed = async ({ sockets }: Pick<Listening, 'sockets'>): Promise<number> => {
	const left = (): number => sockets.filter(({ destroyed }) => !destroyed).length;
	const end = Date.now() + 2_000;
	while (left() > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 10));
	return left();
};

/** A server that lives as the listener has it, and closes nothing by itself. */
const startServer = (listener: (socket: Socket) => void): Promise<Listening> =>
	listening(
		createServer((socket) => {
			socket.on('error', () => {});
			listener(socket);
		}),
	);

const silent = (socket: Socket): void => void socket.resume();
const says =
	(...answers: readonly string[]) =>
	(socket: Socket): void => {
		const left = [...answers];
		socket.on('data', () => socket.write(left.shift() ?? ''));
	};

const established = 'HTTP/1.1 200 OK\r\n\r\n';
const refusal = 'HTTP/1.1 407 No\r\ncontent-length: 0\r\n\r\n';
const begun = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n';

interface Place {
	listener: (socket: Socket) => void;
	url: (port: number) => string;
	isProxy?: true;
}
const through = { url: () => 'https://relay.example/v1', isProxy: true } as const;
const plain = { url: (port: number) => `http://127.0.0.1:${port}/v1` };
const secure = { url: (port: number) => `https://127.0.0.1:${port}/v1` };

const places: ReadonlyArray<readonly [string, Place]> = [
	['a host that is silent', { ...plain, listener: silent }],
	['a host in the middle of its answer', { ...plain, listener: says(begun) }],
	['a TLS handshake that is silent', { ...secure, listener: silent }],
	['a proxy that is silent', { ...through, listener: silent }],
	['a tunnel whose TLS handshake is silent', { ...through, listener: says(established) }],
	['a proxy that refuses and holds the connection', { ...through, listener: says(refusal) }],
];

const turns = async (count: number): Promise<void> => {
	for (let turn = 0; turn < count; turn += 1) await new Promise((then) => setImmediate(then));
};

/** Sends a request, and what ends it. */
function begin(url: string, options: Partial<ClientOptions> = {}) {
	const client = createClient({ ignoreSslIssues: true, ...options });
	const stop = new AbortController();
	const wanted = { url, method: 'POST', headers: {}, body: '{}', signal: stop.signal } as const;
	const send = () => client.send(wanted, () => {});
	const sent = send();
	sent.catch(() => {});
	return { sent, send, close: client.close, stop: () => stop.abort(new Error('Stop')) };
}

describe.each(places)('%s', (_, { listener, url, isProxy }) => {
	it.each(['close', 'stop'] as const)('is left at any moment, by %s', async (how) => {
		await using server = await startServer(listener);
		if (isProxy) process.env.HTTPS_PROXY = `http://127.0.0.1:${server.port}`;
		for (let count = 0; count < 40; count += 1) {
			const begun = begin(url(server.port));
			await turns(count);
			begun[how]();
		}
		expect(await untilClosed(server)).toBe(0);
	});
});

it('a proxy that refuses a tunnel is left by itself', async () => {
	await using server = await startServer(says(refusal));
	process.env.HTTPS_PROXY = `http://127.0.0.1:${server.port}`;
	await expect(begin('https://relay.example/v1').sent).rejects.toThrow('407');
	expect(await untilClosed(server)).toBe(0);
});

it('a name that is found after the end is not connected to', async () => {
	await using server = await startServer(silent);
	let found = (): void => {};
	const lookup: ClientOptions['lookup'] = (_, __, then) => {
		found = () => then(null, [{ address: '127.0.0.1', family: 4 }]);
	};
	const { close } = begin(`http://relay.example:${server.port}/v1`, { lookup });
	await turns(5);
	close();
	await turns(1);
	found();
	await turns(20);
	expect(server.sockets.length).toBe(0);
});

it('nothing is sent after the end', async () => {
	await using server = await startServer(silent);
	const { send, close } = begin(`http://127.0.0.1:${server.port}/v1`);
	close();
	await expect(send()).rejects.toThrow();
	await turns(20);
	expect(await untilClosed(server)).toBe(0);
	expect(server.sockets.length).toBeLessThan(2);
});
