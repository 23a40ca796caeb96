import { withOpening, type ErrorKind } from '../../nodes/ChatVideo/chat/errors';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { readChunks } from '../../nodes/ChatVideo/chat/chunks';
import { readDeltas } from '../../nodes/ChatVideo/chat/deltas';
import { readEvents } from '../../nodes/ChatVideo/chat/events';
import { isFinished, transcribe } from '../../nodes/ChatVideo/transcript/transcribe';
import { createClient } from '../support/createClient';
import { post } from '../../nodes/ChatVideo/transport/post';
import { createDeadline } from '../../nodes/ChatVideo/transport/deadline';
import type { Situation } from '../relay/situations';
import { startRelay, type Relay } from '../relay/relay';
import { listen, startPosting } from './posting';
import { turnsUntil } from '../support/turnsUntil';

const chat = (relay: Relay): string => `${relay.url}/v1/chat/completions`;

const asked = (relay: Relay) => ({
	headers: { 'content-type': 'application/json', authorization: `Bearer ${relay.apiKey}` },
	body: JSON.stringify({
		model: 'sora-2',
		messages: [{ role: 'user', content: 'A cat' }],
		stream: true,
	}),
});

/** One turn of a relay, read to its end by the whole pipeline. */
async function takeTurn(relay: Relay, situation: Situation) {
	relay.next(situation);
	const client = createClient({ ignoreSslIssues: false });
	const watch = createDeadline({ timeout: 10_000, idleTimeout: 10_000 });
	const bytes = await post(client, { url: chat(relay), ...asked(relay) }, watch);
	let videoAt = 0;
	const transcribed = await transcribe(readDeltas(readChunks(readEvents(bytes))), (transcript) => {
		if (!isFinished(transcript)) return;
		videoAt ||= performance.now();
		watch.endAfterResult();
	});
	const waited = performance.now() - videoAt;
	watch.close();
	client.close();
	return { ...transcribed, waited };
}

describe('a request', () => {
	it('goes out once, as it was given', async () => {
		await using server = await listen((request, response) => void request.pipe(response));
		const body = '{"prompt":"牛马"}';
		const headers = { 'content-type': 'application/json', 'x-forwarded-host': 'a.example' };
		await using posting = startPosting(`${server.url}/v1/chat?a=b%2Fc`, { body, headers });
		expect(await posting.text()).toBe(body);
		expect(posting.sent()).toBe(1);
		const [request, ...others] = server.requests;
		expect(others).toEqual([]);
		expect(request).toMatchObject({ method: 'POST', url: '/v1/chat?a=b%2Fc' });
		expect(request?.headers).toMatchObject({
			...headers,
			'content-length': String(Buffer.byteLength(body)),
		});
	});

	it('has a connection of its own', async () => {
		await using server = await listen((_, response) => response.end('x'));
		const client = createClient({ ignoreSslIssues: false });
		const watch = createDeadline({});
		for (let count = 0; count < 3; count += 1) {
			const request = { url: server.url, headers: {}, body: '{}' };
			for await (const piece of await post(client, request, watch)) void piece;
		}
		watch.close();
		client.close();
		expect(server.requests).toHaveLength(3);
		expect(server.sockets).toHaveLength(3);
	});

	it('is not sent again by itself, whatever happens to it', async () => {
		await using server = await listen((request) => request.socket.destroy());
		await using posting = startPosting(server.url);
		await posting.error();
		await wait(50);
		expect(server.requests).toHaveLength(1);
		expect(posting.sent()).toBe(1);
	});

	it('says that it is on its way before the answer begins', async () => {
		await using server = await listen(() => {});
		await using posting = startPosting(server.url, { timeout: 200 });
		while (server.requests.length === 0) await wait(1);
		expect(posting.sent()).toBe(1);
	});
});

