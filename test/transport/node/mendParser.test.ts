import { createServer, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { createClient } from '../../../nodes/ChatVideo/transport/node/client';
import { listening, type Listening } from '../../support/listening';

/** What stops a reader that does not read: undici pauses at 64 KiB. */
const body = Buffer.alloc(64 * 1024, 'video');
const head = 'HTTP/1.1 200 OK\r\nconnection: close\r\n';
const withLength = `${head}content-length: ${body.length}\r\n\r\n`;

/** A server at the bottom of things: it writes bytes, and ends when asked to. */
async function listen(answer: (socket: Socket) => void): Promise<Listening & { url: string }> {
	const server = await listening(
		createServer((socket) => {
			socket.on('error', () => {});
			socket.once('data', () => answer(socket));
		}),
	);
	return { ...server, url: `http://127.0.0.1:${server.port}` };
}

/** Reads nothing until the other side has long ended. */
async function readLate(url: string): Promise<Buffer> {
	const client = createClient({ ignoreSslIssues: false });
	try {
		const { signal } = new AbortController();
		const answer = await client.send({ url, method: 'GET', headers: {}, signal }, () => {});
		await wait(100);
		return await buffer(answer.body);
	} finally {
		client.close();
	}
}

const chunked = (bytes: Buffer): Buffer =>
	Buffer.concat([
		Buffer.from(`${bytes.length.toString(16)}\r\n`),
		bytes,
		Buffer.from('\r\n0\r\n\r\n'),
	]);

describe('an answer that ends while its reader is too slow', () => {
	it.each<[string, string, Buffer]>([
		['with its length', withLength, body],
		['without a length', `${head}\r\n`, body],
		['in chunks', `${head}transfer-encoding: chunked\r\n\r\n`, chunked(body)],
	])('is whole: %s', async (_, headers, bytes) => {
		await using server = await listen((socket) => {
			socket.write(headers);
			socket.end(bytes);
		});

		expect((await readLate(server.url)).equals(body)).toBe(true);
	});

	it('is whole through a proxy', async () => {
		await using server = await listen((socket) => {
			socket.write(withLength);
			socket.end(body);
		});
		process.env.http_proxy = server.url;
		try {
			expect((await readLate('http://files.example')).equals(body)).toBe(true);
		} finally {
			delete process.env.http_proxy;
		}
	});

	it.each<[string, (socket: Socket) => void]>([
		['ended', (socket) => socket.end()],
		['reset', (socket) => setTimeout(() => socket.resetAndDestroy(), 30)],
	])('is broken where it was %s before its end', async (_, end) => {
		await using server = await listen((socket) => {
			socket.write(`${head}content-length: ${body.length * 2}\r\n\r\n`);
			socket.write(body, () => end(socket));
		});

		await expect(readLate(server.url)).rejects.toThrow();
	});
});

describe('an answer that is not quite HTTP', () => {
	const text = 'data: {"task_id":"task_01k7"}\n\n';
	const inChunks = chunked(Buffer.from(text)).toString();

	/** What is read of it, and whether it broke off. */
	async function readAll(answer: string): Promise<{ read: string; isBroken: boolean }> {
		await using server = await listen((socket) => socket.end(answer));
		const client = createClient({ ignoreSslIssues: false });
		let read = '';
		try {
			const { signal } = new AbortController();
			const request = { url: server.url, method: 'POST', headers: {}, body: '{}', signal } as const;
			const { body: pieces } = await client.send(request, () => {});
			for await (const piece of pieces) read += Buffer.from(piece).toString();
			return { read, isBroken: false };
		} catch {
			return { read, isBroken: true };
		} finally {
			client.close();
		}
	}

	it.each([
		['lines that end without a carriage return', `HTTP/1.1 200 OK\nx-a: b\n\n${text}`],
		['a header over two lines', `${head}x-a: b\r\n  c\r\n\r\n${text}`],
		['a header with bytes that are no text', `${head}x-a: b\u0001\r\n\r\n${text}`],
		[
			'a length and chunks',
			`${head}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n${inChunks}`,
		],
		[
			'sizes of chunks with blanks after them',
			`${head}transfer-encoding: chunked\r\n\r\n${inChunks.replace('\r\n', '  \r\n')}`,
		],
	])('is read all the same: %s', async (_, answer) => {
		expect(await readAll(answer)).toEqual({ read: text, isBroken: false });
	});

	it.each([
		['no chunks where it says so', `: ok\n\n${text}`],
		['no chunks but JSON', '{"task_id":"task_01k7"}'],
		['a chunk that is longer than it says', `4\r\n: ok\n\n${text}\r\n0\r\n\r\n`],
		['a piece between chunks', `6\r\n: ok\n\n\r\n: ping\n\n${inChunks}`],
	])('is given on as it is, and broken off: %s', async (_, rest) => {
		const answer = `${head}transfer-encoding: chunked\r\n\r\n${rest}`;
		const { read, isBroken } = await readAll(answer);
		expect(read).toContain('"task_id":"task_01k7"}');
		expect(isBroken).toBe(true);
	});
});
