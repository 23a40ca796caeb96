import { builtPackage } from '../support/builtPackage';
import { useN8n } from './support/useN8n';

describe('the list of models', () => {
	const n8n = useN8n({ relay: { models: ['gpt-4o', 'veo3-fast', 'sora-2', 'grok-video-3'] } });
	const search = (filter?: string) =>
		n8n.client.post<{ results: Array<{ name: string; value: string }> }>(
			'/dynamic-node-parameters/resource-locator-results',
			{
				path: 'parameters.model',
				methodName: 'searchModels',
				nodeTypeAndVersion: { name: `${builtPackage.name}.chatVideo`, version: 1 },
				currentNodeParameters: { operation: 'generate' },
				credentials: { chatVideoApi: n8n.credential },
				...(filter !== undefined && { filter }),
			},
		);

	it('has the models that make videos first, and only what the relay lists', async () => {
		const { results } = await search();

		expect(results.map(({ value }) => value)).toEqual([
			'sora-2',
			'veo3-fast',
			'grok-video-3',
			'gpt-4o',
		]);
	});

	it('is searched', async () => {
		const { results } = await search('VEO');

		expect(results.map(({ value }) => value)).toEqual(['veo3-fast']);
	});
});
