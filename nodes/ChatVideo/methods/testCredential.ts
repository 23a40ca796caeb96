import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { redact } from '../call/redact';
import { InvalidInput } from '../n8n/InvalidInput';
import { toApiKey, toBaseUrl } from '../operations/service';
import { toConnectionError } from '../transport/connection';
import { patience, readModelList, toModelAnswer, type ModelAnswer } from './modelList';

const toFailure = (message: string): INodeCredentialTestResult => ({ status: 'Error', message });

/**
 * Asks for the list of models, which costs nothing, and says in a sentence what is wrong. A request
 * in the credential's own `test` would show a code where nobody answers, and follow a redirect
 * with the key.
 */
export async function testCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	try {
		const baseUrl = toBaseUrl(data.baseUrl);
		const apiKey = toApiKey(data.apiKey);
		const list = readModelList(await fetchAnswer(this, `${baseUrl}/v1/models`, apiKey));
		if (list.kind === 'refused') return toFailure(redact(list.message, apiKey));
		if (list.kind === 'listed') return { status: 'OK', message: 'Connection successful!' };
		return toFailure(
			`${baseUrl} has no list of models, so the key cannot be tested: Generate may still work.`,
		);
	} catch (cause) {
		if (cause instanceof InvalidInput) return toFailure(`${cause.message}. ${cause.advice}`);
		return toFailure(toConnectionError(cause, toBaseUrl(data.baseUrl), 'none').message);
	}
}

async function fetchAnswer(
	{ helpers: { request } }: ICredentialTestFunctions,
	uri: string,
	apiKey: string,
): Promise<ModelAnswer> {
	return toModelAnswer(
		await request({
			uri,
			headers: { Authorization: `Bearer ${apiKey}` },
			followRedirect: false, // it would take the key along
			resolveWithFullResponse: true,
			simple: false,
			timeout: patience,
		}),
	);
}
