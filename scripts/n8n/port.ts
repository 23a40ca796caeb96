import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below what a machine gives to sockets that ask for none, so that it is still free when it is used; browsers refuse 10080. */
const anyPort = (): number => 11_000 + Math.floor(Math.random() * 21_000);

/** The number of a free port of this machine: the one asked for, or with 0 any; undefined if it is taken. */
export async function freePort(port = 0): Promise<number | undefined> {
	const wanted = port === 0 ? anyPort() : port;
	const server = createServer();
	try {
		server.listen(wanted, '127.0.0.1');
		await once(server, 'listening');
		return wanted;
	} catch {
		return port === 0 ? await freePort() : undefined;
	} finally {
		server.close();
	}
}
