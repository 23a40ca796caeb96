import { connect as connectTls } from 'node:tls';
import { createServer, type LookupFunction } from 'node:net';
import { ChatError } from '../../nodes/ChatVideo/chat/errors';
import { toConnectionError } from '../../nodes/ChatVideo/transport/connection';
import { listening, type Listening } from '../support/listening';
import { key, listen, startPosting } from './posting';

const failing =
	(error: Error): LookupFunction =>
	(_, __, callback) =>
		callback(error, '', 4);

describe('a connection that does not come about has cost nothing', () => {
	it('where nothing listens', async () => {
		const server = await listen(() => {});
		await server[Symbol.asyncDispose]();
		await using posting = startPosting(server.url);
		expect(await posting.error()).toMatchObject({
			kind: 'unavailable',
			message: `Could not connect to 127.0.0.1:${server.port}: nothing listens there`,
			facts: { billing: 'none', code: 'ECONNREFUSED' },
		});
		expect(posting.sent()).toBe(0);
	});

	it.each([
		['ENOTFOUND', 'the name is not known'],
		['EAI_AGAIN', 'the name could not be looked up'],
		['EHOSTUNREACH', 'the host cannot be reached'],
	])('where the name cannot be looked up: %s', async (code, reason) => {
		const lookup = failing(Object.assign(new Error(code), { code }));
		await using posting = startPosting('https://relay.example/v1', { lookup });
		expect(await posting.error()).toMatchObject({
			kind: 'unavailable',
			message: `Could not connect to relay.example: ${reason}`,
			facts: { billing: 'none', code },
		});
		expect(posting.sent()).toBe(0);
	});

	it('where this n8n does not allow it', async () => {
		class SsrfBlockedIpError extends Error {}
		const lookup = failing(new SsrfBlockedIpError('blocked'));
		await using posting = startPosting('http://relay.example/v1', { lookup });
		expect(await posting.error()).toMatchObject({
			kind: 'unsafeUrl',
			message: 'This n8n does not allow connections to relay.example',
			facts: { billing: 'none' },
		});
		expect(posting.sent()).toBe(0);
	});

	it('where the server closes before it speaks TLS', async () => {
		await using server = await listening(createServer((socket) => socket.destroy()));
		await using posting = startPosting(`https://127.0.0.1:${server.port}/v1`);
		expect(await posting.error()).toMatchObject({
			kind: 'unavailable',
			facts: { billing: 'none' },
		});
		expect(posting.sent()).toBe(0);
	});

	it('where the server does not speak TLS', async () => {
		await using server = await listen((_, response) => response.end());
		await using posting = startPosting(server.url.replace('http:', 'https:'));
		expect(await posting.error()).toMatchObject({
			kind: 'unavailable',
			message: `Could not connect to 127.0.0.1:${server.port}: it does not speak TLS as expected`,
			facts: { billing: 'none' },
		});
		expect(server.requests).toEqual([]);
	});
});

describe('a certificate that nobody signed', () => {
	it('is refused, and the request is not sent', async () => {
		await using server = await listen((_, response) => response.end('x'), true);
		await using posting = startPosting(server.url);
		expect(await posting.error()).toMatchObject({
			kind: 'unavailable',
			message: `Could not connect to 127.0.0.1:${server.port}: its certificate is not trusted`,
			facts: { billing: 'none' },
		});
		expect(posting.sent()).toBe(0);
		expect(server.requests).toEqual([]);
	});

	it('is accepted where SSL issues are to be ignored', async () => {
		await using server = await listen((_, response) => response.end('x'), true);
		await using posting = startPosting(server.url, { ignoreSslIssues: true });
		expect(await posting.text()).toBe('x');
	});

	it('is accepted for that one request only', async () => {
		await using server = await listen((_, response) => response.end('x'), true);
		await using ignoring = startPosting(server.url, { ignoreSslIssues: true });
		await ignoring.text();
		await using posting = startPosting(server.url);
		expect(await posting.error()).toMatchObject({ kind: 'unavailable' });
		const verified = connectTls({ host: '127.0.0.1', port: server.port, ca: key.cert });
		await new Promise((resolve) => verified.once('secureConnect', resolve));
		expect(verified.authorized).toBe(true);
		verified.destroy();
	});
});

/** A server that answers every request with these bytes, and ends. */
const saying = (bytes: Buffer | string): Promise<Listening> =>
	listening(
		createServer(
			(socket) => void socket.on('error', () => {}).once('data', () => socket.end(bytes)),
		),
	);

