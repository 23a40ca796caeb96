import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { listening, type Listening } from '../support/listening';
import { listen, startPosting, type Asked } from './posting';

const names = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].flatMap((name) => [
	name,
	name.toUpperCase(),
]);

let before: Array<[string, string | undefined]> = [];

beforeEach(() => {
	before = names.map((name) => [name, process.env[name]]);
	for (const name of names) delete process.env[name];
});

afterEach(() => {
	for (const [name, value] of before) {
		if (value === undefined) delete process.env[name];
		else process.env[name] = value;
	}
});

interface Proxy extends Listening {
	url: string;
	/** What it was asked for: `POST http://…`, `CONNECT host:port`. */
	asked: string[];
}

/** A proxy that writes down what goes through it; any name leads to this machine. */
async function startProxy(refuses = false): Promise<Proxy> {
	const asked: string[] = [];
	const server = createServer((request, response) => {
		asked.push(`${request.method} ${request.url}`);
		if (refuses) return response.writeHead(407).end();
		request.resume().on('end', () => response.end('through the proxy'));
		return response;
	});
	server.on('connect', (request, client: Socket) => {
		asked.push(`CONNECT ${request.url}`);
		client.on('error', () => {});
		if (refuses) return client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
		const upstream = connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
			client.write('HTTP/1.1 200 OK\r\n\r\n');
			upstream.pipe(client).pipe(upstream);
		});
		upstream.on('error', () => client.destroy());
		client.on('close', () => upstream.destroy());
		return client;
	});
	const listened = await listening(server);
	return { ...listened, url: `http://127.0.0.1:${listened.port}`, asked };
}

const origin = (): Promise<Asked> => listen((_, response) => response.end('direct'));
const secureOrigin = (): Promise<Asked> => listen((_, response) => response.end('direct'), true);

it.each(['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'])(
	'%s is the way for http',
	async (name) => {
		await using proxy = await startProxy();
		process.env[name] = proxy.url;
		await using posting = startPosting('http://relay.example/v1/chat');
		expect(await posting.text()).toBe('through the proxy');
		expect(proxy.asked).toEqual(['POST http://relay.example/v1/chat']);
		expect(posting.sent()).toBe(1);
	},
);

it.each(['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'])(
	'%s is the way for https, through a tunnel',
	async (name) => {
		await using proxy = await startProxy();
		await using server = await secureOrigin();
		process.env[name] = proxy.url;
		await using posting = startPosting(`https://relay.example:${server.port}/v1`, {
			ignoreSslIssues: true,
		});
		expect(await posting.text()).toBe('direct');
		expect(proxy.asked).toEqual([`CONNECT relay.example:${server.port}`]);
		expect(server.requests).toHaveLength(1);
		expect(posting.sent()).toBe(1);
	},
);

it('the variable of the scheme goes before that of all', async () => {
	await using one = await startProxy();
	await using other = await startProxy();
	Object.assign(process.env, { HTTP_PROXY: one.url, ALL_PROXY: other.url });
	await using posting = startPosting('http://relay.example/v1');
	await posting.text();
	expect([one.asked.length, other.asked.length]).toEqual([1, 0]);
});

it('a certificate is checked through a tunnel too', async () => {
	await using proxy = await startProxy();
	await using server = await secureOrigin();
	process.env.HTTPS_PROXY = proxy.url;
	await using posting = startPosting(server.url);
	expect(await posting.error()).toMatchObject({
		kind: 'unavailable',
		message: expect.stringContaining('its certificate is not trusted'),
		facts: { billing: 'none' },
	});
	expect(posting.sent()).toBe(0);
	expect(server.requests).toEqual([]);
});

it.each(['no_proxy', 'NO_PROXY'])('%s names who is asked directly', async (name) => {
	await using proxy = await startProxy();
	await using server = await origin();
	Object.assign(process.env, { HTTP_PROXY: proxy.url, [name]: 'a.example,127.0.0.1' });
	await using posting = startPosting(server.url);
	expect(await posting.text()).toBe('direct');
	expect(proxy.asked).toEqual([]);
});

it('without a variable everyone is asked directly', async () => {
	await using server = await origin();
	await using posting = startPosting(server.url);
	expect(await posting.text()).toBe('direct');
});

it('a proxy that is not there has cost nothing', async () => {
	const proxy = await startProxy();
	await proxy[Symbol.asyncDispose]();
	Object.assign(process.env, { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url });
	for (const url of ['http://relay.example/v1', 'https://relay.example/v1']) {
		await using posting = startPosting(url);
		expect(await posting.error()).toMatchObject({
			kind: 'unavailable',
			facts: { billing: 'none' },
		});
		expect(posting.sent()).toBe(0);
	}
});

it('a tunnel that a proxy refuses has cost nothing', async () => {
	await using proxy = await startProxy(true);
	process.env.HTTPS_PROXY = proxy.url;
	await using posting = startPosting('https://relay.example/v1');
	expect(await posting.error()).toMatchObject({ kind: 'unavailable', facts: { billing: 'none' } });
	expect(posting.sent()).toBe(0);
});

it('a proxy that is not there does not stand in the way of whom it is not for', async () => {
	process.env.HTTPS_PROXY = 'http://127.0.0.1:9';
	await using server = await origin();
	await using posting = startPosting(server.url);
	expect(await posting.text()).toBe('direct');
});