describe('an answer', () => {
	it('is given piece by piece, as it comes', async () => {
		let goOn = (): unknown => undefined;
		await using server = await listen((_, response) => {
			response.write('first');
			goOn = () => response.end('second');
		});
		await using posting = startPosting(server.url);
		const seen: string[] = [];
		for await (const piece of await posting.bytes) {
			seen.push(Buffer.from(piece).toString());
			goOn();
		}
		expect(seen).toEqual(['first', 'second']);
	});

	it('is given as it is, whatever its type says', async () => {
		await using relay = await startRelay();
		relay.next({ kind: 'generate', contentType: 'text/plain' });
		await using posting = startPosting(chat(relay), asked(relay));
		expect(await posting.text()).toMatch(/^data: .*\n\ndata: \[DONE\]\n\n$/s);
	});

	it('names tasks in the headers before and after its body', async () => {
		let goOn = (): void => {};
		await using server = await listen((_, response) => {
			response.writeHead(200, { 'x-task-id': 'one-1', trailer: 'x-job-id' }).write('data: 1');
			response.addTrailers({ 'x-job-id': 'two-2' });
			goOn = () => response.end();
		});
		await using posting = startPosting(server.url);
		const answer = await posting.bytes;
		expect(answer.namedTasks()).toEqual(['one-1']);
		goOn();
		await posting.text();
		expect(answer.namedTasks()).toEqual(['one-1', 'two-2']);
	});

	it.each<[string, boolean, readonly string[]]>([
		['are waited for where the answer is over before', true, ['one-1']],
		['are not waited for without end', false, []],
	])('has headers after its body, which %s', async (_, comes, named) => {
		await using server = await listen((__, response) => {
			response.writeHead(200, { trailer: 'x-job-id' }).write('data: [DONE]\n\n');
			response.addTrailers({ 'x-job-id': 'one-1' });
			if (comes) setTimeout(() => response.end(': bye'), 60);
		});
		await using posting = startPosting(server.url);
		const answer = await posting.bytes;
		const since = Date.now();
		for await (const piece of answer) if (piece.length > 0) break;
		expect(answer.namedTasks()).toEqual(named);
		expect(Date.now() - since).toBeLessThan(2_000);
	});

	it.each([200, 201, 299])('of status %d is read', async (status) => {
		await using server = await listen((_, response) => response.writeHead(status).end('x'));
		await using posting = startPosting(server.url);
		expect(await posting.text()).toBe('x');
	});
});

describe('the end of a turn', () => {
	it('is [DONE], although the relay holds the connection', async () => {
		await using relay = await startRelay();
		let least = Infinity;
		// A machine that is busy may take long for some.
		for (let count = 0; count < 10 && least >= 200; count += 1) {
			const { kind, transcript, waited } = await takeTurn(relay, {
				kind: 'generate',
				holdAfterDone: true,
			});
			expect([kind, transcript.finishReason]).toEqual(['whole', 'stop']);
			least = Math.min(least, waited);
		}
		expect(least).toBeLessThan(200);
		while (relay.openSockets > 0) await wait(1);
		expect(await relay.turns[0]?.closed).toMatchObject({ by: 'client' });
	});

	it('is the end of the stream, where [DONE] is missing', async () => {
		await using relay = await startRelay();
		expect(await takeTurn(relay, { kind: 'generate', omitDone: true })).toMatchObject({
			kind: 'whole',
		});
	});

	it('is a short silence after the result, where both are missing', async () => {
		await using relay = await startRelay();
		const turn = await takeTurn(relay, { kind: 'generate', omitDone: true, holdAfterDone: true });
		expect(turn).toMatchObject({ kind: 'whole' });
		expect(turn.waited).toBeLessThan(2_000);
	});

	it.each(['reset', 'destroy'] as const)('is a break, by %s', async (cutBy) => {
		await using relay = await startRelay();
		const turn = await takeTurn(relay, { kind: 'generate', cutAt: 'afterTask', cutBy });
		expect(turn).toMatchObject({ kind: 'broken', cause: { kind: 'disconnected' } });
		expect(turn.transcript.taskId).toBe(relay.turns[0]?.taskId);
	});
});

