import type { LookupFunction } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { createClient } from '../support/createClient';
import { download, type DownloadRequest } from '../../nodes/ChatVideo/transport/download';
import { createDeadline, type DeadlineOptions } from '../../nodes/ChatVideo/transport/deadline';
import { mediaBytes } from '../relay/media';
import type { MediaBehaviour } from '../relay/mediaBehaviour';
import { startRelay, type Relay } from '../relay/relay';
import { serve } from '../support/serve';

const megabyte = 1024 ** 2;
const mp4 = mediaBytes('video');

let relay: Relay;
let open: Array<() => Promise<void> | void> = [];
beforeEach(async () => {
	relay = await startRelay();
	open = [() => relay.close()];
});
afterEach(() => Promise.all(open.map((close) => close())));

function start(
	request: Partial<DownloadRequest> & { url: string },
	watching: DeadlineOptions = {},
	lookup?: LookupFunction,
) {
	const client = createClient({ ignoreSslIssues: false, lookup });
	const watch = createDeadline({ of: 'download', ...watching });
	open.unshift(
		() => watch.close(),
		() => Promise.resolve(client.close()),
	);
	const allows = (): Promise<boolean> => Promise.resolve(true);
	const wanted = { kind: 'video', largest: megabyte, allows, ...request } as const;
	return download(client, wanted, watch);
}

/** The whole file, or the error of whatever went wrong on the way. */
async function get(...args: Parameters<typeof start>): Promise<Buffer> {
	const file = await start(...args);
	return await buffer(file.stream);
}

const video = (behaviour?: MediaBehaviour): string => relay.publish('video', behaviour);

async function socketsClosed(): Promise<void> {
	const until = Date.now() + 2_000;
	while (relay.openSockets > 0 && Date.now() < until) await wait(5);
	expect(relay.openSockets).toBe(0);
}

describe('a download', () => {
	it.each<[string, MediaBehaviour]>([
		['with its length', {}],
		['without a length', { withoutLength: true }],
		['in single bytes', { size: 40, piece: 1, pace: 1 }],
		['that takes longer than a silence may', { size: 1_024, piece: 128, pace: 60 }],
		['after redirects to other paths', { redirects: 3 }],
		['after as many redirects as are followed', { redirects: 5 }],
		['of unknown type', { contentType: 'application/octet-stream' }],
	])('gives the bytes of a file %s', async (_, behaviour) => {
		const file = await start({ url: video(behaviour) }, { idleTimeout: 300 });

		const bytes = await buffer(file.stream);

		expect(bytes.equals(mp4.subarray(0, behaviour.size))).toBe(true);
		expect(file.mimeType).toBe('video/mp4');
		expect(file.received).toBe(bytes.length);
	});

	it('gives a picture where a picture is wanted', async () => {
		const file = await start({ url: relay.publish('poster'), kind: 'image' });

		expect((await buffer(file.stream)).equals(mediaBytes('poster'))).toBe(true);
		expect(file.mimeType).toBe('image/webp');
	});

	it('sends nothing that says who asks', async () => {
		await get({ url: video({ redirects: 1 }) });

		expect(relay.requests).toHaveLength(2);
		for (const { headers } of relay.requests) {
			expect(Object.keys(headers).sort()).toEqual(
				['accept', 'accept-encoding', 'connection', 'host', 'user-agent'].sort(),
			);
		}
	});

	it('asks for a signed link as it is written, after a redirect too', async () => {
		const seen: Array<string | undefined> = [];
		const signed = "/files%2Fraw/it's|x?se=2026-01-02T00%3A00%3A00Z&sig=a%2Bb%2F%3D'";
		await using server = await serve((request, response) => {
			seen.push(request.url);
			if (seen.length === 1) return response.writeHead(302, { location: signed }).end();
			if (seen.length === 2) {
				return response.writeHead(307, { location: `${server.url}${signed}&hop=2#t=1` }).end();
			}
			return response.writeHead(200, { 'content-type': 'video/mp4' }).end(mp4);
		});

		await get({ url: `${server.url}${signed}` });

		expect(seen).toEqual([signed, signed, `${signed}&hop=2`]);
	});

	it('resolves a redirect that is relative to its path', async () => {
		const seen: Array<string | undefined> = [];
		await using server = await serve((request, response) => {
			seen.push(request.url);
			if (request.url === '/a/b') return response.writeHead(301, { location: '../c?d' }).end();
			return response.writeHead(200, { 'content-type': 'video/mp4' }).end(mp4);
		});

		await get({ url: `${server.url}/a/b` });

		expect(seen).toEqual(['/a/b', '/c?d']);
	});

	it('goes through the proxy of the environment', async () => {
		const seen: Array<string | undefined> = [];
		await using proxy = await serve((request, response) => {
			seen.push(request.url);
			response.writeHead(200, { 'content-type': 'video/mp4' }).end(mp4);
		});
		process.env.http_proxy = proxy.url;
		try {
			await get({ url: 'http://files.example/a%2Fb.mp4' });
		} finally {
			delete process.env.http_proxy;
		}

		expect(seen).toEqual(['http://files.example/a%2Fb.mp4']);
	});

	it('takes no more than its reader does', async () => {
		const url = video({ size: 64 * megabyte });
		const file = await start({ url, largest: 64 * megabyte });

		await wait(200);

		expect(file.received).toBeLessThan(megabyte);
		file.close();
		await socketsClosed();
	});
});

