import { chain, chatVideo, trigger } from './support/chain';
import { startN8n } from './support/startN8n';
import { startProxy, type Proxy } from './support/startProxy';
import { useN8n } from './support/useN8n';

describe('an n8n behind a proxy', () => {
	let proxy: Proxy;
	beforeAll(async () => {
		proxy = await startProxy();
	});
	afterAll(() => proxy.close());
	const n8n = useN8n({
		start: () => startN8n({ HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1' }),
	});
	beforeEach(() => {
		proxy.seen.length = 0;
		proxy.target = n8n.relay.url;
	});

	it('asks the proxy for the service', async () => {
		await n8n.useService('http://relay.example');

		const execution = await n8n.run(chain(trigger, chatVideo({})));

		expect(execution.error).toBeUndefined();
		expect(proxy.seen).toEqual(['POST http://relay.example/v1/chat/completions']);
		expect(n8n.relay.billed).toBe(1);
	});

	it('leaves out what NO_PROXY names', async () => {
		const execution = await n8n.run(chain(trigger, chatVideo({})));

		expect(execution.error).toBeUndefined();
		expect(proxy.seen).toEqual([]);
		expect(n8n.relay.billed).toBe(1);
	});
});
