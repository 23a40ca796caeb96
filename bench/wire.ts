import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';

/**
 * The other end of the wire, in a process of its own: answers that lie there as bytes, so that
 * what it costs to make them is on nobody's bill.
 *
 * `POST /{way}/{stream}/v1/chat/completions`; ways are below, streams are `reference` and
 * `deltas-{count}`. `GET /expected/{stream}`, `/state`, `/size/{megabytes}` and `/video.mp4`.
 */

/** What a client must have read. */
export interface Expected {
	bytes: number;
	hash: string;
}

interface Stream {
	body: Buffer;
	expected: Expected;
}

const done = 'data: [DONE]\n\n';
const streams = new Map<string, Stream>();
/** When the last `[DONE]` of a held answer left, by the machine's own clock. */
let doneAt = 0n;
/** Answers of which no more will come. */
let waiting = 0;
let videoSize = 1_024 ** 2;

function streamOf(name: string, origin: string): Stream {
	const known = streams.get(name);
	if (known !== undefined) return known;
	const count = Number(name.split('-')[1]);
	const made = name === 'reference' ? referenceStream(origin) : deltaStream(count, origin);
	streams.set(name, made);
	return made;
}

function referenceStream(origin: string): Stream {
	const link = /https:\/\/filesystem\.site\/cdn\/20251013\/\w+(?=\.)/g;
	const [body = '', text = ''] = ['reference.sse', 'reference.transcript.md'].map((name) =>
		readFileSync(join(__dirname, '..', 'test', 'fixtures', name), 'utf8').replace(
			link,
			`${origin}/video`,
		),
	);
	return toStream(body, text);
}

const words =
	'The calico kitten wakes , stretches its paws and looks at the falling snow ; the camera glides slowly from left to right , warm light , shallow depth of field'.split(
		' ',
	);

/** A transcript with one word in each delta, a line of some two dozen. */
function deltaStream(count: number, origin: string): Stream {
	const task = '\n> ID: `task_01k7e5w9z5f2d91pekrqy59rwc`\n';
	const result = `\n> 生成完成 ✅\n\n[在线播放▶️](${origin}/video.mp4)`;
	const prose = Array.from({ length: count - 2 }, (_, index) =>
		index % 24 === 23 ? '.\n' : ` ${words[index % words.length]}`,
	);
	const texts = [task, ...prose, result];
	const events = [...texts.map((content) => toEvent({ content })), toEvent({}, 'stop'), done];
	return toStream(events.join(''), texts.join(''));
}

/** As the reference relay writes it. */
function toEvent(delta: object, finishReason: string | null = null): string {
	const chunk = {
		id: 'chatcmpl-89C77NMqv7oh6ajWBZful0xBNsJN1',
		object: 'chat.completion.chunk',
		created: 1_760_338_775,
		model: 'sora-2',
		choices: [{ index: 0, delta, finish_reason: finishReason }],
	};
	return `data: ${JSON.stringify(chunk)}\n\n`;
}

function toStream(text: string, transcript: string): Stream {
	const body = Buffer.from(text);
	const hash = createHash('sha256').update(transcript).digest('hex');
	return { body, expected: { bytes: body.length, hash } };
}

const piece = 16 * 1_024; // bytes, as TLS cuts them

const ways: Record<string, (response: ServerResponse, body: Buffer) => Promise<void>> = {
	/** Each piece is given to the reader before the next is written. */
	async plain(response, body) {
		for (let at = 0; at < body.length && !response.destroyed; at += piece) {
			if (!response.write(body.subarray(at, at + piece))) await drained(response);
			await turn();
		}
		response.end();
	},
	/** Open after `[DONE]`. */
	async held(response, body) {
		response.write(body.subarray(0, -done.length));
		await wait(40);
		doneAt = process.hrtime.bigint();
		response.write(body.subarray(-done.length));
	},
	async trickling(response, body) {
		await writeEvents(response, body, body.length);
		response.end();
	},
	/** Silent after its first half. */
	async waiting(response, body) {
		response.once('close', () => (waiting -= 1));
		await writeEvents(response, body, body.length / 2);
		waiting += 1;
	},
};

async function writeEvents(response: ServerResponse, body: Buffer, length: number): Promise<void> {
	for (let at = 0, end = 0; at < length && !response.destroyed; at = end) {
		end = body.indexOf('\n\n', at) + 2;
		response.write(body.subarray(at, end));
		await wait(1);
	}
}

const zeros = Buffer.alloc(64 * 1_024);
/** How a video begins, so that it is one. */
const opening = Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1');

async function sendVideo(response: ServerResponse): Promise<void> {
	response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': videoSize });
	response.write(opening);
	for (let left = videoSize - opening.length; left > 0; left -= zeros.length) {
		if (!response.write(zeros.subarray(0, Math.min(left, zeros.length)))) await drained(response);
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

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const { host } = request.headers;
	const [first = '', name = ''] = (request.url ?? '').slice(1).split('/');
	const origin = `http://${host}`;
	if (first === 'video.mp4') return await sendVideo(response);
	if (first === 'size') videoSize = Number(name) * 1_024 ** 2;
	if (request.method === 'GET') {
		const expected = first === 'expected' ? streamOf(name, origin).expected : undefined;
		return void response.end(JSON.stringify({ ...expected, doneAt: String(doneAt), waiting }));
	}
	request.resume();
	response.writeHead(200, { 'content-type': 'text/event-stream' });
	await ways[first]?.(response, streamOf(name, origin).body);
}

const server = createServer((request, response) => void answer(request, response));
server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', 4_096, () => {
	process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.once('disconnect', () => process.exit());
