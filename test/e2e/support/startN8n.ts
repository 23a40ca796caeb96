import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addPackage } from '../../../scripts/n8n/addPackage';
import { install } from '../../../scripts/n8n/install';
import { launch, type N8n } from '../../../scripts/n8n/launch';
import { releases } from '../../../scripts/n8n/releases';
import { builtPackage } from '../../support/builtPackage';
import { root } from './root';

/** The n8n under test; N8N_RELEASE names another one. */
const release = releases.find(({ n8n }) => n8n === process.env.N8N_RELEASE) ?? releases[0];

/** A new n8n with the packed package in it; its folder goes with it. */
export async function startN8n(
	env: Record<string, string | undefined> = {},
	command?: string[],
): Promise<N8n> {
	const installation = await install(release);
	const folder = await mkdtemp(join(tmpdir(), 'chat-video-n8n-'));
	await addPackage(join(root, builtPackage.folder), folder);
	const n8n = await launch(installation, {
		folder,
		...(command && { command }),
		env: {
			N8N_LOG_LEVEL: 'info',
			...withoutProxies,
			...env,
		},
	});
	return {
		...n8n,
		async stop() {
			await n8n.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** The machine's own proxy is not what is tested. */
const withoutProxies = Object.fromEntries(
	['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap((name) => [
		[name, undefined],
		[name.toLowerCase(), undefined],
	]),
);
