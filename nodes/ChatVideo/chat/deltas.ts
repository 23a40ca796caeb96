import { lastChunk } from './chunks';
import { isRecord, textOf, type JsonRecord } from './json';
import { taskIdOf } from './taskIdOf';
import type { WireChunk } from './wireChunk';

/** A file the relay names beside the text (`delta.output`), as the sora2api family does. */
export interface Output {
	url: string;
	type: string;
	/** With sora2api a share id (`s_…`), with other relays the task's id. */
	taskId: string;
}

/** One piece of the answer, the same fields whichever relay sent it. Absent text is empty. */
export interface Delta {
	content: string;
	/** What relays of the sora2api family print while they work (`reasoning_content`). */
	reasoning: string;
	finishReason: string;
	outputs: readonly Output[];
	/** Tasks that are named outside the text. */
	taskIds: readonly string[];
	/** Links outside the text of which nothing says what they are. */
	looseUrls: readonly string[];
	chatId: string;
	/** Seconds since 1970, as the relay gives it. */
	created: number | undefined;
	model: string;
	usage: JsonRecord | undefined;
	/** Nothing can follow it. */
	last: boolean;
}

/** A delta that says nothing, to be filled. */
export const emptyDelta: Delta = {
	content: '',
	reasoning: '',
	finishReason: '',
	outputs: [],
	taskIds: [],
	looseUrls: [],
	chatId: '',
	created: undefined,
	model: '',
	usage: undefined,
	last: false,
};

/** Deltas from chunks; a chunk without choices (usage, at the end) is a delta without text. */
export async function* readDeltas(
	chunks: AsyncIterable<readonly WireChunk[]>,
): AsyncGenerator<readonly Delta[], void, undefined> {
	let spoke = false;
	for await (const batch of chunks) {
		yield batch.map((chunk) => {
			const delta = toDelta(chunk, spoke);
			spoke ||= delta.content !== '';
			return delta;
		});
	}
}

const nothing: JsonRecord = {};
const none: readonly never[] = [];

/** @param spoke text has come before: a whole message beside a delta would repeat it */
function toDelta(chunk: WireChunk, spoke: boolean): Delta {
	const taskId = taskIdOf(chunk);
	const choice = first(chunk.choices);
	const { delta, message } = choice;
	const whole = isRecord(message) && !(spoke && isRecord(delta)) ? message : undefined;
	const part = isRecord(delta) ? delta : undefined;
	const said = whole && part ? { ...whole, ...part } : (part ?? whole ?? choice);
	return {
		content: toText(said.content ?? said.text),
		reasoning: toText(said.reasoning_content ?? said.reasoning),
		finishReason: textOf(choice.finish_reason) ?? '',
		outputs: namesFiles(said) ? toOutputs(said) : none,
		taskIds: taskId === undefined ? none : [taskId],
		looseUrls: none,
		chatId: textOf(chunk.id) ?? '',
		created: typeof chunk.created === 'number' ? chunk.created : undefined,
		model: textOf(chunk.model) ?? '',
		usage: isRecord(chunk.usage) ? chunk.usage : undefined,
		last: chunk === lastChunk,
	};
}

function first(choices: unknown): JsonRecord {
	const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
	return isRecord(choice) ? choice : nothing;
}

/** Text, or the text parts of a content that came in parts. */
function toText(content: unknown): string {
	if (typeof content === 'string') return content;
	if (!Array.isArray(content)) return '';
	return content.map((part) => (isRecord(part) ? (textOf(part.text) ?? '') : '')).join('');
}

const namesFiles = ({ output, video_url: url, content }: JsonRecord): boolean =>
	output !== undefined || url !== undefined || Array.isArray(content);

/** Files as `output: [{ url }]`, as `video_url`, or as parts of a content that came in parts. */
function toOutputs(said: JsonRecord): Output[] {
	const { output, content } = said;
	const parts = [said, ...(Array.isArray(content) ? content : [])].flatMap((part: unknown) => [
		fileOf(part, 'video'),
		fileOf(part, 'image'),
	]);
	const files = [...(Array.isArray(output) ? output : []), ...parts].filter(isRecord);
	return files.flatMap((file) => {
		const url = textOf(file.url);
		if (url === undefined) return [];
		return [{ url, type: textOf(file.type) ?? '', taskId: textOf(file.task_id) ?? '' }];
	});
}

/** `video_url` is an address, or an object that has one. */
function fileOf(part: unknown, type: 'video' | 'image'): JsonRecord | undefined {
	const named = isRecord(part) ? part[`${type}_url`] : undefined;
	const url = isRecord(named) ? named.url : named;
	return url === undefined ? undefined : { url, type };
}
