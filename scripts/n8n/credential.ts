import { createHash } from 'node:crypto';
import type { Client } from './client';
import type { Workflow } from './Workflow';

export interface Credential {
	id: string;
	name: string;
}

export interface Account {
	baseUrl: string;
	apiKey: string;
}

const type = 'chatVideoApi';

/** Creates the credential of that name, or points the one that is there at this service. */
export async function keepCredential(
	client: Client,
	name: string,
	data: Account,
): Promise<Credential> {
	const all = await client.get<Credential[]>('/credentials');
	const found = all.find((credential) => credential.name === name);
	return found
		? await client.patch(`/credentials/${found.id}`, { name, type, data })
		: await client.post('/credentials', { name, type, data });
}

/** A name for each account, so that a credential that is in use never begins to pay another one. */
export function nameOf({ baseUrl, apiKey }: Account): string {
	const { host, pathname } = new URL(baseUrl);
	const path = pathname.replace(/\/+$|\/v1(?:\/chat\/completions)?\/*$/g, '');
	const key = createHash('sha256').update(apiKey).digest('hex').slice(0, 6);
	return `${host}${path} (key ${key})`;
}

/** The workflow, with this credential in every node that wants one. */
export function withCredential(workflow: Workflow, { id, name }: Credential): Workflow {
	const nodes = workflow.nodes.map((node) =>
		node.credentials?.[type] ? { ...node, credentials: { [type]: { id, name } } } : node,
	);
	return { ...workflow, nodes };
}
