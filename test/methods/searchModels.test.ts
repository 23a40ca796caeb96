import { useNode } from '../support/useNode';
import { serve } from '../support/serve';
import { chatVideoNode } from '../support/engineWorkflow';

const listed = [
	...['gpt-4o', 'veo3-fast', 'sora-2', 'kling-v2', 'sora-image', 'wan2.1-t2v', 'taiwan-llm'],
	...['doubao-seedance-1-0', 'sora-2-pro', 'grok-video-3', 'MiniMax-Hailuo-02', 'claude-4'],
	...['image-to-video-01', 'runway-gen4', 'luma-ray', 'pika-2'],
];

describe('the list of models', () => {
	const node = useNode({ models: listed });
	const search = async (filter?: string, baseUrl = node.relay.url, apiKey = node.relay.apiKey) => {
		const { results } = await node.engine.search(chatVideoNode(), 'searchModels', {
			credentials: { chatVideoApi: { baseUrl, apiKey } },
			...(filter !== undefined && { filter }),
		});
		return results;
	};
	const valuesOf = async (...given: Parameters<typeof search>) =>
		(await search(...given)).map(({ value }) => value);

	it('has those that make videos first, by their family, and nothing that is not listed', async () => {
		expect(await valuesOf()).toEqual([
			...['sora-2', 'sora-2-pro', 'veo3-fast', 'kling-v2', 'grok-video-3', 'doubao-seedance-1-0'],
			...['MiniMax-Hailuo-02', 'wan2.1-t2v', 'runway-gen4', 'luma-ray', 'pika-2'],
			...['image-to-video-01', 'claude-4', 'gpt-4o', 'sora-image', 'taiwan-llm'],
		]);
	});

	it('says what the models of the reference make', async () => {
		expect(await search('sora-2')).toEqual([
			{ name: 'sora-2 (10 s, SD)', value: 'sora-2', description: '10 s, standard definition' },
			{ name: 'sora-2-pro (15 s, HD)', value: 'sora-2-pro', description: '15 s, high definition' },
		]);
	});

	it('is searched by any part of a name', async () => {
		expect(await valuesOf('VEO')).toEqual(['veo3-fast']);
	});

	it('sends the key', async () => {
		await search();

		expect(node.relay.requests[0]?.headers.authorization).toBe(`Bearer ${node.relay.apiKey}`);
	});

	it.each(['/', '/v1', '/v1/', '/v1/chat/completions'])(
		'takes the base URL that Generate takes: …%s',
		async (end) => {
			expect(await valuesOf('veo', `${node.relay.url}${end}`)).toEqual(['veo3-fast']);
		},
	);

	it('offers the models of the reference where the service has no list', async () => {
		for (const status of [404, 405]) {
			await using server = await serve((_, response) => response.writeHead(status).end());

			expect(await valuesOf('', server.url)).toEqual(['sora-2', 'sora-2-pro']);
		}
	});

	it('is asked for each time, so another service or key is another list', async () => {
		await search();
		await using server = await serve((_, response) =>
			response.end(JSON.stringify({ data: [{ id: 'veo4' }] })),
		);

		expect(await valuesOf('', server.url)).toEqual(['veo4']);
	});

	it('is an error with its reason for a wrong key, which it does not repeat', async () => {
		const wrong = search('', node.relay.url, 'another-secret-key');

		await expect(wrong).rejects.toThrow('The service refuses the API key');
		await using server = await serve(({ headers }, response) =>
			response.writeHead(401).end(JSON.stringify({ error: `not ${headers.authorization}` })),
		);
		await expect(search('', server.url, 'another-secret-key')).rejects.toThrow('not Bearer ***');
	});

	it('is an error with its reason where nobody answers', async () => {
		const { url } = node.relay;
		await node.relay.close();

		await expect(search('', url)).rejects.toThrow('nothing listens there');
	});

	it('is an error where a web page answers', async () => {
		await using server = await serve((_, response) => response.end('<html>Hello</html>'));

		await expect(search('', server.url)).rejects.toThrow('is no such service');
	});

	it('goes along with no redirect, as the key would go along', async () => {
		await using server = await serve((_, response) =>
			response.writeHead(302, { location: `${node.relay.url}/v1/models` }).end(),
		);

		await expect(search('', server.url)).rejects.toThrow(
			`redirects to ${node.relay.url}/v1/models`,
		);
		expect(node.relay.requests).toHaveLength(0);
	});

	it.each<[number, string, string]>([
		[301, 'https://elsewhere.example/v1/models', 'https://elsewhere.example/v1/models'],
		[303, '//elsewhere.example/v1/models', '//elsewhere.example/v1/models'],
		[307, 'https://KEY@elsewhere.example/', 'https://***@elsewhere.example/'],
		[308, 'http://elsewhere.example/?key=KEY', 'http://elsewhere.example/?key=***'],
		[302, 'http://KEY.elsewhere.example:8080/', 'http://***.elsewhere.example:8080/'],
		[302, `/${'x'.repeat(180)}/KEY/`, '/***: the key does not go along'],
	])('follows no %d to %s, and shows no key', async (status, location, shown) => {
		const ours = 'a-secret-key/with+signs==';
		await using server = await serve((_, response) =>
			response.writeHead(status, { location: location.replace('KEY', ours) }).end(),
		);

		await expect(search('', server.url, ours)).rejects.toThrow(shown);
	});

	it('is an error for an address that is none', async () => {
		await expect(search('', 'api.example.com')).rejects.toThrow('is not an http(s) address');
	});

	it('is an error for a key that is none, which is not sent', async () => {
		await expect(search('', node.relay.url, 'two words')).rejects.toThrow(
			'API Key of the credential is empty or holds characters no key has',
		);
		expect(node.relay.requests).toHaveLength(0);
	});
});
