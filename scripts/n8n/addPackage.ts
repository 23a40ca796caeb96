import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './runCommand';
import { Unusable } from './Unusable';

/** Installs the package of a folder, as `npm pack` makes it, where n8n installs its community packages. */
export async function addPackage(root: string, userFolder: string): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'chat-video-pack-'));
	try {
		await run('npm', ['pack', '--loglevel=error', '--pack-destination', folder], root);
		const packed = (await run('ls', [], folder)).trim();
		await run('tar', ['-xzf', packed], folder);
		const { name } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
			name: string;
		};
		const target = join(userFolder, '.n8n', 'nodes', 'node_modules', name);
		await rm(target, { recursive: true, force: true });
		await mkdir(target, { recursive: true });
		await cp(join(folder, 'package'), target, { recursive: true });
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function run(file: string, args: string[], cwd: string): Promise<string> {
	const { code, output } = await runCommand(file, args, { cwd });
	if (code === 0) return output;
	throw new Unusable(`${file} ${args[0] ?? ''} did not work in ${cwd}: ${output.trim()}`);
}
