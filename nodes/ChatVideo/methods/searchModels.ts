import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { toBaseUrl } from '../operations/service';

/** The models of the reference; offered always, since relays may not list what they serve. */
const reference: readonly INodeListSearchItems[] = [
	{ name: 'sora-2', value: 'sora-2', description: '10 s, standard definition' },
	{ name: 'sora-2-pro', value: 'sora-2-pro', description: '15 s, high definition' },
];

/** The relay's models for the list of the Model parameter, the reference's first. */
export async function searchModels(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const { baseUrl } = await this.getCredentials('chatVideoApi');
	const answer: unknown = await this.helpers.httpRequestWithAuthentication.call(
		this,
		'chatVideoApi',
		{ url: `${toBaseUrl(baseUrl)}/v1/models`, json: true },
	);
	const known = new Set(reference.map(({ value }) => value));
	const others = readIds(answer)
		.filter((id) => !known.has(id))
		.sort((a, b) => a.localeCompare(b))
		.map((id) => ({ name: id, value: id }));
	const wanted = filter.trim().toLowerCase();
	const results = [...reference, ...others].filter(({ name }) =>
		name.toLowerCase().includes(wanted),
	);
	return { results };
}

function readIds(answer: unknown): string[] {
	const { data } = (answer ?? {}) as IDataObject;
	if (!Array.isArray(data)) return [];
	const ids = (data as IDataObject[]).map((model) => model?.id);
	return [...new Set(ids.filter((id) => typeof id === 'string' && id !== ''))] as string[];
}
