import { isRecord, textOf, type JsonRecord } from './json';

/** A file that a relay names outside its text: `delta.output`, `message.videos`, a content part. */
export interface Output {
	url: string;
	type: OutputType;
	/** With sora2api a share id (`s_…`), with other relays the task's id. */
	taskId: string;
}

/** `''` where nothing says it, so that the address has to. */
export type OutputType = 'video' | 'image' | 'other' | '';

/** The fields that hold files, by what they hold; posters first, as they belong to what follows. */
const fields: ReadonlyArray<readonly [name: string, type: OutputType]> = [
	['thumbnail_url', 'image'],
	['poster_url', 'image'],
	['cover_url', 'image'],
	['output', ''],
	['videos', 'video'],
	['video', 'video'],
	['video_url', 'video'],
	['output_video', 'video'],
	['image_url', 'image'],
	['images', 'image'],
	['image', 'image'],
	['file', ''],
];

const addresses = ['url', 'file_url', 'file_data', 'uri', 'src'] as const;

/** What a type, a MIME type or a file's name says; the first row that fits wins. */
const types: ReadonlyArray<readonly [OutputType, RegExp]> = [
	['image', /image|thumbnail|poster|cover|\.(?:png|jpe?g|webp|gif|avif)$/i],
	['video', /video|\.(?:mp4|m4v|mov|webm|mkv)$/i],
	['other', /audio|text|json|pdf|html|reasoning|tool|\.(?:mp3|wav|txt|md|srt)$/i],
];

const none: readonly Output[] = [];
const deepest = 5; // levels of objects and lists; `videos[].video_url.url` has four

/** The files of a delta, a message or a chunk: in fields of its own, and in the parts of its content. */
export function outputsOf(holder: JsonRecord): readonly Output[] {
	const parts = Array.isArray(holder.content) ? toOutputs(holder.content, '', deepest) : none;
	if (fields.every(([name]) => holder[name] === undefined)) return parts;
	return [...inFields(holder, '', deepest), ...parts];
}

const inFields = (holder: JsonRecord, type: OutputType, levels: number): Output[] =>
	fields.flatMap(([name, own]) => toOutputs(holder[name], own || type, levels));

/** The files of a value: an address, an object that has some, or a list of either. */
function toOutputs(value: unknown, known: OutputType, levels: number): Output[] {
	if (levels === 0) return [];
	if (Array.isArray(value)) return value.flatMap((entry) => toOutputs(entry, known, levels - 1));
	if (isAddress(value)) return [{ url: value, type: known, taskId: '' }];
	if (!isRecord(value)) return [];
	const type = typeOf(value) || known;
	const url = addresses.map((name) => value[name]).find(isAddress);
	const held = inFields(value, type, levels - 1);
	if (url === undefined) return held;
	return [...held, { url, type, taskId: textOf(value.task_id) ?? '' }];
}

const isAddress = (value: unknown): value is string =>
	typeof value === 'string' && /^(?:https?:|data:video|\/[^/\s])/i.test(value);

function typeOf({ mime_type: mime, mimeType = mime, filename, type }: JsonRecord): OutputType {
	const words = [mimeType, filename, type].map((word) => textOf(word) ?? '');
	for (const word of words) {
		const row = types.find(([, pattern]) => pattern.test(word));
		if (row !== undefined) return row[0];
	}
	return '';
}