describe('a download ends with a sentence', () => {
	it.each<[string, MediaBehaviour, string, string]>([
		['at a web page', { answer: 'html' }, 'download', 'leads to text/html, not to a video'],
		['at an expired link', { answer: 'forbidden' }, 'download', 'answered 403: the link may have'],
		['at a link to nothing', { answer: 'notFound' }, 'download', 'answered 404: the link may have'],
		['at a reset', { answer: 'reset' }, 'unavailable', 'closed the connection before it answered'],
		['at an empty file', { size: 0 }, 'download', 'leads to an empty file'],
		['at a circle', { redirects: Infinity }, 'download', 'redirected more than 5 times'],
		['at one redirect too many', { redirects: 6 }, 'download', 'redirected more than 5 times'],
		['in the middle', { cutAt: 5_000 }, 'download', 'broke the connection off before the end'],
		[
			'in the middle of a file without length',
			{ cutAt: 5_000, withoutLength: true },
			'download',
			'broke the connection off before the end',
		],
		[
			'at a redirect to a file of this machine',
			{ redirects: 1, redirectTo: 'file://' },
			'unsafeUrl',
			'not to an http(s) address',
		],
	])('%s', async (_, behaviour, kind, words) => {
		const getting = get({ url: video(behaviour) });

		await expect(getting).rejects.toMatchObject({
			kind,
			message: expect.stringContaining(words) as string,
		});
		await socketsClosed();
	});

	it('at a host that is not there', async () => {
		await expect(get({ url: 'http://127.0.0.1:1/a.mp4' })).rejects.toMatchObject({
			kind: 'unavailable',
			message: 'Could not connect to 127.0.0.1:1: nothing listens there',
		});
	});

	it.each(['file:///etc/passwd', 'data:video/mp4;base64,AAAA', 'ftp://h.example/a.mp4', 'a.mp4'])(
		'at %s, without asking anybody',
		async (url) => {
			await expect(get({ url })).rejects.toMatchObject({ kind: 'unsafeUrl' });
		},
	);

	it('at a picture', async () => {
		await expect(get({ url: relay.publish('poster') })).rejects.toThrow(
			'The link leads to image/webp, not to a video',
		);
	});

	it('at a file that comes compressed', async () => {
		await using server = await serve((_, response) => {
			response.writeHead(200, { 'content-type': 'video/mp4', 'content-encoding': 'gzip' }).end(mp4);
		});

		await expect(get({ url: server.url })).rejects.toThrow('compressed (gzip)');
	});

	it('at a length over the limit, before anything of it is read', async () => {
		const url = video({ size: 300 * megabyte });

		await expect(start({ url })).rejects.toMatchObject({
			kind: 'download',
			message: 'The file has 300 MB, and Max Size is 1 MB',
		});
		await socketsClosed();
	});

	it('when more comes than the limit allows', async () => {
		const file = await start({ url: video({ size: 300 * megabyte, withoutLength: true }) });

		await expect(buffer(file.stream)).rejects.toMatchObject({
			kind: 'download',
			message: 'The file is larger than Max Size, 1 MB',
		});
		expect(file.received).toBeLessThan(2 * megabyte);
		await socketsClosed();
	});

	it.each<[string, MediaBehaviour]>([
		['before the answer', { answer: 'silent' }],
		['before the first byte', { silentAt: 0 }],
		['in the middle', { silentAt: 5_000 }],
	])('at silence %s', async (_, behaviour) => {
		const getting = get({ url: video(behaviour) }, { idleTimeout: 150 });

		await expect(getting).rejects.toMatchObject({
			kind: 'timeout',
			message: 'The server sent nothing for 0.15 s',
		});
		await socketsClosed();
	});

	it('at its whole time, however alive it is', async () => {
		const url = video({ piece: 16, pace: 5 });

		await expect(get({ url }, { idleTimeout: 1_000, timeout: 200 })).rejects.toMatchObject({
			kind: 'timeout',
			message: 'The download did not finish within 0.2 s',
		});
		await socketsClosed();
	});

	it('at its whole time, where the connection is held after the last byte', async () => {
		const url = video({ withoutLength: true, silentAt: mp4.length });

		await expect(get({ url }, { idleTimeout: 1_000, timeout: 200 })).rejects.toMatchObject({
			message: 'The download did not finish within 0.2 s',
		});
		await socketsClosed();
	});

	it.each(['http://HOST/', '/', '//HOST/'])(
		'at its whole time, which all redirects share: %s',
		async (location) => {
			await using server = await serve(({ headers }, response) => {
				const to = location.replace('HOST', headers.host ?? '');
				setTimeout(() => response.writeHead(302, { location: to }).end(), 80);
			});

			await expect(get({ url: server.url }, { timeout: 200 })).rejects.toMatchObject({
				message: 'The download did not finish within 0.2 s',
			});
		},
	);

	it('at its whole time, where its head comes letter by letter', async () => {
		await using server = await serve(({ socket }) => {
			const letters = [...'HTTP/1.1 200 OK\r\n', ...'x: y\r\n'.repeat(50)].values();
			const timer = setInterval(() => socket.write(letters.next().value ?? 'x'), 5);
			socket.on('close', () => clearInterval(timer)).on('error', () => {});
		});

		await expect(get({ url: server.url }, { timeout: 200 })).rejects.toMatchObject({
			message: 'The download did not finish within 0.2 s',
		});
	});

	it('at Stop, at once, while n8n’s policy is asked', async () => {
		const stop = new AbortController();
		const never = new Promise<never>(() => {});
		const file = start({ url: video({}), allows: () => never }, { cancel: stop.signal });

		stop.abort();

		await expect(file).rejects.toMatchObject({ kind: 'cancelled' });
	});

	it('at Stop, at once', async () => {
		const stop = new AbortController();
		const file = await start({ url: video({ silentAt: 5_000 }) }, { cancel: stop.signal });
		const reading = buffer(file.stream);

		stop.abort();

		await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
		await socketsClosed();
	});
});

