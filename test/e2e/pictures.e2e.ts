import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workflow } from '../../scripts/n8n/Workflow';
import { findClutter } from './support/findClutter';
import { onNewest } from './support/onNewest';
import { root } from './support/root';
import { useEditor } from './support/useEditor';
import { useN8n } from './support/useN8n';

const folder = join(root, 'examples');
const names = readdirSync(folder).flatMap((file) => {
	const [name = '', extension] = file.split('.');
	return extension === 'json' ? [name] : [];
});

onNewest('an example on the canvas', () => {
	const n8n = useN8n();
	const editor = useEditor(() => n8n.client);

	it.each(names)('is seen as a whole, nothing over anything: %s', async (name) => {
		const workflow = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Workflow;
		const { id } = await n8n.save(workflow);
		const page = await editor.openWorkflow(id);

		const nodes = page.locator('[data-canvas-node-render-type]');
		await nodes.nth(workflow.nodes.length - 1).waitFor();
		await editor.pictureOfCanvas(`example-${name}`);
		expect(await findClutter(page)).toEqual([]);
	});
});
