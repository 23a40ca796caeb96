import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from './client';
import { withCredential, type Credential } from './credential';
import type { Workflow } from './Workflow';

/** Imports the workflows of the folder; one that is there already may have been changed, and stays. */
export async function importExamples(
	client: Client,
	folder: string,
	credential: Credential,
): Promise<string[]> {
	const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
	const present = new Set((await client.get<Workflow[]>('/workflows')).map(({ name }) => name));
	const names: string[] = [];
	for (const file of files) {
		const workflow = JSON.parse(await readFile(join(folder, file), 'utf8')) as Workflow;
		names.push(workflow.name);
		if (present.has(workflow.name)) continue;
		await client.post('/workflows', withCredential(workflow, credential));
	}
	return names;
}
