import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { messageOf } from '../chat/messageOf';
import { InvalidInput } from '../n8n/InvalidInput';
import { toService } from '../operations/service';
import { fetchModelList, patience } from './modelList';

/**
 * Asks for the list of models, and says in a sentence what is wrong. A request in the credential's own
 * `test` would show a code where nobody answers, and follow a redirect with the key.
 */
export async function testCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { request } = this.helpers;
	try {
		const service = toService(data);
		const list = await fetchModelList(service, (uri) =>
			request({
				uri,
				headers: { Authorization: `Bearer ${service.apiKey}` },
				followRedirect: false,
				resolveWithFullResponse: true,
				simple: false,
				timeout: patience,
			}),
		);
		if (list.kind === 'refused') return toFailure(list.message);
		if (list.kind === 'listed') return { status: 'OK', message: 'Connection successful!' };
		return toFailure(
			`${service.baseUrl} has no list of models, so the key cannot be tested: Generate may still work.`,
		);
	} catch (cause) {
		return toFailure(
			cause instanceof InvalidInput ? `${cause.message}. ${cause.advice}` : messageOf(cause),
		);
	}
}

const toFailure = (message: string): INodeCredentialTestResult => ({ status: 'Error', message });