describe('silence', () => {
	it.each([
		['before the answer', 'beforeHeaders'],
		['within the answer', 'afterHeaders'],
	] as const)('%s ends it after the idle timeout', async (_, when) => {
		await using relay = await startRelay();
		relay.next({ kind: 'silent', when });
		await using posting = startPosting(chat(relay), { ...asked(relay), idleTimeout: 150 });
		const start = performance.now();
		expect(await posting.error()).toMatchObject({
			kind: 'timeout',
			message: 'The service sent nothing for 0.15 s',
			facts: { billing: 'possible' },
		});
		expect(performance.now() - start).toBeGreaterThan(100);
		expect(await relay.turns[0]?.closed).toMatchObject({ by: 'client' });
	});

	it('is not what a relay keeps that says PING', async () => {
		await using relay = await startRelay();
		relay.next({ kind: 'generate', pauses: [{ at: 'afterTask', ms: 400 }], pingWhileWaiting: 20 });
		await using posting = startPosting(chat(relay), { ...asked(relay), idleTimeout: 200 });
		expect(await posting.text()).toContain('[DONE]');
	});

	it('does not count against the whole time, which ends it all the same', async () => {
		await using relay = await startRelay();
		relay.next({ kind: 'generate', silentAt: 'afterTask', pingWhileWaiting: 20 });
		await using posting = startPosting(chat(relay), {
			...asked(relay),
			timeout: 250,
			idleTimeout: 200,
		});
		expect(await posting.error()).toMatchObject({
			kind: 'timeout',
			message: 'No result came within the timeout of 0.25 s',
			facts: { billing: 'possible' },
		});
	});
});

describe('Stop', () => {
	it.each([
		['before the answer', { kind: 'silent', when: 'beforeHeaders' }],
		['within the answer', { kind: 'generate', silentAt: 'afterTask' }],
	] as Array<[string, Situation]>)('%s closes the connection at once', async (_, situation) => {
		await using relay = await startRelay();
		relay.next(situation);
		const stop = new AbortController();
		await using posting = startPosting(chat(relay), { ...asked(relay), cancel: stop.signal });
		const error = posting.error();
		const turn = await relay.turn(0);
		await wait(30);
		stop.abort();
		expect(await turnsUntil(error)).toBeLessThan(20);
		expect(await error).toMatchObject({
			kind: 'cancelled',
			message: 'The execution was stopped',
			facts: { billing: 'possible' },
		});
		expect(await turn.closed).toMatchObject({ by: 'client' });
	});

	it('before the request sends nothing', async () => {
		await using server = await listen((_, response) => response.end());
		await using posting = startPosting(server.url, { cancel: AbortSignal.abort() });
		expect(await posting.error()).toMatchObject({ kind: 'cancelled', facts: { billing: 'none' } });
		expect(posting.sent()).toBe(0);
		expect(server.requests).toEqual([]);
	});
});

describe('a break', () => {
	it('before the answer may have been charged', async () => {
		await using relay = await startRelay();
		relay.next({ kind: 'reset', when: 'beforeHeaders' });
		await using posting = startPosting(chat(relay), asked(relay));
		expect(await posting.error()).toMatchObject({
			kind: 'unavailable',
			message: expect.stringMatching(/^127\.0\.0\.1:\d+ closed the connection before it answered$/),
			facts: { billing: 'possible' },
		});
		expect(posting.sent()).toBe(1);
	});

	it('within the answer is a disconnection, after what had come', async () => {
		await using server = await listen((request, response) => {
			response.write('data: 1\n\n', () => setTimeout(() => request.socket.destroy(), 20));
		});
		await using posting = startPosting(server.url);
		let seen = '';
		const reading = (async () => {
			for await (const piece of await posting.bytes) seen += Buffer.from(piece).toString();
		})();
		await expect(reading).rejects.toMatchObject({
			kind: 'disconnected',
			facts: { billing: 'possible' },
		});
		expect(seen).toBe('data: 1\n\n');
	});

	it('within a compressed answer comes after all that had come, too', async () => {
		await using server = await listen((request, response) => {
			response.writeHead(200, { 'content-encoding': 'gzip' });
			response.write(gzipSync('data: 1\n\n'), () => request.socket.destroy());
		});
		for (let round = 0; round < 20; round += 1) {
			await using posting = startPosting(server.url);
			let seen = '';
			const reading = (async () => {
				for await (const piece of await posting.bytes) seen += Buffer.from(piece).toString();
			})();
			await expect(reading).rejects.toMatchObject({ kind: 'disconnected' });
			expect(seen).toBe('data: 1\n\n');
		}
	});
});

