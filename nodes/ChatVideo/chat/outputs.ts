import { isRecord, textOf, type JsonRecord } from './json';

/** A file that a relay names outside its text: `delta.output`, `message.videos`, a content part. */
export interface Output {
	url: string;
	type: OutputType;
	/** With sora2api a share id (`s_…`), with other relays the task's id. */
	taskId: string;
}

/**
 * `''` where nothing says it, so that the address has to. What is cited may be the video as well as
 * somebody's page.
 */
export type OutputType = 'video' | 'image' | 'cited' | 'other' | '';

/** Of a list of whatever there is: a video only where the entry or its address says so. */
type KnownType = OutputType | 'listed';

/** The fields that hold files, by what they hold; posters first, as they belong to what follows. */
export const fields: ReadonlyArray<readonly [name: string, type: KnownType]> = [
	['thumbnail_url', 'image'],
	['poster_url', 'image'],
	['cover_url', 'image'],
	['image_url', 'image'],
	['images', 'image'],
	['image', 'image'],
	['output', ''],
	['videos', 'video'],
	['video', 'video'],
	['video_url', 'video'],
	['videoUrl', 'video'],
	['video_urls', 'video'],
	['videoUrls', 'video'],
	['output_video', 'video'],
	['file', ''],
	['files', 'listed'],
	['attachments', 'listed'],
	['media', 'listed'],
	['artifacts', 'listed'],
	['creations', 'listed'],
	['sa_resources', 'listed'],
	['result_urls', ''],
	['resultUrls', ''],
	['data', 'listed'],
	['inline_data', 'listed'],
	['inlineData', 'listed'],
	['fileData', 'listed'],
	['multi_mod_content', 'listed'],
	['parts', 'listed'],
	['annotations', 'cited'],
	['url_citation', 'cited'],
];

const addresses = [
	...['url', 'file_url', 'file_data', 'uri', 'fileUri', 'file_uri'],
	...['src', 'b64_json', 'base64'],
] as const;

/** What a type, a MIME type or a file's name says; the first row that fits wins. */
const types: ReadonlyArray<readonly [OutputType, RegExp]> = [
	['other', /^input_/i],
	['image', /image|thumbnail|poster|cover|\.(?:png|jpe?g|webp|gif|avif)$/i],
	['video', /video|\.(?:mp4|m4v|mov|webm|mkv)$/i],
	['other', /audio|text|json|pdf|html|reasoning|tool|\.(?:mp3|wav|txt|md|srt)$/i],
];

const none: readonly Output[] = [];
const deepest = 5; // levels of objects and lists; `videos[].video_url.url` has four

/** The files of a delta, a message or a chunk: in fields of its own, and in the parts of its content. */
export function outputsOf(holder: JsonRecord): readonly Output[] {
	const { content } = holder;
	const parts = typeof content === 'object' ? toOutputs(content, '', deepest) : none;
	if (fields.every(([name]) => holder[name] === undefined)) return parts;
	return [...inFields(holder, '', deepest), ...parts];
}

const inFields = (holder: JsonRecord, type: KnownType, levels: number): Output[] =>
	fields.flatMap(([name, own]) => toOutputs(holder[name], own || type, levels));

/** The files of a value: an address, an object that has some, or a list of either. */
function toOutputs(value: unknown, known: KnownType, levels: number): Output[] {
	if (levels === 0) return [];
	if (Array.isArray(value)) return value.flatMap((entry) => toOutputs(entry, known, levels - 1));
	if (isAddress(value)) return [{ url: value, type: typeOfAddress(value, known), taskId: '' }];
	if (!isRecord(value)) return [];
	const type = typeOf(value) || known;
	// `{type: 'video', source: {url}}`; the source of what has no type may be the user's.
	const holders = type === 'video' ? [value, value.source].filter(isRecord) : [value];
	const url = holders.flatMap((holder) => addresses.map((name) => holder[name])).find(isAddress);
	const held = inFields(value, type, levels - 1);
	if (url === undefined) return held;
	return [...held, { url, type: typeOfAddress(url, type), taskId: textOf(value.task_id) ?? '' }];
}

const isAddress = (value: unknown): value is string =>
	typeof value === 'string' && /^(?:https?:|data:video|\/[^/\s])/i.test(value);

const typeOfAddress = (url: string, known: KnownType): OutputType => {
	if (known !== 'listed') return known;
	return kindOfName(url.replace(/[?#].*$/s, '')) === 'video' ? 'video' : 'other';
};

function typeOf({
	mime_type: mime,
	mimeType,
	content_type,
	filename,
	title,
	type,
}: JsonRecord): OutputType {
	// A title that is no file's name speaks of videos that are not here.
	const [extension = ''] = /\.\w{2,4}$/.exec(textOf(title) ?? '') ?? [];
	const words = [mimeType ?? mime ?? content_type, filename, extension, type].map(
		(word) => textOf(word) ?? '',
	);
	return words.map(kindOfName).find((type) => type !== '') ?? '';
}

const kindOfName = (name: string): OutputType =>
	types.find(([, pattern]) => pattern.test(name))?.[0] ?? '';
