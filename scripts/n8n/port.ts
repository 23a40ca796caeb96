import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** The number of a free port of this machine: the one asked for, or with 0 any; undefined if it is taken. */
export async function freePort(port = 0): Promise<number | undefined> {
	const server = createServer();
	try {
		server.listen(port, '127.0.0.1');
		await once(server, 'listening');
		return (server.address() as AddressInfo).port;
	} catch {
		return undefined;
	} finally {
		server.close();
	}
}
