import { buffer } from 'node:stream/consumers';
import { createClient } from '../support/createClient';
import { createDeadline } from '../../nodes/ChatVideo/transport/deadline';
import { download } from '../../nodes/ChatVideo/transport/download';
import { authorize } from '../../nodes/ChatVideo/transport/serviceKey';
import { mediaBytes } from '../relay/media';
import { serve } from '../support/serve';

const known = 'sk-0123456789-of-tests';
const withKey = { authorization: `Bearer ${known}` };

describe('the key goes with', () => {
	it.each([
		['https://a.example', 'https://a.example/v1/videos/task_1/content'],
		['https://a.example', 'https://a.example/v1/files/video?id=a%2Fb'],
		['https://a.example', 'HTTPS://A.Example:443/v1/videos/fal%2Fveo%3A1/content'],
		['https://a.example:8443', 'https://a.example:8443/v1/files/1'],
		['http://a.example/relay/one', 'http://a.example/relay/one/v1/videos/1/content'],
	])('at %s, %s', (baseUrl, url) => {
		expect(authorize(url, { baseUrl, apiKey: known })).toEqual(withKey);
	});
});

describe('the key does not go with', () => {
	it.each([
		['another path', 'https://a.example/files/1.mp4'],
		['a longer name of the path', 'https://a.example/v1files/1.mp4'],
		['another version', 'https://a.example/v2/videos/1/content'],
		['the path alone', 'https://a.example/v1'],
		['the path in a query', 'https://a.example/?/v1/videos/1'],
		['another host', 'https://files.example/v1/videos/1/content'],
		['a subdomain', 'https://cdn.a.example/v1/videos/1/content'],
		['a longer name of the host', 'https://a.example.evil.example/v1/videos/1/content'],
		['the host as a user', 'https://a.example@evil.example/v1/videos/1/content'],
		['the host as a user, by a backslash', 'https://evil.example\\@a.example/v1/videos/1'],
		['a user', 'https://user:word@a.example/v1/videos/1/content'],
		['another port', 'https://a.example:8443/v1/videos/1/content'],
		['another protocol', 'http://a.example/v1/videos/1/content'],
		['a path that climbs out', 'https://a.example/v1/../files/1.mp4'],
		['a path that climbs out, encoded', 'https://a.example/v1/%2e%2E/files/1.mp4'],
		['a path that climbs out after a slash that is encoded', 'https://a.example/v1/..%2Ffiles/1'],
		['a path that climbs in', 'https://a.example/other/../v1/videos/1'],
		['what is no address', '/v1/videos/1/content'],
	])('%s', (_, url) => {
		expect(authorize(url, { baseUrl: 'https://a.example', apiKey: known })).toEqual({});
	});

	it('the endpoints of a neighbour on the same host', () => {
		const service = { baseUrl: 'https://a.example/one', apiKey: known };
		for (const path of ['/v1/videos/1', '/two/v1/videos/1', '/one/../v1/videos/1']) {
			expect(authorize(`https://a.example${path}`, service)).toEqual({});
		}
	});

	it('any address where there is no credential', () => {
		expect(authorize('https://a.example/v1/videos/1', undefined)).toEqual({});
	});
});

/** Serves a video everywhere but at `/v1/moved…`, and keeps who asked with what. */
async function startService(prefix = '') {
	const seen: Array<[path: string | undefined, authorization: string | undefined]> = [];
	const moved = new Map<string, string>();
	const server = await serve((request, response) => {
		const { url = '', headers } = request;
		seen.push([url, headers.authorization]);
		const location = moved.get(url);
		if (location !== undefined) return response.writeHead(302, { location }).end();
		return response.writeHead(200, { 'content-type': 'video/mp4' }).end(mediaBytes('video'));
	});
	return { ...server, baseUrl: server.url + prefix, seen, moved };
}

async function get(url: string, baseUrl: string): Promise<void> {
	const client = createClient();
	const deadline = createDeadline({ of: 'download' });
	const allows = (): Promise<boolean> => Promise.resolve(true);
	const service = { baseUrl, apiKey: known };
	const wanted = { url, kind: 'video', largest: 1024 ** 2, allows, service } as const;
	try {
		const file = await download(client, wanted, deadline);
		expect((await buffer(file.stream)).equals(mediaBytes('video'))).toBe(true);
	} finally {
		deadline.close();
		client.close();
	}
}

const own = '/v1/videos/task_1/content';
const bearer = withKey.authorization;

describe('a file is asked for', () => {
	it.each(['', '/relay/one'])('with the key at an endpoint of %s/v1', async (prefix) => {
		await using service = await startService(prefix);

		await get(service.baseUrl + own, service.baseUrl);
		await get(service.url + '/files/1.mp4', service.baseUrl);

		expect(service.seen).toEqual([
			[prefix + own, bearer],
			['/files/1.mp4', undefined],
		]);
	});

	it('without it at the same path of another port', async () => {
		await using service = await startService();
		await using other = await startService();

		await get(other.url + own, service.url);

		expect(other.seen).toEqual([[own, undefined]]);
	});

	it('without it at the storage that an endpoint leads to', async () => {
		await using service = await startService();
		await using storage = await startService();
		service.moved.set(own, `${storage.url}${own}?sig=1`);

		await get(service.url + own, service.url);

		expect(service.seen).toEqual([[own, bearer]]);
		expect(storage.seen).toEqual([[`${own}?sig=1`, undefined]]);
	});

	it.each(['/v1/files/1', '//HOST/v1/files/1', 'http://HOST/v1/files/1'])(
		'without it where an endpoint leads to another of its own, %s',
		async (location) => {
			await using service = await startService();
			service.moved.set(own, location.replace('HOST', new URL(service.url).host));

			await get(service.url + own, service.url);

			expect(service.seen).toEqual([
				[own, bearer],
				['/v1/files/1', undefined],
			]);
		},
	);

	it('without it where a link leads to an endpoint, or back to one', async () => {
		await using service = await startService();
		await using other = await startService();
		other.moved.set('/link', service.url + own);
		service.moved.set('/v1/start', `${other.url}/link`);

		await get(`${other.url}/link`, service.url);
		await get(`${service.url}/v1/start`, service.url);

		expect(service.seen).toEqual([
			[own, undefined],
			['/v1/start', bearer],
			[own, undefined],
		]);
		expect(other.seen.map(([, authorization]) => authorization)).toEqual([undefined, undefined]);
	});
});
