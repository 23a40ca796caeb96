import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineRun } from '../../test/support/engineRun';

/**
 * Takes the files of a node's items out of n8n's storage, which ends with the run.
 *
 * @returns where they are
 */
export async function saveFiles(run: EngineRun, node: string, folder: string): Promise<string[]> {
	const files = run.items(node).flatMap(({ binary = {} }) => Object.values(binary));
	const paths: string[] = [];
	for (const file of files) {
		const path = join(folder, file.fileName ?? 'file');
		await mkdir(folder, { recursive: true });
		await writeFile(path, await run.binary(file));
		paths.push(path);
	}
	return paths;
}
