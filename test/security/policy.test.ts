import '../support/clock';
import '../support/allowLocalhost';
import { serve } from '../support/serve';
import { useNode } from '../support/useNode';

const node = useNode();
const taskId = 'task_01k7dzptgwf2z87wj2c3t36qk0';

/** The relay by the name that is allowed; its numbers are not. */
const allowed = () => {
	const { baseUrl, apiKey } = node.credentials().chatVideoApi;
	return { chatVideoApi: { apiKey, baseUrl: baseUrl.replace('127.0.0.1', 'localhost') } };
};

describe('where this n8n forbids private addresses', () => {
	it.each(['127.0.0.1', '[::1]', '169.254.169.254', '10.0.0.1', '0x7f.1', '2130706433'])(
		'a base URL there is not asked: %s',
		async (host) => {
			const { apiKey } = node.relay;
			const baseUrl = `http://${host}:${new URL(node.relay.url).port}`;
			const run = await node.run(
				{ operation: 'generate', prompt: 'A cat', options: { maxTries: 1 } },
				{ blockPrivateAddresses: true, credentials: { chatVideoApi: { baseUrl, apiKey } } },
			);
			expect(run.error('Chat Video')?.message).toMatch(/^This n8n does not allow connections to /);
			expect(node.relay.requests).toHaveLength(0);
		},
	);

	it('a link to a task’s data there is not asked, in the options or in a transcript', async () => {
		let asked = 0;
		await using inside = await serve((_, response) => {
			asked += 1;
			response.end('{"status":"completed","video_url":"https://a.example/b.mp4"}');
		});
		const sourceUrl = `${inside.url}/source/${taskId}`;
		const options = { sourceUrl, wait: false };
		const around = { blockPrivateAddresses: true, credentials: allowed() };
		await node.run({ operation: 'get', taskId, options }, around);
		expect(asked).toBe(0);
		expect(node.relay.requests.length).toBeGreaterThan(0);

		const content = `> ID: \`${taskId}\`\n> [原始数据](${sourceUrl})\n`;
		const bytes = `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;
		node.relay.next({ kind: 'play', bytes });
		const timeout = { timeout: 2 };
		await node.run({ operation: 'generate', prompt: 'A cat', options: timeout }, around);
		expect(node.relay.turns).toHaveLength(1);
		expect(asked).toBe(0);

		await node.run({ operation: 'get', taskId, options }, { credentials: allowed() });
		expect(asked).toBe(1);
	});
});
