import { mkdir, readFile, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cacheFolder';
import { nodePackage, npm } from './npm';
import type { Release } from './releases';
import { runCommand } from './runCommand';
import { step } from './say';
import { Unusable } from './Unusable';

/** A copy of n8n that can be started. */
export interface Installation {
	release: Release;
	folder: string;
	/** The Node it runs on. */
	node: string;
	/** n8n's command. */
	n8n: string;
}

/** Bytes; n8n unpacks to three gigabytes, npm's own cache comes on top. */
const neededSpace = 5e9;

/**
 * Installs n8n, and the Node it needs if this one is another, into the cache. Each step looks first
 * whether it is done, so a second call takes a second, and an interrupted one goes on where it was.
 *
 * @throws {Unusable} when this machine cannot do it
 */
export async function install(release: Release): Promise<Installation> {
	const folder = cacheFolder(`n8n-${release.n8n}`);
	const installation: Installation = {
		release,
		folder,
		node: ownNode(release)
			? process.execPath
			: join(folder, 'node_modules', nodePackage, 'bin', 'node'),
		n8n: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
	if (!(await hasPackages(installation))) {
		await checkSpace(folder);
		await step(`Installing n8n ${release.n8n}, once (3 GB, 5 to 10 minutes)`, () =>
			installPackages(installation),
		);
	}
	if (!(await hasDatabase(installation))) {
		await step('Building its database driver, once (2 to 5 minutes)', () =>
			buildDatabase(installation),
		);
	}
	return installation;
}

const ownNode = ({ node }: Release): boolean =>
	Number(process.versions.node.split('.')[0]) === node.major;

async function hasPackages({ folder, release, node }: Installation): Promise<boolean> {
	// npm writes this file when everything else is in its place.
	const finished = await readJson(join(folder, 'node_modules', '.package-lock.json'));
	const found = await readJson(join(folder, 'node_modules', 'n8n', 'package.json'));
	if (!finished || found?.version !== release.n8n) return false;
	return (await runCommand(node, ['--version'])).code === 0;
}

async function installPackages({ folder, release }: Installation): Promise<void> {
	const manifest = {
		private: true,
		dependencies: { n8n: release.n8n },
		...(!ownNode(release) && { optionalDependencies: { [nodePackage]: release.node.version } }),
		...(release.overrides && { overrides: release.overrides }),
	};
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
	// Of all the install scripts in there only sqlite3's matters, and some fail.
	await writeFile(join(folder, '.npmrc'), 'ignore-scripts=true\nfund=false\naudit=false\n');
	const { code, output } = await npm(folder, ['install', '--loglevel=error']);
	await writeFile(join(folder, 'install.log'), output);
	if (code !== 0) {
		throw new Unusable(
			`npm could not install n8n: ${lastLine(output)}. All of it: ${join(folder, 'install.log')}`,
		);
	}
}

async function hasDatabase({ folder, node }: Installation): Promise<boolean> {
	const script = "new (require('sqlite3').Database)(':memory:').close()";
	return (await runCommand(node, ['-e', script], { cwd: folder })).code === 0;
}

async function buildDatabase(installation: Installation): Promise<void> {
	const { folder } = installation;
	const { output } = await npm(folder, ['rebuild', 'sqlite3', '--ignore-scripts=false']);
	await writeFile(join(folder, 'rebuild.log'), output);
	if (await hasDatabase(installation)) return;
	throw new Unusable(
		`sqlite3 could not be built; it may need python3, make and g++. All of it: ${join(folder, 'rebuild.log')}`,
	);
}

async function checkSpace(folder: string): Promise<void> {
	await mkdir(folder, { recursive: true }).catch(({ message }: Error) => {
		throw new Unusable(
			`n8n cannot be put into ${folder}: ${message}. CHAT_VIDEO_CACHE names another folder.`,
		);
	});
	const { bavail, bsize } = await statfs(folder);
	if (bavail * bsize > neededSpace) return;
	throw new Unusable(
		`n8n needs 5 GB in ${folder}, and ${((bavail * bsize) / 1e9).toFixed(1)} GB are free. CHAT_VIDEO_CACHE names another folder.`,
	);
}

async function readJson(file: string): Promise<{ version?: string } | undefined> {
	try {
		return JSON.parse(await readFile(file, 'utf8')) as { version?: string };
	} catch {
		return undefined;
	}
}

const lastLine = (text: string): string =>
	text.trim().split('\n').at(-1)?.replace(/\.$/, '') ?? 'it said nothing';