describe('where a link may lead', () => {
	it('is asked before every hop', async () => {
		const asked: string[] = [];
		const other = await startRelay();
		open.unshift(() => other.close());
		const url = video({ redirects: 1, redirectTo: other.url });
		const allows = (hop: string): Promise<boolean> => {
			asked.push(hop);
			return Promise.resolve(!hop.startsWith(other.url));
		};

		await expect(get({ url, allows })).rejects.toMatchObject({
			kind: 'unsafeUrl',
			message: `This n8n does not allow connections to ${new URL(other.url).host}`,
		});
		expect(asked).toEqual([url, expect.stringContaining(other.url)]);
		expect(other.requests).toHaveLength(0);
	});

	it('is looked up by the filter when it connects, whatever was allowed before', async () => {
		class SsrfBlockedIpError extends Error {}
		const asked: string[] = [];
		// The name led to a public address when it was checked, and leads to this machine now.
		const rebound: LookupFunction = (host, _, callback) => {
			asked.push(host);
			callback(new SsrfBlockedIpError('127.0.0.1 is not allowed'), '', 4);
		};
		const url = video().replace('127.0.0.1', 'rebound.example');

		await expect(get({ url }, {}, rebound)).rejects.toMatchObject({
			kind: 'unsafeUrl',
			message: `This n8n does not allow connections to ${new URL(url).host}`,
		});
		expect(asked).toEqual(['rebound.example']);
		expect(relay.requests).toHaveLength(0);
	});

	it('may be another host', async () => {
		const other = await startRelay();
		open.unshift(() => other.close());
		const url = video({ redirects: 1, redirectTo: other.url });
		const { pathname } = new URL(url);
		other.archive.publish({
			path: pathname,
			kind: 'video',
			orientation: 'portrait',
			behaviour: {},
		});

		expect((await get({ url })).equals(mp4)).toBe(true);
		expect(other.requests).toHaveLength(1);
	});
});
