import './engineEnvironment';
import { type ExecutionLifecycleHooks, LoadOptionsContext, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	deepCopy,
	type ICredentialType,
	type ILoadOptionsFunctions,
	type INode,
	type INodeExecutionData,
	type INodeListSearchResult,
	type INodeType,
	type IRun,
	type IRunExecutionData,
	type IWorkflowExecuteAdditionalData,
	type RelatedExecution,
	type StructuredChunk,
	UserError,
	Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { toAdditionalData } from './engineAdditionalData';
import { type CredentialStore, EngineCredentials } from './engineCredentials';
import { type BinaryStorage, closeHost, inScope, openHost, type RunScope } from './engineHost';
import { type EngineHooks, toLifecycle } from './engineLifecycle';
import { type EngineNodeTypes, loadNodeTypes, packageRoot } from './engineNodeTypes';
import { EngineRun, toSaved } from './engineRun';
import { toRetryData } from './engineRetry';
import type { WorkflowJson } from './engineWorkflow';

export interface EngineOptions {
	/** Folders with a package.json that n8n's loader reads; this package alone unless said otherwise. */
	packages?: string[];
	/** More nodes, by the full name workflows use, e.g. `test.echo`. */
	nodes?: Record<string, INodeType>;
	credentialTypes?: Record<string, ICredentialType>;
}

export interface RunOptions {
	/** What the trigger gives to the first node; one empty item unless said otherwise. */
	items?: INodeExecutionData[];
	/** By the account's name or by the credential type, in plain. */
	credentials?: CredentialStore;
	/** How the execution was started; `manual` unless said otherwise. */
	mode?: WorkflowExecuteMode;
	/** Aborting it is pressing Stop. */
	signal?: AbortSignal;
	/** Retry Execution: what a failed run left (`run.saved`). */
	previous?: IRunExecutionData;
	/** An execution that waits: it goes on as when n8n wakes it. */
	asleep?: EngineRun;
	/** The workflow that has called this one. */
	parentExecution?: RelatedExecution;
	/** The id of the execution that is retried (`run.id`). */
	retryOf?: string;
	/** Gets what nodes send to the caller; with it (and a mode that can stream) `isStreaming()` is true. */
	onChunk?: (chunk: StructuredChunk) => void;
	hooks?: EngineHooks;
	/** `memory` unless said otherwise. */
	binary?: BinaryStorage;
	/** n8n's SSRF protection, which also refuses this machine; off unless said otherwise, as in n8n. */
	blockPrivateAddresses?: boolean;
	/** Laid over what the engine hands to n8n-core. */
	additionalData?: Partial<IWorkflowExecuteAdditionalData>;
}

/** Loads n8n and the package's nodes; takes about a second the first time, then is good for any number of runs. */
export async function startEngine({ packages, ...own }: EngineOptions = {}): Promise<Engine> {
	await openHost();
	try {
		return new Engine(await loadNodeTypes(packages ?? [packageRoot()], own));
	} catch (error) {
		await closeHost();
		throw error;
	}
}

/** n8n-core's own engine, without the server around it. Runs share nothing and may overlap. */
export class Engine {
	private executions = 0;

	constructor(private readonly nodeTypes: EngineNodeTypes) {}

	/**
	 * Runs a workflow from its trigger (or first node) to the end, as n8n does.
	 *
	 * A node that fails does not reject: see `run.status` and `run.error()`. It rejects when n8n would
	 * not even start the workflow, e.g. because a required parameter is empty.
	 */
	async run(json: WorkflowJson, options: RunOptions = {}): Promise<EngineRun> {
		const scope: RunScope = {
			binary: options.binary ?? 'memory',
			blockPrivateAddresses: options.blockPrivateAddresses ?? false,
			logs: [],
		};
		return await inScope(scope, () => this.execute(json, options, scope));
	}

	/** Asks a node for the entries of a resource locator's list, as the editor does when it is opened. */
	async search(
		node: INode,
		method: string,
		options: Pick<RunOptions, 'credentials' | 'blockPrivateAddresses'> & {
			filter?: string;
			paginationToken?: string;
		} = {},
	): Promise<INodeListSearchResult> {
		const type = this.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		const search = type.methods?.listSearch?.[method];
		if (!search) throw new UserError(`The node "${node.type}" has no list search "${method}".`);
		const workflow = this.toWorkflow({ nodes: [node], connections: {} });
		const additionalData = this.toAdditionalData(
			toLifecycle('internal', '0', workflow, {}),
			options,
		);
		additionalData.currentNodeParameters = node.parameters;
		const context = new LoadOptionsContext(workflow, node, additionalData, '');
		const scope: RunScope = {
			binary: 'memory',
			blockPrivateAddresses: options.blockPrivateAddresses ?? false,
			logs: [],
		};
		return await inScope(scope, () =>
			search.call(context as ILoadOptionsFunctions, options.filter, options.paginationToken),
		);
	}

	/** Gives up what the engine has on disk; runs' binary data cannot be read any more. */
	async close(): Promise<void> {
		await closeHost();
	}

	private async execute(
		json: WorkflowJson,
		options: RunOptions,
		scope: RunScope,
	): Promise<EngineRun> {
		const { hooks, signal, previous, asleep } = options;
		const { mode = asleep?.run.mode ?? (previous ? 'retry' : 'manual') } = options;
		const workflow = this.toWorkflow(json);
		const lifecycle = toLifecycle(
			mode,
			asleep?.id ?? String(++this.executions),
			workflow,
			{ ...hooks },
			options.retryOf,
		);
		if (options.onChunk) lifecycle.addHandler('sendChunk', options.onChunk);
		let savedAtStop: IRunExecutionData | undefined;
		lifecycle.addHandler('workflowExecuteAfter', ({ status, data }: IRun) => {
			// n8n saves a stopped execution at once, while the node it stopped is still coming to its end
			if (status === 'canceled') savedAtStop = toSaved(data);
		});

		const execution = new WorkflowExecute(
			this.toAdditionalData(lifecycle, options),
			mode,
			asleep?.saved ??
				(previous ? toRetryData(previous, workflow) : toStartData(workflow, options)),
		).processRunExecutionData(workflow);
		const stop = () => execution.cancel();
		signal?.addEventListener('abort', stop);
		if (signal?.aborted) stop();
		try {
			return new EngineRun(lifecycle.executionId, await execution, scope.logs, savedAtStop);
		} finally {
			signal?.removeEventListener('abort', stop);
		}
	}

	/** n8n fills in default parameters on the nodes it is given, so it is given copies. */
	private toWorkflow({ id = 'workflow', ...json }: WorkflowJson): Workflow {
		return new Workflow({
			...deepCopy({ ...json, settings: { executionOrder: 'v1', ...json.settings } }),
			id,
			active: false,
			nodeTypes: this.nodeTypes,
		});
	}

	private toAdditionalData(
		hooks: ExecutionLifecycleHooks,
		options: Pick<RunOptions, 'credentials' | 'onChunk' | 'additionalData'>,
	): IWorkflowExecuteAdditionalData {
		const { credentials = {}, onChunk, additionalData } = options;
		return {
			...toAdditionalData({
				hooks,
				executionId: hooks.executionId,
				credentialsHelper: new EngineCredentials(this.nodeTypes.credentials, credentials),
				streamingEnabled: onChunk !== undefined,
			}),
			...additionalData,
		};
	}
}

function toStartData(
	workflow: Workflow,
	{ items = [{ json: {} }], parentExecution }: RunOptions,
): IRunExecutionData {
	const node = workflow.getStartNode();
	if (!node) throw new UserError('The workflow has no node to start from.');
	return createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node, data: { main: [deepCopy(items)] }, source: null }],
		},
		resultData: workflow.pinData ? { pinData: workflow.pinData } : {},
		...(parentExecution && { parentExecution }),
	});
}