describe('an answer', () => {
	it.each([
		['an alert of TLS', Buffer.from([0x15, 3, 3, 0, 2, 2, 70])],
		['a greeting of SSH', 'SSH-2.0-OpenSSH_9.2\r\n'],
		['a frame of HTTP/2', Buffer.from([0, 0, 18, 4, 0, 0, 0, 0, 0])],
		['a broken head', 'HTTP/1.1 two hundred\r\n\r\n'],
		['a status of nothing', 'HTTP/1.1 099 Odd\r\n\r\n'],
		['another protocol', 'HTTP/1.1 101 Go\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'],
	])('that is no HTTP is called so, and may have cost money: %s', async (_, bytes) => {
		await using server = await saying(bytes);
		await using posting = startPosting(`http://127.0.0.1:${server.port}`);
		expect(await posting.error()).toMatchObject({
			kind: 'malformed',
			message: expect.stringContaining('what it sent is no HTTP'),
			facts: { billing: 'possible' },
		});
	});

	it.each([
		['two lengths', 'content-length: 3\r\ncontent-length: 4\r\n\r\nabc', /another length/],
		['a head without end', `x: ${'x'.repeat(100_000)}\r\n\r\n`, /head of its answer is too long/],
	])('that cannot be read came all the same: with %s', async (_, rest, words) => {
		await using server = await saying(`HTTP/1.1 200 OK\r\n${rest}`);
		await using posting = startPosting(`http://127.0.0.1:${server.port}`);
		const error = await posting.error();
		expect(error).toMatchObject({ kind: 'malformed', facts: { billing: 'possible' } });
		expect(error.message).toMatch(/^127.0.0.1:\d+ answered, but /);
		expect(error.message).toMatch(words);
	});

	it.each([
		['a chunk', '200 OK', 'transfer-encoding: chunked\r\n\r\n5\r\ndata:\r\nzz\r\n'],
		['what has none', '204 No Content', 'content-length: 5\r\n\r\ndata:'],
	])('whose body cannot be read is one that broke off: %s', async (_, status, rest) => {
		await using server = await saying(`HTTP/1.1 ${status}\r\n${rest}`);
		await using posting = startPosting(`http://127.0.0.1:${server.port}`);
		expect(await posting.error()).toMatchObject({
			kind: 'disconnected',
			message: 'The service sent a piece of its answer that cannot be read',
			facts: { billing: 'possible' },
		});
	});

	it.each(['100 Continue', '102 Processing', '103 Early Hints'])(
		'after a %s that nobody asked for is read',
		async (wait) => {
			const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nx';
			await using server = await saying(`HTTP/1.1 ${wait}\r\n\r\n${answer}`);
			await using posting = startPosting(`http://127.0.0.1:${server.port}`);
			expect(await posting.text()).toBe('x');
		},
	);

	it.each([
		['with chunks', 'transfer-encoding: chunked\r\n\r\n5\r\ndata:\r\n'],
		['within a chunk', 'transfer-encoding: chunked\r\n\r\nff\r\ndata:'],
		['with a length', 'content-length: 100\r\n\r\ndata:'],
	])('that is cut is one that broke off: %s', async (_, rest) => {
		await using server = await saying(`HTTP/1.1 200 OK\r\n${rest}`);
		await using posting = startPosting(`http://127.0.0.1:${server.port}`);
		expect(await posting.error()).toMatchObject({
			kind: 'disconnected',
			message: 'The service broke the connection off before the end of its answer',
			facts: { billing: 'possible' },
		});
	});

	it.each(['', 'HTTP/1.1 200 OK\r\ncontent-'])('that ends within its head: "%s"', async (head) => {
		await using server = await saying(head);
		await using posting = startPosting(`http://127.0.0.1:${server.port}`);
		expect(await posting.error()).toMatchObject({
			kind: 'unavailable',
			message: `127.0.0.1:${server.port} closed the connection before it answered`,
			facts: { billing: 'possible' },
		});
	});
});

describe('the words for a connection that failed', () => {
	const url = 'https://relay.example/v1';
	const coded = (code: string): Error => Object.assign(new Error('boom'), { code });

	it.each([
		['ENOTFOUND', 'the name is not known'],
		['ENETUNREACH', 'the host cannot be reached'],
		['ETIMEDOUT', 'it did not answer in time'],
		['CERT_HAS_EXPIRED', 'its certificate is not trusted'],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is not trusted'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its certificate is not trusted'],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is not trusted'],
		['EPROTO', 'it does not speak TLS as expected'],
		['ECONNRESET', 'the connection was closed'],
		['EWHATEVER', 'EWHATEVER boom'],
	])('%s', (code, reason) => {
		expect(toConnectionError(coded(code), url, 'none').message).toBe(
			`Could not connect to relay.example: ${reason}`,
		);
	});

	it.each([
		[
			'of several addresses',
			new AggregateError([coded('ECONNREFUSED'), coded('EHOSTUNREACH')]),
			'nothing listens there',
		],
		[
			'after another error',
			new Error('outer', { cause: coded('ECONNREFUSED') }),
			'nothing listens there',
		],
		['without a code', new Error('boom'), 'boom'],
		['that is no error', 'boom', 'boom'],
	])('%s', (_, cause, reason) => {
		expect(toConnectionError(cause, url, 'none')).toMatchObject({
			message: `Could not connect to relay.example: ${reason}`,
			cause,
		});
	});

	it('after the request was sent, nobody knows what it cost', () => {
		expect(toConnectionError(coded('ECONNRESET'), url, 'possible')).toMatchObject({
			kind: 'unavailable',
			message: 'relay.example closed the connection before it answered',
			facts: { billing: 'possible', code: 'ECONNRESET' },
		});
	});

	it.each([
		[
			'by its class',
			Object.assign(new Error('x', { cause: new (class SsrfError extends Error {})() })),
		],
		['by its name', Object.assign(new Error('x'), { name: 'EgressPolicyError' })],
	])('a policy is recognized %s, and nothing was sent', (_, cause) => {
		expect(toConnectionError(cause, url, 'possible')).toMatchObject({
			kind: 'unsafeUrl',
			facts: { billing: 'none' },
		});
	});

	it('an error that says more stays, with what it cost', () => {
		const stopped = new ChatError('cancelled', 'stopped', { billing: 'possible' });
		expect(toConnectionError(stopped, url, 'none')).toMatchObject({
			kind: 'cancelled',
			message: 'stopped',
			facts: { billing: 'none' },
		});
	});
});
