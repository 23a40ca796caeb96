import { createServer } from 'node:http';
import { connect, createServer as createTcpServer, type Socket } from 'node:net';
import { listening, type Listening } from '../support/listening';
import { listen, startPosting, type Asked } from './posting';

const names = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy']
	.concat('npm_config_proxy', 'npm_config_https_proxy')
	.flatMap((name) => [name, name.toUpperCase()]);

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
	authorizations: Array<string | undefined>;
}

/** A proxy that writes down what goes through it; any name leads to this machine. */
async function startProxy(): Promise<Proxy> {
	const asked: string[] = [];
	const authorizations: Array<string | undefined> = [];
	const server = createServer((request, response) => {
		asked.push(`${request.method} ${request.url}`);
		authorizations.push(request.headers['proxy-authorization']);
		request.resume().on('end', () => response.end('through the proxy'));
	});
	server.on('connect', (request, client: Socket) => {
		asked.push(`CONNECT ${request.url}`);
		authorizations.push(request.headers['proxy-authorization']);
		client.on('error', () => {});
		const upstream = connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
			client.write('HTTP/1.1 200 OK\r\n\r\n');
			upstream.pipe(client).pipe(upstream);
		});
		upstream.on('error', () => client.destroy());
		client.on('close', () => upstream.destroy());
	});
	const listened = await listening(server);
	return { ...listened, url: `http://127.0.0.1:${listened.port}`, asked, authorizations };
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

it.each([
	['407 Proxy Authentication Required', ''],
	['502 Bad Gateway', 'content-length: 6\r\n\r\nsorry.'],
	['503 Service Unavailable', ''],
	['403 Forbidden', ''],
	['302 Found', 'location: http://login.example\r\n'],
])('a tunnel that a proxy refuses with %s has cost nothing', async (answer, rest) => {
	await using proxy = await listening(
		createTcpServer((socket) => {
			socket
				.on('error', () => {})
				.once('data', () => socket.end(`HTTP/1.1 ${answer}\r\n${rest}\r\n`));
		}),
	);
	process.env.HTTPS_PROXY = `http://127.0.0.1:${proxy.port}`;
	await using posting = startPosting('https://relay.example/v1');
	expect(await posting.error()).toMatchObject({
		kind: 'unavailable',
		message: `The proxy 127.0.0.1:${proxy.port} did not connect to relay.example:443: it answered ${answer}`,
		facts: { billing: 'none', advice: expect.stringContaining('HTTPS_PROXY') },
	});
	expect(posting.sent()).toBe(0);
});

