import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { callsOf } from './support/callsTable';
import { chain, chatVideo, itemsOf, trigger } from './support/chain';
import { findClutter } from './support/findClutter';
import { readExample } from './support/readExample';
import { root } from './support/root';
import { startN8n } from './support/startN8n';
import { until } from './support/until';
import { useEditor } from './support/useEditor';
import { useN8n } from './support/useN8n';

const names = readdirSync(join(root, 'examples')).flatMap((file) => {
	const [name = '', extension] = file.split('.');
	return extension === 'json' ? [name] : [];
});

describe('an example on the canvas', () => {
	const n8n = useN8n();
	const editor = useEditor(() => n8n.client);

	it.each(names)('is seen as a whole, nothing over anything: %s', async (name) => {
		const workflow = readExample(name);
		const { id } = await n8n.save(workflow);
		const page = await editor.openWorkflow(id);

		const nodes = page.locator('[data-canvas-node-render-type]');
		await nodes.nth(workflow.nodes.length - 1).waitFor();
		await editor.pictureOfCanvas(`example-${name}`);
		expect(await findClutter(page)).toEqual([]);
	});
});

describe('the table of calls', () => {
	const n8n = useN8n({ start: () => startN8n() });
	const editor = useEditor(() => n8n.client);

	it('says what became of each call', async () => {
		const prompts = [
			'A calico kitten asleep in the sun',
			'A paper boat on a mountain stream',
			'The market of a small town, as painted by a child',
			'A lighthouse in a storm, at night',
		];
		n8n.relay.next(
			{ kind: 'generate' },
			{ kind: 'generate' },
			{ kind: 'generate', fails: { reason: 'input_moderation' } },
			{ kind: 'generate', silentAt: 'afterProgress' },
		);
		const parameters = { prompt: '={{ $json.prompt }}', downloadVideo: false };
		const video = chatVideo(parameters, { onError: 'continueRegularOutput' });
		const items = itemsOf(...prompts.map((prompt) => ({ prompt })));
		await n8n.start(chain(trigger, items, video));
		const calls = callsOf(n8n.client);
		const statuses = async () =>
			(await calls.rows(n8n.relay.url)).map(({ status }) => status).join();
		await until(async () => (await statuses()) === 'done,done,failed,task');

		const page = await editor.open(await calls.page());
		const cells = page.locator('.ag-row');
		await cells.nth(3).waitFor();
		await editor.picture('calls', page.locator('.ag-header, .ag-row'));
		expect(await cells.nth(2).innerText()).toContain('input_moderation');
	});
});
