import type { Client } from './client';
import type { Workflow } from './Workflow';

export interface Credential {
	id: string;
	name: string;
}

/** The name that the examples use. */
const name = 'Chat Video account';
const type = 'chatVideoApi';

/** Creates the credential, or points the one that is there at this service. */
export async function keepCredential(
	client: Client,
	data: { baseUrl: string; apiKey: string },
): Promise<Credential> {
	const all = await client.get<Credential[]>('/credentials');
	const found = all.find((credential) => credential.name === name);
	return found
		? await client.patch(`/credentials/${found.id}`, { name, type, data })
		: await client.post('/credentials', { name, type, data });
}

/** The workflow, with this credential in every node that wants one. */
export function withCredential(workflow: Workflow, { id }: Credential): Workflow {
	const nodes = workflow.nodes.map((node) =>
		node.credentials?.[type] ? { ...node, credentials: { [type]: { id, name } } } : node,
	);
	return { ...workflow, nodes };
}
