import { openClient, type Client } from '../../../scripts/n8n/client';
import { keepCredential, withCredential, type Credential } from '../../../scripts/n8n/credential';
import type { N8n } from '../../../scripts/n8n/launch';
import type { Workflow } from '../../../scripts/n8n/Workflow';
import { startRelay, type Relay, type RelayOptions } from '../../relay/relay';
import { call } from './call';
import { untilFinished, type Execution } from './execution';
import { variable } from './shared';
import { until } from './until';

interface Saved {
	id: string;
	versionId: string;
}

interface Summary {
	id: string;
	status: string;
	mode: string;
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
	/** Presses Retry, with the workflow as it was. */
	retry(executionId: string): Promise<Execution>;
	/** Makes its webhooks answer, and gives its id. */
	activate(workflow: Workflow): Promise<string>;
	/** Starts it by its webhook, and gives the id of the execution. */
	begin(workflow: Workflow): Promise<string>;
	/** The latest first, without those that a node runs inline. */
	executions(filter: { workflowId?: string }): Promise<Summary[]>;
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
	afterAll(() => own?.stop(), 60_000);

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
	const activate = async (workflow: Workflow) => {
		const { id, versionId } = await save(workflow);
		await client.post(`/workflows/${id}/activate`, { versionId, name: '', description: '' });
		return id;
	};
	const executions = async (filter: object, cursor?: string): Promise<Summary[]> => {
		const query = new URLSearchParams({
			filter: JSON.stringify(filter),
			limit: '100', // n8n gives no more at once
			...(cursor && { cursor }),
		});
		type Page = { results: Summary[]; nextCursor?: string | null };
		const page = await client.get<Page>(`/executions?${query}`);
		const found = page.results.filter(({ mode }) => mode !== 'integrated');
		return page.nextCursor ? [...found, ...(await executions(filter, page.nextCursor))] : found;
	};

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
		async retry(id) {
			const options = { loadWorkflow: false };
			const retried = await client.post<{ id: string }>(`/executions/${id}/retry`, options);
			return await finished(retried.id);
		},
		activate,
		async begin(workflow) {
			const workflowId = await activate(workflow);
			const { parameters } = workflow.nodes.find(({ type }) => /webhook/.test(type)) ?? {};
			await call(`${client.url}/webhook/${String(parameters?.path)}`, {});
			let begun: string | undefined;
			await until(async () => {
				begun = (await executions({ workflowId }))[0]?.id;
				return begun !== undefined;
			});
			return begun ?? '';
		},
		executions: (filter) => executions(filter),
	};
}
