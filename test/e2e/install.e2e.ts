import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openClient } from '../../scripts/n8n/client';
import { keepCredential, withCredential } from '../../scripts/n8n/credential';
import { install } from '../../scripts/n8n/install';
import { launch } from '../../scripts/n8n/launch';
import { releases } from '../../scripts/n8n/releases';
import { runCommand } from '../../scripts/n8n/runCommand';
import type { Workflow } from '../../scripts/n8n/Workflow';
import { startRelay } from '../relay/relay';
import { untilFinished } from './support/execution';
import { readExample } from './support/readExample';
import { root } from './support/root';

const type = 'n8n-nodes-chat-video.chatVideo';
const target = (home: string) => join(home, '.n8n/nodes/node_modules/n8n-nodes-chat-video');

/** The commands of the README, without those that build: that was done before the tests. */
async function unpackAsTheReadmeSays(home: string): Promise<void> {
	const readme = await readFile(join(root, 'README.md'), 'utf8');
	const block = /## Install in n8n[^]*?```sh\n([^]*?)```/.exec(readme)?.[1] ?? '';
	const commands = block.replace('npm install && npm run build && ', '');
	const project = join(home, 'project');
	for (const part of ['package.json', 'dist', 'LICENSE']) {
		await cp(join(root, part), join(project, part), { recursive: true });
	}
	const env = { ...process.env, HOME: home, npm_config_cache: join(home, 'cache') };
	const { code, output } = await runCommand('sh', ['-ec', commands], { cwd: project, env });
	expect({ code, output }).toMatchObject({ code: 0 });
}

async function link(home: string): Promise<void> {
	await mkdir(dirname(target(home)), { recursive: true });
	await symlink(root, target(home));
}

const toCustom = (workflow: Workflow): Workflow => ({
	...workflow,
	nodes: workflow.nodes.map((node) => ({
		...node,
		type: node.type.replace(type, 'CUSTOM.chatVideo'),
	})),
});

describe('an example runs where the node was installed', () => {
	const same = (workflow: Workflow) => workflow;

	it.each([
		['by unpacking the file', unpackAsTheReadmeSays, {}, same],
		['by a link to the folder', link, {}, same],
		[
			'by N8N_CUSTOM_EXTENSIONS, under the name it has there',
			() => Promise.resolve(),
			{ N8N_CUSTOM_EXTENSIONS: join(root, 'dist') },
			toCustom,
		],
	])(
		'%s',
		async (_, prepare, env, rename) => {
			const home = await mkdtemp(join(tmpdir(), 'chat-video-home-'));
			await using relay = await startRelay({ models: 'any' });
			await prepare(home);
			const n8n = await launch(await install(releases[0]), { folder: home, env });
			try {
				const client = await openClient(n8n.url);
				const credential = await keepCredential(client, 'Any', {
					baseUrl: relay.url,
					apiKey: relay.apiKey,
				});
				const example = rename(withCredential(readExample('generate-then-modify'), credential));
				const workflowData = await client.post<Workflow & { id: string }>('/workflows', example);
				const trigger = workflowData.nodes.find((node) => /trigger/i.test(node.type));
				const { executionId } = await client.post<{ executionId: string }>(
					`/workflows/${workflowData.id}/run`,
					{ workflowData, triggerToStartFrom: { name: trigger?.name } },
				);
				const execution = await untilFinished(client, executionId);

				expect(execution.error).toBeUndefined();
				expect(execution.items('Modify video')[0]?.binary?.data).toMatchObject({
					mimeType: 'video/mp4',
				});
				expect(relay.billed).toBe(2);
			} finally {
				await n8n.stop();
				await rm(home, { recursive: true, force: true });
			}
		},
		300_000,
	);
});
