import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface Listening extends AsyncDisposable {
	readonly url: string;
}

/** Starts a server on a free port of this machine. */
export async function listen(server: Server | SecureServer): Promise<Listening> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const scheme = 'setSecureContext' in server ? 'https' : 'http';
	return {
		url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
		async [Symbol.asyncDispose]() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
