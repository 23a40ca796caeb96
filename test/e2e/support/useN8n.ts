import { openClient, type Client } from '../../../scripts/n8n/client';
import { keepCredential, withCredential, type Credential } from '../../../scripts/n8n/credential';
import type { N8n } from '../../../scripts/n8n/launch';
import type { Workflow } from '../../../scripts/n8n/Workflow';
import { startRelay, type Relay, type RelayOptions } from '../../relay/relay';
import { untilFinished, type Execution } from './execution';
import { variable } from './shared';

interface Saved {
	id: string;
	versionId: string;
}

/** A real n8n, and a relay that is new for each test. */
export interface Stage {
	readonly client: Client;
	readonly relay: Relay;
	readonly folder: string;
	readonly credential: Credential;
	/** Points the credential somewhere else. */
	useService(baseUrl: string, apiKey?: string): Promise<void>;
	save(workflow: Workflow): Promise<Saved>;
	/** Starts it by its first node. */
	start(workflow: Workflow): Promise<string>;
	finished(executionId: string): Promise<Execution>;
	run(workflow: Workflow): Promise<Execution>;
	/** Makes its webhooks answer, and gives its id. */
	activate(workflow: Workflow): Promise<string>;
}

/** The n8n of all files, or one that is started for this file. */
export function useN8n({
	relay: relayOptions,
	start: startOwn,
}: { relay?: RelayOptions; start?: () => Promise<N8n> } = {}): Stage {
	let own: N8n | undefined;
	let folder: string;
	let client: Client;
	let relay: Relay;
	let credential: Credential;

	beforeAll(async () => {
		own = await startOwn?.();
		const found =
			own ?? (JSON.parse(process.env[variable] ?? '{}') as { url: string; folder: string });
		folder = found.folder;
		client = await openClient(found.url);
	}, 200_000);
	beforeEach(async () => {
		// Task ids of its own, so that what an n8n wrote in another test is not taken for this one's.
		const seed = expect.getState().currentTestName ?? '';
		relay = await startRelay({ models: 'any', seed, ...relayOptions });
		await useService(relay.url);
	});
	afterEach(() => relay.close());
	afterAll(() => own?.stop(), 30_000);

	const useService = async (baseUrl: string, apiKey = relay.apiKey) => {
		credential = await keepCredential(client, 'Chat Video account', { baseUrl, apiKey });
	};
	const save = (workflow: Workflow) =>
		client.post<Saved>('/workflows', withCredential({ active: false, ...workflow }, credential));
	const start = async (workflow: Workflow) => {
		const workflowData = await save(workflow);
		const { id } = workflowData;
		const name = workflow.nodes.find(({ type }) => /trigger|webhook/i.test(type))?.name;
		const { executionId } = await client.post<{ executionId: string }>(`/workflows/${id}/run`, {
			workflowData,
			triggerToStartFrom: { name },
		});
		return executionId;
	};
	const finished = (id: string) => untilFinished(client, id);

	return {
		get client() {
			return client;
		},
		get relay() {
			return relay;
		},
		get folder() {
			return folder;
		},
		get credential() {
			return credential;
		},
		useService,
		save,
		start,
		finished,
		run: async (workflow) => finished(await start(workflow)),
		async activate(workflow) {
			const { id, versionId } = await save(workflow);
			await client.post(`/workflows/${id}/activate`, { versionId, name: '', description: '' });
			return id;
		},
	};
}
