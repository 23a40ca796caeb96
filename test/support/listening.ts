import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';

/** A server on a free port of this machine; its connections end with it. */
export interface Listening extends AsyncDisposable {
	readonly port: number;
	/** Every connection there was. */
	readonly sockets: readonly Socket[];
}

/** Starts any server, whether of HTTP, HTTPS or bare sockets; disposing it closes it at once. */
export async function listening(server: Server): Promise<Listening> {
	const sockets: Socket[] = [];
	server.on('connection', (socket: Socket) => sockets.push(socket));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		port: (server.address() as AddressInfo).port,
		sockets,
		async [Symbol.asyncDispose]() {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
