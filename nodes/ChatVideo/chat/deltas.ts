import { lastChunk } from './chunks';
import { isRecord, text, type JsonRecord } from './json';
import type { WireChunk } from './wireChunk';

/** A file the relay names beside the text (`delta.output`), as the sora2api family does. */
export interface Output {
	url: string;
	type: string;
	/** There it is a share id (`s_…`), on others the task's. */
	taskId: string;
}

/** One piece of the answer with all relays' habits taken off. Empty strings for what is absent. */
export interface Delta {
	content: string;
	/** What relays of the sora2api family print while they work (`reasoning_content`). */
	reasoning: string;
	finishReason: string;
	outputs: readonly Output[];
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
	for await (const batch of chunks) yield batch.map(toDelta);
}

const nothing: JsonRecord = {};
const none: readonly Output[] = [];

function toDelta(chunk: WireChunk): Delta {
	const choice = first(chunk.choices);
	const said = isRecord(choice.delta)
		? choice.delta
		: isRecord(choice.message)
			? choice.message
			: choice;
	return {
		content: toText(said.content ?? said.text),
		reasoning: toText(said.reasoning_content ?? said.reasoning),
		finishReason: text(choice.finish_reason) ?? '',
		outputs: said.output === undefined ? none : toOutputs(said.output),
		chatId: text(chunk.id) ?? '',
		created: typeof chunk.created === 'number' ? chunk.created : undefined,
		model: text(chunk.model) ?? '',
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
	return content.map((part) => (isRecord(part) ? (text(part.text) ?? '') : '')).join('');
}

function toOutputs(output: unknown): Output[] {
	if (!Array.isArray(output)) return [];
	return output.filter(isRecord).flatMap((entry) => {
		const url = text(entry.url);
		if (url === undefined) return [];
		return [{ url, type: text(entry.type) ?? '', taskId: text(entry.task_id) ?? '' }];
	});
}
