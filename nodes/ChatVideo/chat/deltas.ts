import { createAttachments, type Attachments } from './attachments';
import { lastChunk, Noise, type Chunk } from './chunks';
import { isRecord, textOf, type JsonRecord } from './json';
import { outputsOf, type Output } from './outputs';
import { createGoingOn } from './goingOn';
import { createRepeats } from './repeats';
import { createSideText, findNamed, withoutHalf } from './sideText';
import { findTaskIds, taskIdsOf } from './taskIds';
import { textsOf } from './textsOf';

/** What the body of a task endpoint says. */
export interface TaskReport {
	state: 'queued' | 'generating' | 'completed' | 'failed';
	taskId?: string;
	/** 0-100. */
	percent?: number | undefined;
	/** Why it failed. */
	reason?: string;
	videoUrl?: string;
	downloadUrl?: string;
	posterUrl?: string;
	gifUrl?: string;
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
	/** Links of choices that are not read. */
	otherUrls: readonly string[];
	/** JSON that is no chat, as of a task endpoint. */
	body: JsonRecord | undefined;
	/** Such a body that is the answer, as no chat came. */
	task: TaskReport | undefined;
	/** Text may be lost before this delta, so what stands on both sides does not belong together. */
	afterHole: boolean;
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
	otherUrls: [],
	body: undefined,
	task: undefined,
	afterHole: false,
	chatId: '',
	created: undefined,
	model: '',
	usage: undefined,
	last: false,
};

/**
 * Deltas from chunks. Of several choices the text of the first is read, and of the others what
 * they name; text that a relay sends more than once is read once.
 */
export async function* readDeltas(
	chunks: AsyncIterable<readonly Chunk[]>,
	attachments = createAttachments(),
): AsyncGenerator<readonly Delta[], void, undefined> {
	const reader = createDeltaReader(attachments);
	let broken: { cause: unknown } | undefined;
	try {
		for await (const batch of chunks) yield batch.map((chunk) => reader.read(chunk));
	} catch (cause) {
		broken = { cause };
	}
	const rest = reader.end(broken !== undefined);
	const { content, reasoning, outputs, taskIds, otherUrls } = rest;
	const held = [content, reasoning, outputs, taskIds, otherUrls];
	if (held.some(({ length }) => length > 0)) yield [rest];
	if (broken === undefined) reader.close();
	if (broken !== undefined) throw broken.cause;
}

interface DeltaReader {
	read(chunk: Chunk): Delta;
	/** What was held back, now that nothing follows. */
	end(isBroken: boolean): Delta;
	/** The answer came to its end, so a file at the end of its text is whole. */
	close(): void;
}

