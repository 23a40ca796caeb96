import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
} from 'n8n-workflow';
import { toService } from '../operations/service';
import { fetchModelList, patience } from './modelList';

/** What the models of the reference make; the editor's list shows names only, so it stands there. */
const described: ReadonlyMap<string, INodeListSearchItems> = new Map(
	[
		{ id: 'sora-2', gives: '10 s, SD', description: '10 s, standard definition' },
		{ id: 'sora-2-pro', gives: '15 s, HD', description: '15 s, high definition' },
	].map(({ id, gives, description }) => [id, { name: `${id} (${gives})`, value: id, description }]),
);

/** Names of models that make videos, in the order of the list. */
const families = [
	/(?<![a-z])sora/i,
	/(?<![a-z])veo/i,
	/(?<![a-z])kling/i,
	/(?<![a-z])grok/i,
	/(?<![a-z])seedance/i,
	/(?<![a-z])(?:hailuo|minimax)/i,
	/(?<![a-z])wan/i,
	/(?<![a-z])runway/i,
	/(?<![a-z])(?:luma|pika|vidu|pixverse|hunyuan|jimeng)/i,
	/(?<![a-z])video/i,
];

/** Models of the same families that make something else. */
const others = /image|audio|speech|tts|embed/i;

/**
 * The service's models for the list of the parameter Model, those that make videos first. Nothing
 * is offered that the service does not list; one that has no list may still serve those of the
 * reference.
 *
 * @throws {NodeOperationError} when the service cannot be asked, or refuses
 */
export async function searchModels(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const wanted = filter.trim().toLowerCase();
	const items = toVideosFirst(await fetchIds(this)).map(toListItem);
	return { results: items.filter(({ name }) => String(name).toLowerCase().includes(wanted)) };
}

const toListItem = (id: string): INodeListSearchItems =>
	described.get(id) ?? { name: id, value: id };

function toVideosFirst(ids: readonly string[]): readonly string[] {
	const byName = [...ids].sort((left, right) => (left < right ? -1 : 1));
	return byName
		.map((id) => [familyOf(id), id] as const)
		.sort(([left], [right]) => left - right)
		.map(([, id]) => id);
}

function familyOf(id: string): number {
	const isOther = others.test(id) && !/video/i.test(id);
	const family = isOther ? -1 : families.findIndex((pattern) => pattern.test(id));
	return family === -1 ? families.length : family;
}

async function fetchIds(context: ILoadOptionsFunctions): Promise<readonly string[]> {
	const service = toService(await context.getCredentials('chatVideoApi'));
	const fetch = context.helpers.httpRequestWithAuthentication;
	const list = await fetchModelList(service, (url) =>
		fetch.call(context, 'chatVideoApi', {
			url,
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
			timeout: patience,
		}),
	);
	if (list.kind === 'listed') return list.ids;
	if (list.kind === 'noList') return [...described.keys()];
	throw new NodeOperationError(context.getNode(), list.message);
}
