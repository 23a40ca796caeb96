import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { fatStream, longStream, tokenStream, toStream, type Stream } from './streams';

/**
 * The other end of the wire, in a process of its own: answers that lie there as bytes, so that
 * what it costs to make them is on nobody's bill.
 *
 * `POST /{way}/{stream}/v1/chat/completions`; the way is `plain`, `held` (open after `[DONE]`),
 * `trickling` (event by event), `waiting` (the same, silent after its first half), or `paced-{ms}` (all of it in so many milliseconds).
 */

const fixture = (name: string): string =>
	readFileSync(join(__dirname, '..', 'test', 'fixtures', name), 'utf8');

const streams = new Map<string, Stream>();
/** Since when the last `[DONE]` of a held answer is out, by the machine's own clock. */
let doneAt = 0n;
let waiting = 0;

function streamOf(name: string, origin: string): Stream {
	const known = streams.get(name);
	if (known !== undefined) return known;
	const [kind = '', count = ''] = name.split('-');
	const made = makers[kind]?.(Number(count), origin);
	if (made === undefined) throw new Error(`There is no stream ${name}`);
	streams.set(name, made);
	return made;
}

const makers: Record<string, (count: number, origin: string) => Stream> = {
	reference: (_, origin) => {
		const link = /https:\/\/filesystem\.site\/cdn\/20251013\/\w+(?=\.)/g;
		const [body, text] = ['reference.sse', 'reference.transcript.md'].map((name) =>
			fixture(name).replace(link, `${origin}/video`),
		);
		return toStream(body ?? '', text ?? '', 78);
	},
	long: longStream,
	tokens: tokenStream,
	fat: fatStream,
};

const zeros = Buffer.alloc(64 * 1024);
/** How a video begins, so that it is one. */
const opening = Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1');

async function sendFile(response: ServerResponse, size: number): Promise<void> {
	response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': size });
	response.write(opening);
	for (let left = size - opening.length; left > 0; left -= zeros.length) {
		const more = response.write(zeros.subarray(0, Math.min(left, zeros.length)));
		if (!more) await drained(response);
		if (response.destroyed) return;
	}
	response.end();
}

const drained = (response: ServerResponse): Promise<void> =>
	new Promise((resolve) => {
		const go = (): void => {
			response.off('drain', go).off('close', go);
			resolve();
		};
		response.on('drain', go).on('close', go);
	});

/** In pieces as TLS cuts them, each given to the reader before the next is written. */
async function sendPieces(response: ServerResponse, { body }: Stream): Promise<void> {
	for (let at = 0; at < body.length && !response.destroyed; at += piece) {
		if (!response.write(body.subarray(at, at + piece))) await drained(response);
		await turn();
	}
	response.end();
}

const piece = 16 * 1024;

const doneLength = Buffer.byteLength('data: [DONE]\n\n');

async function trickle(response: ServerResponse, body: Buffer, length: number): Promise<void> {
	for (let at = 0, end = 0; at < length && !response.destroyed; at = end) {
		end = body.indexOf('\n\n', at) + 2;
		response.write(body.subarray(at, end));
		await wait(1);
	}
}

const ways: Record<string, (response: ServerResponse, stream: Stream, ms: number) => unknown> = {
	plain: sendPieces,
	async held(response, { body }) {
		response.write(body.subarray(0, -doneLength));
		await wait(40);
		doneAt = process.hrtime.bigint();
		response.write(body.subarray(-doneLength));
	},
	/** Event by event. */
	async trickling(response, { body }) {
		await trickle(response, body, body.length);
		response.end();
	},
	async waiting(response, { body }) {
		response.once('close', () => (waiting -= 1));
		await trickle(response, body, body.length / 2);
		waiting += 1;
	},
	async paced(response, { body, expected }, ms) {
		const startedAt = performance.now();
		const step = Math.ceil(body.length / expected.events);
		for (let at = 0; at < body.length; at += step) {
			const due = startedAt + ((at + step) / body.length) * ms;
			await wait(Math.max(0, due - performance.now()));
			response.write(body.subarray(at, at + step));
		}
		response.end();
	},
};

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const { host } = request.headers;
	const [first = '', name = ''] = (request.url ?? '').slice(1).split('/');
	const origin = `http://${host}`;
	if (first === 'size') sizeOfVideo = Number(name) * 1024 ** 2;
	if (first === 'video.mp4') return await sendFile(response, sizeOfVideo);
	if (request.method === 'GET') {
		const expected = first === 'expected' ? streamOf(name, origin).expected : undefined;
		const told = { expected, doneAt: String(doneAt), waiting };
		return void response.end(JSON.stringify(told));
	}
	request.resume();
	const [way = '', ms = '0'] = first.split('-');
	response.writeHead(200, { 'content-type': 'text/event-stream' });
	await ways[way]?.(response, streamOf(name, origin), Number(ms));
}

let sizeOfVideo = 1024 ** 2;

const server = createServer((request, response) => void answer(request, response));
server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', 4_096, () => {
	const { port } = server.address() as AddressInfo;
	process.send?.(`http://127.0.0.1:${port}`);
});
process.once('disconnect', () => process.exit());
