import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../../scripts/n8n/runCommand';
import { startServer, type Server, type User } from './startServer';

/** A PostgreSQL with an empty database `postgres`, which lets everybody on this machine in. */
export async function startPostgres(): Promise<Server> {
	const bin = await findBinaries();
	const user = await unprivileged();
	return await startServer(async (folder, port) => {
		const data = join(folder, 'data');
		const args = ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8'];
		const { code, output } = await runCommand(join(bin, 'initdb'), args, { ...user, cwd: folder });
		if (code !== 0) throw new Error(`initdb did not work: ${output}`);
		const settings = [
			`port=${port}`,
			'listen_addresses=127.0.0.1',
			'fsync=off',
			`unix_socket_directories=${folder}`,
		];
		return {
			file: join(bin, 'postgres'),
			args: ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
		};
	}, user);
}

/** Debian keeps them out of the path, by version. */
export async function findBinaries(): Promise<string> {
	const versions = await readdir('/usr/lib/postgresql').catch(() => []);
	const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
	if (newest) return join('/usr/lib/postgresql', newest, 'bin');
	const { code, output } = await runCommand('pg_config', ['--bindir']);
	if (code === 0) return output.trim();
	throw new Error('There is no PostgreSQL: install it (apt-get install postgresql).');
}

/** PostgreSQL refuses to run as root. */
async function unprivileged(): Promise<User | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const id = async (flag: string) => Number((await runCommand('id', [flag, 'postgres'])).output);
	return { uid: await id('-u'), gid: await id('-g') };
}
