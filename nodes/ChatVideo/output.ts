import type { IDataObject } from 'n8n-workflow';
import type { VideoResult } from './result';

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

/**
 * The item's JSON. What the relay did not give is absent, not empty. There is never a key
 * `error`: n8n takes it for a failed node and runs all items again.
 */
export function toJson(result: VideoResult, simplify: boolean): IDataObject {
	const fields: ReadonlyArray<keyof VideoResult> = simplify ? simplified : detailed;
	const present = fields.filter((field) => result[field] !== undefined);
	return Object.fromEntries(present.map((field) => [field, result[field]])) as IDataObject;
}
