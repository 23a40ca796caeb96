import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from './client';
import { withCredential, type Credential } from './credential';
import type { Workflow } from './Workflow';

/** The workflows of a folder. */
export async function readExamples(folder: string): Promise<readonly Workflow[]> {
	const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
	const texts = files.map((file) => readFile(join(folder, file), 'utf8'));
	return (await Promise.all(texts)).map((text) => JSON.parse(text) as Workflow);
}

/** Imports workflows; one that is there already may have been changed, and stays. */
export async function importWorkflows(
	client: Client,
	workflows: readonly Workflow[],
	credential: Credential,
): Promise<void> {
	const present = new Set((await client.get<Workflow[]>('/workflows')).map(({ name }) => name));
	for (const workflow of workflows) {
		if (present.has(workflow.name)) continue;
		await client.post('/workflows', withCredential(workflow, credential));
	}
}
