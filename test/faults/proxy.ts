import { createServer, request } from 'node:http';
import { listening } from '../support/listening';

/** How a proxy treats requests: hands them on, says nothing, or answers by itself. */
export type ProxyBehaviour = 'none' | 'passes' | 'silent' | 403 | 407 | 502 | 503;

/** An address that goes through the proxy, and says what is to become of it there. */
export const addressThrough = (behaviour: ProxyBehaviour, url: string): string =>
	behaviour === 'none' ? url : `http://${behaviour}.proxied.example:${new URL(url).port}`;

/** One proxy for all schedules, as its variable is the process's. Gives what ends it. */
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
			got.pipe(answer);
			answer.flushHeaders();
		});
		onward.on('error', () => answer.destroy());
		answer.on('close', () => onward.destroy());
		asked.pipe(onward);
	});
	const { port, [Symbol.asyncDispose]: close } = await listening(server);
	process.env.HTTP_PROXY = `http://127.0.0.1:${port}`;
	process.env.NO_PROXY = '127.0.0.1';
	return async () => {
		delete process.env.HTTP_PROXY;
		delete process.env.NO_PROXY;
		await close();
	};
}
