import { useNode } from '../support/useNode';
import { chatVideoNode } from '../support/engineWorkflow';

describe('the list of models', () => {
	const node = useNode({ models: ['veo3-fast', 'sora-2', 'kling-v2', 'sora-2-pro'] });
	const search = async (filter?: string) => {
		const { results } = await node.engine.search(chatVideoNode(), 'searchModels', {
			credentials: node.credentials(),
			...(filter !== undefined && { filter }),
		});
		return results;
	};

	it('offers the reference models first, with what they give, then what the relay lists', async () => {
		expect(await search()).toEqual([
			{ name: 'sora-2 (10 s, SD)', value: 'sora-2', description: '10 s, standard definition' },
			{ name: 'sora-2-pro (15 s, HD)', value: 'sora-2-pro', description: '15 s, high definition' },
			{ name: 'kling-v2', value: 'kling-v2' },
			{ name: 'veo3-fast', value: 'veo3-fast' },
		]);
	});

	it('is searched by any part of a name', async () => {
		expect((await search('VEO')).map(({ value }) => value)).toEqual(['veo3-fast']);
	});

	it('offers the reference models although the relay cannot be asked', async () => {
		await node.relay.close();

		expect((await search()).map(({ value }) => value)).toEqual(['sora-2', 'sora-2-pro']);
	});

	it('sends the key', async () => {
		await search();

		expect(node.relay.requests[0]?.headers.authorization).toBe(`Bearer ${node.relay.apiKey}`);
	});
});
