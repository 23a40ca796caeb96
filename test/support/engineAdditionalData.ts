import { type ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import {
	type ICredentialsHelper,
	type IWorkflowExecuteAdditionalData,
	UserError,
} from 'n8n-workflow';

/** Expressions build resume URLs for every item, so each of these must parse as a URL. */
const address = 'http://n8n.invalid/';

/** What the server hands to every execution, as far as a workflow without a server can have it. */
export function toAdditionalData(given: {
	executionId: string;
	hooks: ExecutionLifecycleHooks;
	credentialsHelper: ICredentialsHelper;
	streamingEnabled: boolean;
}): IWorkflowExecuteAdditionalData {
	return {
		...given,
		currentNodeExecutionIndex: 0,
		variables: {},
		externalSecretsProxy: new ExternalSecretsProxy(),
		instanceBaseUrl: address,
		restApiUrl: address,
		formBaseUrl: address,
		formWaitingBaseUrl: address,
		formTestBaseUrl: address,
		webhookBaseUrl: address,
		webhookWaitingBaseUrl: address,
		webhookTestBaseUrl: address,
		mcpBaseUrl: address,
		mcpTestBaseUrl: address,
		setExecutionStatus() {},
		logAiEvent() {},
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		executeWorkflow: async () => {
			// As an n8n says it that has no data tables, which is all that the node calls a workflow for.
			throw new UserError('Unrecognized node type: n8n-nodes-base.dataTable');
		},
		startRunnerTask: async () => {
			throw new UserError('The engine has no task runners.');
		},
	};
}
