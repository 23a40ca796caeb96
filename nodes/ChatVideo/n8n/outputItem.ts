import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { fetchFiles, type DownloadOptions } from './files';
import type { Item } from './item';
import type { VideoResult } from '../transcript/result';
import { isTool } from './isTool';

/** The fields of a simplified item, in the order users see them. */
const simplified = [
	'taskId',
	'sid',
	'status',
	'reason',
	'model',
	'prompt',
	'orientation',
	'posterUrl',
	'videoUrl',
	'progressLog',
	'messages',
] as const satisfies ReadonlyArray<keyof VideoResult>;

/** What the item has besides, when it is not simplified. */
const detailed = [
	...simplified,
	'sourceSid',
	'duration',
	'previewUrl',
	'sourceUrl',
	'downloadUrl',
	'gifUrl',
	'videoUrls',
	'transcript',
	'reasoning',
	'chatId',
	'created',
	'finishReason',
	'usage',
	'recovered',
	'startedAt',
	'completedAt',
	'elapsedMs',
] as const satisfies ReadonlyArray<keyof VideoResult>;

/** What would fill an agent's context window and tell it nothing. */
const tooLongForTools: ReadonlyArray<keyof VideoResult> = [
	'progressLog',
	'messages',
	'transcript',
	'reasoning',
];

/** How an item is to look. */
export interface OutputOptions extends DownloadOptions {
	simplify: boolean;
}

/**
 * The item of a result, with the files it wants.
 *
 * @throws {ChatError} when a file cannot be downloaded and the item must not be without it
 */
export async function toItem(
	item: Item,
	result: VideoResult,
	options: OutputOptions,
): Promise<INodeExecutionData> {
	const { binary, notes } = await fetchFiles(item, result, options);
	const json = toJson(result, fieldsFor(item, options));
	return {
		json: Object.keys(notes).length > 0 ? { ...json, download: notes } : json,
		...(Object.keys(binary).length > 0 && { binary }),
	};
}

/**
 * The item's JSON. What the relay did not give is absent, not empty. There is never a key
 * `error`: n8n takes it for a failed node and runs all items again.
 */
function toJson(result: VideoResult, fields: ReadonlyArray<keyof VideoResult>): IDataObject {
	const present = fields.filter((field) => result[field] !== undefined);
	return Object.fromEntries(present.map((field) => [field, result[field]])) as IDataObject;
}

function fieldsFor(
	{ context }: Item,
	{ simplify }: OutputOptions,
): ReadonlyArray<keyof VideoResult> {
	const fields: ReadonlyArray<keyof VideoResult> = simplify ? simplified : detailed;
	if (!isTool(context.getNode())) return fields;
	return fields.filter((field) => !tooLongForTools.includes(field));
}