it.each<[string, (socket: Socket) => void]>([
	['closes', (socket) => socket.end()],
	['resets', (socket) => socket.resetAndDestroy()],
	['answers something else', (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')],
])('a proxy that %s when it is asked for a tunnel has cost nothing', async (_, end) => {
	await using proxy = await listening(
		createTcpServer((socket) => socket.on('error', () => {}).once('data', () => end(socket))),
	);
	process.env.HTTPS_PROXY = `http://127.0.0.1:${proxy.port}`;
	await using posting = startPosting('https://relay.example/v1');
	expect(await posting.error()).toMatchObject({
		kind: 'unavailable',
		message: expect.stringContaining(`Could not connect to the proxy 127.0.0.1:${proxy.port}: `),
		facts: { billing: 'none' },
	});
	expect([posting.sent(), proxy.sockets.length]).toEqual([0, 1]);
});

it.each([
	['407 without a header', 407, {}, (host: string) => `The proxy ${host} answered 407`, 'none'],
	[
		'a proxy’s page',
		502,
		{ server: 'tinyproxy/1.11' },
		(host: string) => `The proxy ${host} answered`,
		'possible',
	],
	[
		'squid’s error',
		503,
		{ 'x-squid-error': 'ERR_CONNECT_FAIL 111' },
		(host: string) => `The proxy ${host} answered`,
		'possible',
	],
	[
		'a status of RFC 9209',
		504,
		{ 'proxy-status': 'p; error=connection_timeout' },
		(host: string) => `The proxy ${host} answered`,
		'possible',
	],
	[
		'a gateway’s status',
		502,
		{ via: '1.1 proxy' },
		(host: string) => `The proxy ${host}, or the service after it, answered`,
		'possible',
	],
	['the relay’s refusal', 401, { via: '1.1 proxy' }, () => 'The service answered 401', 'none'],
] as const)('says who answered through a proxy: %s', async (_, status, headers, says, billing) => {
	await using proxy = await listen((__, response) => response.writeHead(status, headers).end());
	process.env.HTTP_PROXY = proxy.url;
	await using posting = startPosting('http://relay.example/v1');
	const error = await posting.error();
	expect(error.message).toContain(says(new URL(proxy.url).host));
	expect(error.facts).toMatchObject({ billing, status });
});

it('a user and a password go to the proxy alone', async () => {
	await using proxy = await startProxy();
	await using server = await secureOrigin();
	const authorization = (user: string) => `Basic ${Buffer.from(user).toString('base64')}`;
	for (const [user, sent] of [
		['me:p%40ss', 'me:p@ss'],
		['me:100%', 'me:100%'],
		['me:%zz%C3%A9-%ff', 'me:%zzé-%ff'],
		['me:', 'me:'],
		['me', 'me:'],
	] as const) {
		const variable = proxy.url.replace('//', `//${user}@`);
		Object.assign(process.env, { HTTP_PROXY: variable, HTTPS_PROXY: variable });
		for (const url of ['http://relay.example/v1', `https://relay.example:${server.port}/v1`]) {
			await using posting = startPosting(url, { ignoreSslIssues: true });
			await posting.text();
			expect(proxy.authorizations.at(-1)).toBe(authorization(sent));
		}
	}
	expect(server.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
});

it.each([
	['without a scheme', (host: string) => host],
	['with a user and no scheme', (host: string) => `me:secret@${host}`],
	['with a path', (host: string) => `http://${host}/`],
	['with blanks around it', (host: string) => ` http://${host} `],
	['in capitals', (host: string) => `HTTP://${host}`],
	['without a scheme but its slashes', (host: string) => `//${host}`],
	['with a bare %', (host: string) => `me:100%@${host}`],
])('a variable %s names a proxy of http', async (_, value) => {
	await using proxy = await startProxy();
	await using server = await secureOrigin();
	Object.assign(process.env, {
		HTTP_PROXY: value(new URL(proxy.url).host),
		HTTPS_PROXY: value(new URL(proxy.url).host),
	});
	for (const url of ['http://relay.example/v1', `https://relay.example:${server.port}/v1`]) {
		await using posting = startPosting(url, { ignoreSslIssues: true });
		await posting.text();
	}
	expect(proxy.asked).toEqual([
		'POST http://relay.example/v1',
		`CONNECT relay.example:${server.port}`,
	]);
});

describe.each([
	' ',
	'::1',
	'socks4://proxy.example:1080',
	'SOCKS5://proxy.example',
	'socks5h://proxy.example:1080',
	'pac+http://proxy.example/proxy.pac',
	"'http://proxy.example'",
	'http://me:secret#1@proxy.example',
	'http://me:secret/1@proxy.example',
	'socks5://me:secret@proxy.example:1080',
	'ftp://me:secret@proxy.example',
	'http://',
	'http://me:secret@:3128',
	'http://proxy.example:99999',
	'me:secret@proxy example',
	'://me:secret@proxy',
	'http://[::1',
])('a variable that cannot be used, %s,', (value) => {
	it('is named in a sentence, and has cost nothing', async () => {
		process.env.HTTPS_PROXY = value;
		await using posting = startPosting('https://relay.example/v1');
		const error = await posting.error();
		expect(error).toMatchObject({
			kind: 'unavailable',
			message: expect.stringMatching(/^The proxy of the variable HTTPS_PROXY cannot be used: /),
			facts: { billing: 'none', advice: expect.stringContaining('HTTPS_PROXY') },
		});
		expect(error.message).not.toContain('secret');
		expect(posting.sent()).toBe(0);
	});

	it('does no harm where NO_PROXY leaves the host out, or to the other scheme', async () => {
		await using server = await origin();
		Object.assign(process.env, { HTTP_PROXY: value, NO_PROXY: '127.0.0.1' });
		await using posting = startPosting(server.url);
		expect(await posting.text()).toBe('direct');
		Object.assign(process.env, { HTTP_PROXY: '', HTTPS_PROXY: value, NO_PROXY: '' });
		await using other = startPosting(server.url);
		expect(await other.text()).toBe('direct');
	});
});

it('a proxy that is not there does not stand in the way of whom it is not for', async () => {
	process.env.HTTPS_PROXY = 'http://127.0.0.1:9';
	await using server = await origin();
	await using posting = startPosting(server.url);
	expect(await posting.text()).toBe('direct');
});
