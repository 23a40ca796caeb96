import { isRecord, textOf, type JsonRecord } from '../chat/json';
import { absoluteUrl, cleanUrl, kindOfUrl } from '../transcript/urls';

/** What a word for a status means; `unknown` is a word no row of the table has. */
export type TaskState = 'queued' | 'generating' | 'completed' | 'failed' | 'unknown';

/** What a task endpoint says. Absent text is empty. */
export interface TaskStatus {
	state: TaskState;
	/** The relay's own word for it. */
	word: string;
	/** The word says that it is completed, wherever its file may be. */
	isDone: boolean;
	taskId: string;
	/** Every id in the body; relays have one of their own beside the task's. */
	ids: readonly string[];
	/** 0-100. */
	percent: number | undefined;
	/** Why it failed. */
	reason: string;
	videoUrl: string;
	/** The same video, upsampled. */
	betterUrl: string;
	downloadUrl: string;
	posterUrl: string;
	gifUrl: string;
	prompt: string;
	orientation: string;
	model: string;
	/** Seconds. */
	duration: number | undefined;
}

/**
 * Where each value stands in the bodies of the known endpoints; the first path that holds text
 * wins. A new shape is a new path. `[]` is the first entry of an array. Images of a task have a
 * status and a URL too, so nothing is searched for.
 */
const paths = {
	word: [
		'status',
		'data.status',
		'content.status',
		'detail.status',
		'video_generation_status',
		'state',
		'task_status',
		'data.task_status',
	],
	taskId: [
		'id',
		'task_id',
		'taskId',
		'data.task_id',
		'data.taskId',
		'data.id',
		'data[].task_id',
		'content.id',
		'content.task_id',
		'detail.id',
		'detail.task_id',
	],
	videoUrl: [
		'video_url',
		'detail.url',
		'video.url',
		'data.videos[].url',
		'data.video.url',
		'data.output',
		'data.output[]',
		'data.output[].url',
		'data.video_url',
		'data.url',
		'content.url',
		'content.video_url',
		'result.video_url',
		'output',
		'output[]',
		'output[].url',
		'output.video_url',
		'detail.draft_info.url',
		'items[].url',
		'content.items[].url',
		'url',
		'videos[].url',
		'generations[].url',
		'urls[]',
		'unsigned_urls[]',
		'data.unsigned_urls[]',
		'data[].url',
		'data[].video_url',
		'result.url',
		'result.videos[].url',
		'response.videos[].url',
		'video_result[].url',
		'data.task_result.videos[].url',
		'data.data.output',
		'data.fail_reason', // of a task that did not fail, as new-api fills it
		'assets.video',
	],
	betterUrl: ['upsample_video_url', 'hd_video_url'],
	downloadUrl: [
		'video.download_url',
		'detail.draft_info.downloadable_url',
		'draft_info.downloadable_url',
		'content.draft_info.downloadable_url',
	],
	posterUrl: [
		'thumbnail_url',
		'poster_url',
		'cover_url',
		'detail.thumbnail_url',
		'detail.draft_info.encodings.thumbnail.path',
		'content.thumbnail_url',
		'data.thumbnail_url',
		'video_result[].cover_image_url',
		'video.thumbnail',
		'thumbnail.url',
		'data.videos[].cover_url',
	],
	gifUrl: ['detail.gif_url', 'gif_url', 'content.gif_url'],
	prompt: [
		'detail.input.prompt',
		'req.prompt',
		'prompt',
		'input.prompt',
		'detail.prompt',
		'content.prompt',
	],
	orientation: ['detail.input.orientation', 'orientation', 'input.orientation'],
	model: ['model', 'req.model'],
	reason: [
		'error_message',
		'video_generation_error',
		'fail_reason',
		'failure_reason',
		'data.fail_reason',
		'content.failure_reason',
		'content.error_message',
		'detail.failure_reason',
		'detail.pending_info.failure_reason',
		'detail.pending_info.moderation_result.code',
		'data.task_status_msg',
		'data.error.message',
		'error.message',
		'error',
		'message',
	],
	seconds: ['seconds', 'duration', 'detail.duration', 'video.duration'],
	percent: ['progress', 'content.progress', 'data.progress', 'detail.progress'],
	fraction: ['detail.pending_info.progress_pct', 'progress_pct', 'content.progress_pct'],
} as const satisfies Record<string, readonly string[]>;

/** What the words for a status mean; the first row that fits wins. */
const meanings: ReadonlyArray<readonly [TaskState, RegExp]> = [
	[
		'failed',
		/fail|error|cancel|reject|expired|timeout|blocked|violat|unsafe|失败|失敗|取消|拒绝|超时|异常/i,
	],
	[
		'completed',
		/^(?:completed?|success(?:ful)?|succe+ded|finished|done|ready|ok|已生成)$|_(?:completed|success(?:ful)?)$|(?<!未)(?:完成|成功|完毕)$/i,
	],
	['queued', /pending|queue|not_?start|submitted|waiting|created|accepted|排队|排隊|等待|已提交/i],
	[
		'generating',
		/process|progress|generat|upsampl|running|image_|render|started|working|中$|正在|进行/i,
	],
];

