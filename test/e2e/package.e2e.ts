import { builtPackage } from '../support/builtPackage';
import { useN8n } from './support/useN8n';

interface Described {
	name: string;
	displayName: string;
	iconUrl?: { light: string; dark: string };
}

const { name } = builtPackage;

describe('the packed package, installed as a community package', () => {
	const n8n = useN8n();
	const types = async (file: string) => {
		const { cookie, url } = n8n.client;
		const answer = await fetch(`${url}/types/${file}`, {
			headers: { cookie: `${cookie.name}=${cookie.value}` },
		});
		return (await answer.json()) as Described[];
	};

	it('registers the node, the tool made of it, and the credential', async () => {
		const nodes = (await types('nodes.json')).filter((node) => node.name.startsWith(`${name}.`));
		const credentials = (await types('credentials.json')).filter((type) =>
			type.name.startsWith('chatVideo'),
		);

		expect(nodes.map((node) => [node.name, node.displayName])).toEqual([
			[`${name}.chatVideo`, 'Chat Video'],
			[`${name}.chatVideoTool`, 'Chat Video Tool'],
		]);
		expect(credentials.map((type) => type.displayName)).toEqual(['Chat Video API']);
	});

	it('has its icons served, one for each theme', async () => {
		const all = [...(await types('nodes.json')), ...(await types('credentials.json'))];
		const icons = all
			.filter((type) => /chatVideo/.test(type.name))
			.flatMap(({ iconUrl }) => [iconUrl?.light, iconUrl?.dark]);

		expect(icons).toHaveLength(6);
		for (const icon of icons) {
			const answer = await fetch(`${n8n.client.url}/${icon}`);
			expect(answer.status).toBe(200);
			expect(answer.headers.get('content-type')).toContain('image/svg+xml');
			expect(await answer.text()).toContain('<svg');
		}
	});
});
