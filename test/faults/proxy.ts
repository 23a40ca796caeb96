import { createServer, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { listening } from '../support/listening';
import { key } from '../transport/posting';

const plain = ['passes', 'silent', 403, 407, 502, 503] as const;
const tunnels = [
	...(['tunnel', 'slow-tunnel', 'silent-tunnel', 'cut-tunnel', 'hanging-tunnel'] as const),
	...(['403-tunnel', '407-tunnel', '502-tunnel'] as const),
];

/** How a proxy treats requests: hands them on, says nothing, answers by itself, or makes a tunnel for TLS. */
export type ProxyBehaviour = 'none' | (typeof plain)[number] | (typeof tunnels)[number];

/** Those that let requests through. */
export const passing = ['passes', 'tunnel', 'slow-tunnel'] as const;

export const refusing = [...plain, ...tunnels].filter(
	(each) => !(passing as readonly unknown[]).includes(each),
);

const isTunnel = (behaviour: ProxyBehaviour): boolean => String(behaviour).endsWith('tunnel');

/** An address that goes through the proxy, and says what is to become of it there. */
export function addressThrough(behaviour: ProxyBehaviour, url: string): string {
	if (behaviour === 'none') return url;
	const scheme = isTunnel(behaviour) ? 'https' : 'http';
	return `${scheme}://${behaviour}.proxied.example:${new URL(url).port}`;
}

const secureContext = createSecureContext(key);
const slowly = 2_400; // ms

/** One proxy for all schedules, as its variables are the process's. Gives what ends it. */
export async function startProxy(): Promise<() => Promise<void>> {
	const server = createServer((asked, answer) => {
		const url = new URL(asked.url ?? '');
		const [behaviour] = url.hostname.split('.');
		if (behaviour === 'silent') return;
		if (behaviour !== 'passes') {
			asked.resume();
			answer
				.writeHead(Number(behaviour), { server: 'squid', 'x-squid-error': 'ERR 0' })
				.end('refused');
			return;
		}
		const { method, headers } = asked;
		const { port, pathname, search } = url;
		const path = pathname + search;
		const onward = request({ host: '127.0.0.1', port, path, method, headers }, (got) => {
			answer.writeHead(got.statusCode ?? 502, got.headers);
			// What has come goes on before the end does.
			got.on('error', () => answer.socket?.destroySoon());
			got.on('end', () => answer.addTrailers(got.trailers as Record<string, string>));
			got.pipe(answer);
			answer.flushHeaders();
		});
		onward.on('error', () => answer.destroy());
		answer.on('close', () => onward.destroy());
		asked.pipe(onward);
	});
	server.on('connect', ({ url = '' }, client: Socket) => {
		client.on('error', () => {});
		void makeTunnel(client, url);
	});
	const { port, [Symbol.asyncDispose]: close } = await listening(server);
	process.env.HTTP_PROXY = `http://127.0.0.1:${port}`;
	process.env.HTTPS_PROXY = `http://127.0.0.1:${port}`;
	process.env.NO_PROXY = '127.0.0.1';
	return async () => {
		delete process.env.HTTP_PROXY;
		delete process.env.HTTPS_PROXY;
		delete process.env.NO_PROXY;
		await close();
	};
}

async function makeTunnel(client: Socket, target: string): Promise<void> {
	const [behaviour = ''] = target.split('.');
	const [, port] = target.split(':');
	if (behaviour === 'silent-tunnel') return;
	if (/^\d/.test(behaviour)) {
		client.end(`HTTP/1.1 ${behaviour.slice(0, 3)} No\r\nserver: squid\r\n\r\n`);
		return;
	}
	if (behaviour === 'slow-tunnel') await new Promise((resolve) => setTimeout(resolve, slowly));
	if (client.destroyed) return;
	client.write('HTTP/1.1 200 Connection established\r\n\r\n');
	if (behaviour === 'hanging-tunnel') return;
	if (behaviour === 'cut-tunnel') {
		client.end();
		return;
	}
	const secure = new TLSSocket(client, { isServer: true, secureContext });
	secure.on('error', () => client.destroy());
	// A client that goes away within the handshake leaves nothing open.
	secure.once('secure', () => {
		const onward = connect(Number(port), '127.0.0.1');
		// What has come goes on before the end does.
		onward.on('error', () => {}).on('close', () => secure.destroySoon());
		secure.on('close', () => onward.destroy()).on('end', () => onward.destroy());
		onward.pipe(secure);
		secure.pipe(onward);
	});
}
