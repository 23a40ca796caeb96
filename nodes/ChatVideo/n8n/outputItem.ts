import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { fetchFiles, type DownloadOptions } from './files';
import type { Item } from './item';
import type { VideoResult } from '../transcript/result';
import { isTool } from './isTool';

/** An attachment becomes the binary. */
type FieldName = Exclude<keyof VideoResult, 'attachment'>;

/** Which items have a field. */
interface Shown {
	/** The simplified item has it too. */
	simplified: boolean;
	/** An agent's has it: what is long fills its context window and gives it nothing. */
	forTools: boolean;
}

const always: Shown = { simplified: true, forTools: true };
const long: Shown = { simplified: true, forTools: false };
const detail: Shown = { simplified: false, forTools: true };
const longDetail: Shown = { simplified: false, forTools: false };

/** Every field of a result, in the order users see them; the type checker misses a forgotten one. */
const shown: Readonly<Record<FieldName, Shown>> = {
	videoUrl: always,
	posterUrl: always,
	status: always,
	reason: always,
	taskId: always,
	sid: always,
	model: always,
	prompt: always,
	orientation: always,
	progressLog: long,
	messages: long,
	sourceSid: detail,
	duration: detail,
	previewUrl: detail,
	sourceUrl: detail,
	downloadUrl: detail,
	gifUrl: detail,
	videoUrls: detail,
	taskIds: detail,
	transcript: longDetail,
	reasoning: longDetail,
	chatId: detail,
	created: detail,
	finishReason: detail,
	usage: detail,
	recovered: detail,
	startedAt: detail,
	completedAt: detail,
	elapsedMs: detail,
};

/** All fields an item may have, in the order users see them. */
export const fieldNames = Object.keys(shown) as FieldName[];

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
function toJson(result: VideoResult, fields: readonly FieldName[]): IDataObject {
	const present = fields.filter((field) => result[field] !== undefined);
	return Object.fromEntries(present.map((field) => [field, result[field]])) as IDataObject;
}

function fieldsFor({ context }: Item, { simplify }: OutputOptions): readonly FieldName[] {
	const tool = isTool(context.getNode());
	return fieldNames.filter((field) => {
		const { simplified, forTools } = shown[field];
		return (simplified || !simplify) && (forTools || !tool);
	});
}
