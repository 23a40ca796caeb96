import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodePackage, npm } from '../scripts/n8n/npm';
import { step } from '../scripts/n8n/say';

interface Manifest {
	version?: string;
	dependencies?: Record<string, string>;
}

const oldest = 24; // major version of Node; figures of two versions cannot be compared

/**
 * Installs what the node is compared with, and Node 24 if this one is older, on first use.
 *
 * @returns the Node that measures
 * @throws {Error} when npm could not
 */
export async function prepare(folder: string): Promise<string> {
	const isNew = Number(process.versions.node.split('.')[0]) >= oldest;
	const node = isNew ? process.execPath : join(folder, 'node_modules', nodePackage, 'bin', 'node');
	if (await isInstalled(folder, isNew)) return node;
	const { code, output } = await step('Installing what is compared, once', () =>
		npm(folder, ['install', '--loglevel=error', ...(isNew ? ['--omit=optional'] : [])]),
	);
	if (code === 0 && (await isInstalled(folder, isNew))) return node;
	throw new Error(`npm could not install the packages of ${folder}: ${output.trim()}`);
}

async function isInstalled(folder: string, isNew: boolean): Promise<boolean> {
	const { dependencies = {} } = await manifestOf(folder);
	const found = await Promise.all(
		Object.entries(dependencies).map(async ([name, version]) => {
			const manifest = await manifestOf(join(folder, 'node_modules', name));
			return manifest.version === version;
		}),
	);
	const { version } = await manifestOf(join(folder, 'node_modules', nodePackage));
	return found.every(Boolean) && (isNew || version !== undefined);
}

async function manifestOf(folder: string): Promise<Manifest> {
	try {
		return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
	} catch {
		return {};
	}
}
