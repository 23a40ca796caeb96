import type { LookupFunction } from 'node:net';
import { connect } from 'node:net';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createClient } from '../../../nodes/ChatVideo/transport/node/client';

/** A server that is asked to stand still, with no room for those who come meanwhile. */
const standsStill = `
	const { parentPort } = require('node:worker_threads');
	const server = require('node:net').createServer((socket) => {
		socket.on('error', () => {});
		socket.on('data', () => socket.end('HTTP/1.1 200 OK\\r\\ncontent-length: 2\\r\\n\\r\\nok'));
	});
	server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
		parentPort.once('message', (milliseconds) => {
			parentPort.postMessage('still');
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
		});
		parentPort.postMessage(server.address().port);
	});
`;

it('an address that takes a second to connect to is waited for, and not given up for the next', async () => {
	const server = new Worker(standsStill, { eval: true });
	const [port] = await once(server, 'message');
	server.postMessage(600);
	await once(server, 'message');
	const others = Array.from({ length: 2 }, () => connect(port, '127.0.0.1'));
	await Promise.all(others.map((socket) => once(socket, 'connect')));
	const lookup: LookupFunction = (_, __, give) =>
		give(null, [
			{ address: '127.0.0.1', family: 4 },
			{ address: '::1', family: 6 }, // where nobody listens
		]);
	const client = createClient({ ignoreSslIssues: false, lookup });
	const url = `http://relay.example:${port}/v1`;

	const signal = AbortSignal.timeout(10_000);
	const answer = await client.send({ url, method: 'GET', headers: {}, signal }, () => {});

	expect(answer.statusCode).toBe(200);
	for (const socket of others) socket.destroy();
	await client.close();
	await server.terminate();
});
