import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { connect, type AddressInfo } from 'node:net';

export interface Proxy {
	readonly url: string;
	/** What it was asked for. */
	readonly seen: string[];
	/** Where it sends everything. */
	target: string;
	close(): void;
}

/** A proxy that knows one host only, whatever it is asked for. */
export async function startProxy(): Promise<Proxy> {
	const seen: string[] = [];
	const server = createServer((asked, answer) => {
		seen.push(`${asked.method} ${asked.url}`);
		const { pathname, search } = new URL(asked.url ?? '');
		const { method, headers } = asked;
		const onward = request(`${proxy.target}${pathname}${search}`, { method, headers }, (got) => {
			answer.writeHead(got.statusCode ?? 502, got.headers);
			got.pipe(answer);
		});
		onward.on('error', () => answer.destroy());
		asked.pipe(onward);
	});
	server.on('connect', (asked, socket) => {
		seen.push(`CONNECT ${asked.url}`);
		const { hostname, port } = new URL(proxy.target);
		const onward = connect(Number(port), hostname, () => {
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			onward.pipe(socket).pipe(onward);
		});
		onward.on('error', () => socket.destroy());
		socket.on('error', () => onward.destroy());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const proxy: Proxy = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		seen,
		target: '',
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
	return proxy;
}
