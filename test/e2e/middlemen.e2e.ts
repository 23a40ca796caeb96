import type { IDataObject } from 'n8n-workflow';
import type { Situation } from '../relay/situations';
import { useNode } from '../support/useNode';
import { startHaproxy, startNginx, startTinyproxy, type Middleman } from './support/middlemen';

const node = useNode();

/** One generation for a relay that is asked at this address. */
async function generate(
	baseUrl: string,
	situation: Situation | undefined,
	options: IDataObject = {},
): Promise<IDataObject> {
	if (situation !== undefined) node.relay.next(situation);
	const { apiKey } = node.relay;
	const run = await node.run(
		{
			operation: 'generate',
			prompt: 'A cat',
			simplify: false,
			options: { maxTries: 1, ...options },
		},
		{
			credentials: { chatVideoApi: { baseUrl, apiKey } },
			settings: { onError: 'continueRegularOutput' },
		},
	);
	const [json] = run.json('Chat Video');
	return json ?? {};
}

const silentAfterTask: Situation = { kind: 'generate', silentAt: 'afterTask' };
const silent: Situation = { kind: 'silent', when: 'beforeHeaders' };

describe.each<[string, (relay: string) => Promise<Middleman>]>([
	['nginx', (relay) => startNginx(relay, 'proxy_read_timeout 1s;')],
	['haproxy', (relay) => startHaproxy(relay, 1_000)],
])('%s, which waits a second for the relay,', (__, start) => {
	it('passes a video on', async () => {
		await using middleman = await start(node.relay.url);
		expect(await generate(middleman.url, undefined)).toMatchObject({ status: 'completed' });
		expect(node.relay.billed).toBe(1);
	});

	it('and gives up before the answer: it may have cost money, and is not sent again', async () => {
		await using middleman = await start(node.relay.url);
		expect(await generate(middleman.url, silent, { maxTries: 3 })).toMatchObject({
			errorKind: 'unavailable',
			billing: 'possible',
			error: expect.stringMatching(/^A gateway answered 504: “504 Gateway Time-?out”/i),
		});
		expect(node.relay.billed).toBe(1);
	});

	it('and gives up within the answer: the task is asked for', async () => {
		await using middleman = await start(node.relay.url);
		expect(await generate(middleman.url, silentAfterTask)).toMatchObject({
			status: 'completed',
			recovered: true,
		});
		expect(node.relay.billed).toBe(1);
	});

	it('and finds no relay: nobody knows what it cost, and it is not sent again', async () => {
		await using middleman = await start('http://127.0.0.1:9');
		expect(await generate(middleman.url, undefined, { maxTries: 3 })).toMatchObject({
			errorKind: 'unavailable',
			billing: 'possible',
			error: expect.stringMatching(/^A gateway answered 50[23]: “50[23] \w/),
		});
	});
});

describe('nginx', () => {
	it.each([
		['that buffers', 'proxy_buffering on;'],
		['that does not buffer', 'proxy_buffering off;'],
		['that compresses', 'gzip on; gzip_proxied any; gzip_types *; gzip_min_length 1;'],
	])('%s gives every word of the answer', async (__, location) => {
		await using middleman = await startNginx(node.relay.url, location);
		const headers = { header: [{ name: 'Accept-Encoding', value: 'gzip' }] };
		const { transcript } = await generate(middleman.url, undefined, { headers });
		expect(transcript).toBe(node.relay.turns[0]?.transcript);
		expect(node.relay.billed).toBe(1);
	});

	it('that takes no request of this length says so', async () => {
		await using middleman = await startNginx(node.relay.url, 'client_max_body_size 10;');
		expect(await generate(middleman.url, undefined)).toMatchObject({
			error: expect.stringContaining('413'),
			httpCode: '413',
		});
		expect(node.relay.billed).toBe(0);
	});
});

describe('tinyproxy, which n8n’s variables name,', () => {
	const named = ['HTTP_PROXY', 'HTTPS_PROXY'];
	const name = (value: string): void => {
		for (const variable of named) process.env[variable] = value;
	};
	afterEach(() => {
		for (const variable of named) delete process.env[variable];
	});

	it('passes a video on', async () => {
		await using proxy = await startTinyproxy();
		name(proxy.host);
		expect(await generate(node.relay.url, undefined)).toMatchObject({ status: 'completed' });
		expect(node.relay.billed).toBe(1);
	});

	it('wants a password, and gets it from the variable', async () => {
		await using proxy = await startTinyproxy('BasicAuth me secret');
		name(proxy.url);
		expect(await generate(node.relay.url, undefined)).toMatchObject({
			billing: 'none',
			error: expect.stringContaining(`The proxy ${proxy.host} answered 407`),
		});
		expect(node.relay.billed).toBe(0);
		name(proxy.url.replace('//', '//me:secret@'));
		expect(await generate(node.relay.url, undefined)).toMatchObject({ status: 'completed' });
		expect(node.relay.billed).toBe(1);
	});

	it('refuses a tunnel, free of charge', async () => {
		await using proxy = await startTinyproxy('ConnectPort 443');
		name(proxy.url);
		expect(await generate('https://relay.example:8443', undefined)).toMatchObject({
			errorKind: 'unavailable',
			billing: 'none',
			error: expect.stringContaining(
				`The proxy ${proxy.host} did not connect to relay.example:8443`,
			),
		});
	});

	it('finds no relay, and is said to', async () => {
		await using proxy = await startTinyproxy();
		name(proxy.url);
		expect(await generate('http://127.0.0.1:9', undefined, { maxTries: 3 })).toMatchObject({
			billing: 'possible',
			error: expect.stringContaining(`The proxy ${proxy.host} answered 500`),
		});
	});

	it('is silent, and Timeout holds all the same', async () => {
		await using proxy = await startTinyproxy();
		name(proxy.url);
		proxy.freeze();
		const began = Date.now();
		expect(await generate('https://relay.example', undefined, { timeout: 1 })).toMatchObject({
			errorKind: 'timeout',
			billing: 'none',
		});
		expect(Date.now() - began).toBeLessThan(3_000);
	});
});
