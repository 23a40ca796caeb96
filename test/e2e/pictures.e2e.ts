import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findClutter } from './support/findClutter';
import { readExample } from './support/readExample';
import { root } from './support/root';
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
