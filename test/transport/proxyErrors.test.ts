import { createServer } from 'node:net';
import { listening } from '../support/listening';
import { useNode } from '../support/useNode';

const node = useNode();

afterEach(() => {
	delete process.env.HTTPS_PROXY;
});

async function generate(options: Record<string, number>): Promise<unknown> {
	const credentials = { chatVideoApi: { baseUrl: 'https://relay.example', apiKey: 'sk-test-key' } };
	const run = await node.run(
		{ operation: 'generate', prompt: 'A cat', options: { maxTries: 1, ...options } },
		{ credentials, settings: { onError: 'continueRegularOutput' } },
	);
	return run.json('Chat Video')[0];
}

// In the build the client is a file of its own, with its own copy of what it shares with the node.
describe('what the client says reaches the item as it is', () => {
	it('where Timeout ends a silent proxy', async () => {
		await using proxy = await listening(createServer(() => {}));
		process.env.HTTPS_PROXY = `http://127.0.0.1:${proxy.port}`;
		expect(await generate({ timeout: 1 })).toMatchObject({
			errorKind: 'timeout',
			billing: 'none',
			error: 'No result came within the timeout of 1 s [item 0]',
		});
	});

	it('where a variable cannot be used', async () => {
		process.env.HTTPS_PROXY = 'socks5h://127.0.0.1:1080';
		expect(await generate({})).toMatchObject({
			errorKind: 'unavailable',
			billing: 'none',
			error: expect.stringMatching(/^The proxy of the variable HTTPS_PROXY cannot be used: /),
		});
	});
});
