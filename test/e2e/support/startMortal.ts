import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addPackage } from '../../../scripts/n8n/addPackage';
import { install } from '../../../scripts/n8n/install';
import { launch, type N8n } from '../../../scripts/n8n/launch';
import { freePort } from '../../../scripts/n8n/port';
import { releases } from '../../../scripts/n8n/releases';
import { root } from './root';

/** An n8n that can be killed, and started again with what it had on disk. */
export interface Mortal extends N8n {
	/** By default without a word, as the kernel does when memory is out. */
	die(signal?: NodeJS.Signals): Promise<void>;
	revive(): Promise<void>;
}

export async function startMortal(
	env: Record<string, string> = {},
	command?: string[],
): Promise<Mortal> {
	const release = releases.find(({ n8n }) => n8n === process.env.N8N_RELEASE) ?? releases[0];
	const installation = await install(release);
	const folder = await mkdtemp(join(tmpdir(), 'chat-video-mortal-'));
	await addPackage(root, folder);
	const port = (await freePort()) ?? 0;
	const start = () =>
		launch(installation, {
			folder,
			port,
			...(command && { command }),
			env: { N8N_LOG_LEVEL: 'info', NO_PROXY: '*', ...env },
		});
	let n8n = await start();
	return {
		url: n8n.url,
		folder,
		get child() {
			return n8n.child;
		},
		log: () => n8n.log(),
		async die(signal = 'SIGKILL') {
			const gone = once(n8n.child, 'exit');
			n8n.child.kill(signal);
			await gone;
			await n8n.stop(); // what it started
		},
		async revive() {
			n8n = await start();
		},
		async stop() {
			await n8n.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}