describe('a refusal', () => {
	it.each([
		[401, 'unauthorized', 'none'],
		[429, 'rateLimited', 'none'],
		[503, 'unavailable', 'possible'],
		[500, 'unavailable', 'possible'],
	])('of status %d is %s, charged: %s', async (status, kind, billing) => {
		await using server = await listen((_, response) => {
			response.writeHead(status, { 'retry-after': '3', 'x-request-id': 'r1' });
			response.end('{"error":{"message":"sorry"}}');
		});
		await using posting = startPosting(server.url);
		expect(await posting.error()).toMatchObject({
			kind,
			message: withOpening(kind as ErrorKind, `The service answered ${status}: “sorry”`),
			facts: { billing, status, requestId: 'r1', retryAfter: 3_000 },
		});
	});

	it('names a task in the headers after its body, too', async () => {
		await using server = await listen((_, response) => {
			response.writeHead(429, { trailer: 'x-task-id' }).write('slow down');
			response.addTrailers({ 'x-task-id': 'task_01k7dzptgwf2z87wj2c3t36qk0' });
			response.end();
		});
		await using posting = startPosting(server.url);
		expect(await posting.error()).toMatchObject({
			facts: { billing: 'started', task: { taskId: 'task_01k7dzptgwf2z87wj2c3t36qk0' } },
		});
	});

	it('in another charset is read', async () => {
		await using server = await listen((_, response) => {
			response.writeHead(403, { 'content-type': 'application/json; charset=GBK' });
			response.end(Buffer.from('7b226572726f72223a22d3e0b6eeb2bbd7e3227d', 'hex'));
		});
		await using posting = startPosting(server.url);
		expect(await posting.error()).toMatchObject({
			kind: 'quota',
			message: expect.stringContaining('余额不足') as string,
		});
	});

	it('is not followed to where it points', async () => {
		await using other = await listen((_, response) => response.end('data: 1\n\n'));
		await using server = await listen((_, response) =>
			response.writeHead(307, { location: other.url }).end(),
		);
		await using posting = startPosting(server.url);
		expect(await posting.error()).toMatchObject({
			kind: 'malformed',
			message: `The service answered 307 and points to ${other.url} instead`,
		});
		expect(other.requests).toEqual([]);
	});

	it('is one by its status, where its body breaks off', async () => {
		await using server = await listen((request, response) => {
			response.writeHead(401, { 'content-length': '1000' });
			response.write('half', () => setTimeout(() => request.socket.destroy(), 20));
		});
		await using posting = startPosting(server.url);
		expect(await posting.error()).toMatchObject({
			kind: 'unauthorized',
			message: 'The API key was not accepted. The service answered 401: “half”',
			facts: { status: 401 },
		});
	});

	it('without an end is read so far as to say what it is', async () => {
		await using server = await listen((_, response) => {
			response.writeHead(502, { 'content-type': 'text/html' });
			response.write('<html><title>502 Bad gateway</title>');
			const more = (): void => {
				while (!response.destroyed && response.write('x'.repeat(65_536))) void 0;
			};
			response.on('drain', more);
			more();
		});
		await using posting = startPosting(server.url);
		expect(await posting.error()).toMatchObject({
			kind: 'unavailable',
			message: 'A gateway answered 502: “502 Bad gateway”',
			facts: { billing: 'possible' },
		});
	});
});
