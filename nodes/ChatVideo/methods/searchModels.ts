import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { isRecord, textOf } from '../chat/json';
import { toBaseUrl } from '../operations/service';

/**
 * The models of the reference; offered always, since relays may not list what they serve. The
 * editor's list shows names only, so what a model gives stands there too.
 */
const reference = [
	offered('sora-2', '10 s, SD', '10 s, standard definition'),
	offered('sora-2-pro', '15 s, HD', '15 s, high definition'),
];

function offered(id: string, gives: string, description: string): INodeListSearchItems {
	return { name: `${id} (${gives})`, value: id, description };
}

/**
 * The relay's models for the list of the Model parameter, the reference's first. A relay that
 * does not list its models still serves them, so those of the reference are offered all the same.
 */
export async function searchModels(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const known = new Set(reference.map(({ value }) => value));
	const others = (await fetchIds(this))
		.filter((id) => !known.has(id))
		.sort((a, b) => a.localeCompare(b))
		.map((id) => ({ name: id, value: id }));
	const wanted = filter.trim().toLowerCase();
	const results = [...reference, ...others].filter(({ name }) =>
		String(name).toLowerCase().includes(wanted),
	);
	return { results };
}

async function fetchIds(context: ILoadOptionsFunctions): Promise<string[]> {
	try {
		const { baseUrl } = await context.getCredentials('chatVideoApi');
		const request = { url: `${toBaseUrl(baseUrl)}/v1/models`, json: true };
		const fetch = context.helpers.httpRequestWithAuthentication;
		return readIds(await fetch.call(context, 'chatVideoApi', request));
	} catch {
		// The error of the request may hold its headers, and with them the key: it is not logged.
		context.logger.debug('Chat Video: the list of models could not be read');
		return [];
	}
}

function readIds(answer: unknown): string[] {
	const models: unknown[] = isRecord(answer) && Array.isArray(answer.data) ? answer.data : [];
	return [...new Set(models.flatMap((model) => (isRecord(model) && textOf(model.id)) || []))];
}
