import { Credentials, getAdditionalKeys } from 'n8n-core';
import {
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	ICredentialsHelper,
	type ICredentialsExpressionResolveValues,
	type IExecuteData,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeParameters,
	type INodeProperties,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
	NodeHelpers,
	UserError,
	type Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

/** Credentials by the name of the account, or by their type. */
export type CredentialStore = Record<string, ICredentialDataDecryptedObject>;

/** n8n's credentials without its database: defaults, expressions and generic authentication as there. */
export class EngineCredentials extends ICredentialsHelper {
	constructor(
		private readonly types: Record<string, ICredentialType>,
		private readonly store: CredentialStore,
	) {
		super();
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		details: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		resolve?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.find(details, type);
		if (raw) return stored;
		const data = this.withDefaults(type, stored);
		if (!resolve) return data;
		return resolve.workflow.expression.getParameterValue(
			data as INodeParameters,
			resolve.runExecutionData,
			resolve.runIndex,
			resolve.itemIndex,
			resolve.node.name,
			resolve.connectionInputData,
			mode,
			getAdditionalKeys(additionalData, mode, null, { isCredential: true }),
			executeData,
			false,
			data,
		) as ICredentialDataDecryptedObject;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		request: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const options = request as IHttpRequestOptions;
		const authenticate = this.types[typeName]?.authenticate;
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		if (authenticate?.type !== 'generic' || !workflow || !node) return options;
		const resolved = workflow.expression.getComplexParameterValue(
			node,
			authenticate.properties as INodeParameters,
			'internal',
			{ $credentials: credentials },
		) as Record<string, object>;
		const merged = Object.entries(resolved).map(([part, values]) => [
			part,
			{ ...(options as unknown as Record<string, object>)[part], ...values },
		]);
		return { ...options, ...Object.fromEntries(merged) };
	}

	async getCredentials(details: INodeCredentialsDetails, type: string): Promise<Credentials> {
		const credentials = new Credentials({ id: details.id, name: details.name }, type);
		await credentials.setData(this.find(details, type));
		return credentials;
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.types[type]?.properties ?? [];
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async preAuthentication(): Promise<undefined> {}

	async runPreAuthentication(): Promise<undefined> {}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}

	private find(details: INodeCredentialsDetails, type: string): ICredentialDataDecryptedObject {
		const found = this.store[details.name] ?? this.store[type];
		if (found) return found;
		throw new UserError(`Credential with ID "${details.id}" does not exist for type "${type}".`);
	}

	private withDefaults(
		type: string,
		stored: ICredentialDataDecryptedObject,
	): ICredentialDataDecryptedObject {
		const properties = this.getCredentialsProperties(type);
		if (properties.length === 0) return stored;
		const values = NodeHelpers.getNodeParameters(
			properties,
			stored as INodeParameters,
			true,
			false,
			null,
			null,
		);
		return { ...values } as ICredentialDataDecryptedObject;
	}
}