function createDeltaReader(attachments: Attachments): DeltaReader {
	const repeats = createRepeats();
	const reasoning = createRepeats();
	const lifter = attachments.createTextLifter();
	const sideText = createSideText();
	const goingOn = createGoingOn();
	let hasText = false;
	let isDamaged = false;
	let isOver = false;
	let knownId: unknown;

	function readChat(chunk: JsonRecord): Delta {
		const choices = Array.isArray(chunk.choices) ? chunk.choices.filter(isRecord) : [];
		const choice = choices.find(isFirst) ?? nothing;
		const said = partOf(choice, hasText);
		const text = toText(said.content ?? said.text ?? said.refusal);
		const thought = toText(said.reasoning_content ?? said.reasoning);
		const finishReason = textOf(choice.finish_reason) ?? '';
		const isEnd = finishReason !== '';
		hasText ||= text !== '';
		if (text !== '') goingOn.first();
		const fresh = repeats.feed(text) + (isEnd ? repeats.end() : '');
		const isBare = chunk.id === knownId && isPlain(chunk, choice, said);
		knownId = chunk.id;
		const delta = {
			content: lifter.lift(fresh),
			reasoning: reasoning.feed(thought) + (isEnd ? reasoning.end() : ''),
			finishReason,
			outputs: takeOutputs(),
			// A task in a text that is held is known at once.
			taskIds: text !== '' && fresh === '' ? findTaskIds(text) : none,
			looseUrls: none,
			otherUrls: none,
			body: chunk.choices === undefined ? chunk : undefined,
			task: undefined,
			afterHole: false,
			chatId: textOf(chunk.id) ?? '',
			created: typeof chunk.created === 'number' ? chunk.created : undefined,
			model: textOf(chunk.model) ?? '',
			usage: isRecord(chunk.usage) ? chunk.usage : undefined,
			last: false,
		};
		if (isBare) return delta;
		if (chunk.choices === undefined) return { ...delta, ...namedIn(chunk) };
		const whole = {
			...delta,
			outputs: [...outputsIn(chunk, choice), ...delta.outputs],
			taskIds: [...taskIdsOf(chunk), ...delta.taskIds],
		};
		return choices
			.filter((other) => other !== choice)
			.reduce<Delta>((read, other) => addOther(read, other, choices.length === 1), whole);
	}

	/** The tasks and links of a choice that is not read. */
	function addOther(delta: Delta, choice: JsonRecord, isAlone: boolean): Delta {
		const said = partOf(choice, false);
		const text = toText(said.content ?? said.text);
		goingOn.later(text, { index: choice.index, isAlone });
		isOver ||= textOf(choice.finish_reason) !== undefined;
		const { taskIds, urls: named } = sideText.add(choice, text);
		const urls = outputsIn(nothing, choice).map(({ url }) => url);
		return {
			...delta,
			taskIds: [...delta.taskIds, ...taskIds],
			otherUrls: [...delta.otherUrls, ...named, ...urls],
		};
	}

	/** The files in the text; where they stand, nothing but the video does. */
	const takeOutputs = (): Output[] =>
		lifter.takeUrls().map((url) => ({ url, type: 'video', taskId: '' }));

	const end = (isBroken: boolean): Delta => {
		const { taskIds, urls: otherUrls } = sideText.end(isBroken);
		return {
			...emptyDelta,
			content: lifter.lift(repeats.end() + goingOn.end(isOver && !isBroken && !isDamaged)),
			reasoning: reasoning.end(),
			outputs: takeOutputs(),
			taskIds,
			otherUrls,
		};
	};

	return {
		read(chunk) {
			isOver ||= chunk === lastChunk;
			if (chunk === lastChunk) return { ...end(false), last: true };
			if (!(chunk instanceof Noise)) return readChat(chunk);
			const { text, isDamage } = chunk;
			isDamaged ||= isDamage;
			const { taskIds, urls: looseUrls } = findNamed(isDamage ? withoutHalf(text) : text);
			return { ...emptyDelta, taskIds, looseUrls, afterHole: isDamage };
		},
		end,
		close: () => lifter.end(),
	};
}

const nothing: JsonRecord = {};
const none: readonly never[] = [];

/** The tasks of JSON that is no chat; where no key says so, what its texts name. */
function namedIn(body: JsonRecord): Pick<Delta, 'taskIds' | 'looseUrls'> {
	const known = taskIdsOf(body);
	if (known.length > 0) return { taskIds: known, looseUrls: none };
	const { taskIds, urls } = findNamed(
		textsOf(body)
			.map(({ text }) => text)
			.join('\n'),
	);
	return { taskIds, looseUrls: urls };
}

/** The choice that is the answer; relays of one answer may leave its index out. */
const isFirst = ({ index }: JsonRecord): boolean =>
	index === undefined || index === null || Number(index) === 0;

/** @param hasText text has come before: a whole message in the same choice would repeat it */
function partOf(choice: JsonRecord, hasText: boolean): JsonRecord {
	const { delta, message } = choice;
	const part = isRecord(delta) ? delta : undefined;
	const whole = isRecord(message) && !(hasText && part) ? message : undefined;
	return whole && part ? { ...whole, ...part } : (part ?? whole ?? choice);
}

/** Keys that hold neither a file nor a task; most chunks have no others. */
const plainKeys: ReadonlySet<string> = new Set([
	...['id', 'object', 'created', 'model', 'system_fingerprint', 'choices', 'usage'],
	...['index', 'delta', 'finish_reason', 'logprobs'],
	...['role', 'content', 'reasoning_content'],
]);

/** Whether there is nothing to look for outside the text of a chunk's only choice. */
const isPlain = (chunk: JsonRecord, choice: JsonRecord, said: JsonRecord): boolean =>
	Array.isArray(chunk.choices) &&
	chunk.choices.every((each) => each === choice) &&
	typeof (said.content ?? '') === 'string' &&
	[chunk, choice, said].every(hasPlainKeys);

function hasPlainKeys(holder: object): boolean {
	for (const key in holder) if (!plainKeys.has(key)) return false;
	return true;
}

function outputsIn(chunk: JsonRecord, choice: JsonRecord): readonly Output[] {
	const { delta, message } = choice;
	const found = [chunk, choice, message, delta].flatMap((holder) =>
		isRecord(holder) ? outputsOf(holder) : none,
	);
	return found.length > 0 ? found : none;
}

/** Text, or the text parts of a content that came in parts. */
function toText(content: unknown): string {
	if (typeof content === 'string') return content;
	if (!Array.isArray(content)) return '';
	return content.map((part) => (isRecord(part) ? (textOf(part.text) ?? '') : '')).join('');
}