/** What relays say around a task: that they could answer, which says nothing of the task. */
const envelopes = /^(?:\d+|ok|true|success)$/i;

/**
 * Reads the body of a task endpoint. A task is completed by its video alone, whatever the word.
 *
 * @param asked the address that answered, to which links without a host belong
 * @returns `undefined` when the body does not speak of a task
 */
export function parseStatus(body: unknown, asked?: string): TaskStatus | undefined {
	if (!isRecord(body)) return undefined;
	const webUrl = (value: string): string => toWebUrl(value, asked);
	const read = (field: keyof typeof paths): string => first(body, paths[field]);
	const inner = first(body, ['data.status', 'data.task_status', 'data.state']);
	const outer = read('word');
	const word = inner !== '' && envelopes.test(outer) ? inner : outer;
	const betterUrl = webUrl(read('betterUrl'));
	const videoUrl = firstVideo(body, asked) || betterUrl;
	const running = body.running === true;
	const meaning = meaningOf(word);
	const state = stateOf(meaning, videoUrl, running, isOfUpsampling(body, word));
	if (word === '' && videoUrl === '' && body.running === undefined) return undefined;
	const seconds = Number.parseFloat(read('seconds'));
	const ids = paths.taskId.map((path) => at(body, path)).filter((id) => id !== '');
	return {
		state,
		word,
		isDone: meaning === 'completed' && !running,
		taskId: ids[0] ?? '',
		ids,
		percent: percentOf(read('percent'), read('fraction')),
		reason: state === 'failed' ? read('reason') || 'no reason was given' : '',
		videoUrl: state === 'completed' ? videoUrl : '',
		betterUrl,
		downloadUrl: webUrl(read('downloadUrl')),
		posterUrl: webUrl(read('posterUrl')),
		gifUrl: webUrl(read('gifUrl')),
		prompt: read('prompt'),
		orientation: read('orientation'),
		model: read('model'),
		duration: Number.isFinite(seconds) ? seconds : undefined,
	};
}

const meaningOf = (word: string): TaskState =>
	meanings.find(([, pattern]) => pattern.test(word))?.[0] ?? 'unknown';

/** A failed upsampling still leaves the video; "completed" without a video is not. */
function stateOf(
	meaning: TaskState,
	videoUrl: string,
	running: boolean,
	isOfUpsampling: boolean,
): TaskState {
	if (meaning === 'failed') return videoUrl !== '' && isOfUpsampling ? 'completed' : 'failed';
	if (meaning === 'completed' || meaning === 'unknown') {
		if (videoUrl !== '' && !running) return 'completed';
		return running ? 'generating' : 'unknown';
	}
	return meaning;
}

/** Any other failure leaves a draft, the source of a modification or a picture, if anything. */
const isOfUpsampling = (body: JsonRecord, word: string): boolean =>
	[word, first(body, paths.reason)].some((words) => /upsampl|upscal|放大|超分/i.test(words)) ||
	meaningOf(first(body, ['upsample_status'])) === 'failed';

/** `"100%"`, `81` or, where a relay counts so, a fraction of 1. */
function percentOf(percent: string, fraction: string): number | undefined {
	const told = percent === '' ? Number.parseFloat(fraction) * 100 : Number.parseFloat(percent);
	return told >= 0 && told <= 100 ? Math.round(told * 10) / 10 : undefined;
}

function firstVideo(body: JsonRecord, asked: string | undefined): string {
	const found = paths.videoUrl.map((path) => toWebUrl(at(body, path), asked));
	return (
		found.find((url) => url !== '' && !['image', 'gif', 'page', 'torn'].includes(kindOfUrl(url))) ??
		''
	);
}

function toWebUrl(value: string, asked = ''): string {
	const url = absoluteUrl(cleanUrl(value), asked);
	return /^https?:\/\//i.test(url) ? url : '';
}

function first(body: JsonRecord, candidates: readonly string[]): string {
	for (const path of candidates) {
		const value = at(body, path);
		if (value !== '') return value;
	}
	return '';
}

/** The text at a path like `data.output[].url`. */
function at(body: JsonRecord, path: string): string {
	let value: unknown = body;
	for (const step of path.split('.')) {
		const name = step.replace('[]', '');
		if (!isRecord(value) || !Object.hasOwn(value, name)) return '';
		value = value[name];
		if (step.endsWith('[]')) value = Array.isArray(value) ? value[0] : undefined;
	}
	return textOf(value)?.trim() ?? '';
}
