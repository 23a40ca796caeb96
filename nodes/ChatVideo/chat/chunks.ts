import { defined } from './defined';
import { firstText, toErrorBody } from './errorBody';
import { errorKeys } from './errorWords';
import { eventWords } from './eventWords';
import { ChatError, malformed, withOpening } from './errors';
import { isRecord, parseJson, textOf, type JsonRecord } from './json';
import { isDoneMark } from './mendJson';
import { fromOtherChat, isOfTask } from './otherChats';
import { ownTasks } from './ownTasks';
import { outputsOf } from './outputs';
import { separate } from './separate';
import { stateOf } from './states';

/** Marks `[DONE]`: nothing can follow it, so the text before it is complete. */
export const lastChunk: JsonRecord = {};

/** An event that is no chunk: a ping, a date, a sentence, or a chunk that is damaged. */
export class Noise {
	constructor(
		readonly text: string,
		/** The error it is where no answer follows: a sentence as JSON, of which nothing says that it is one. */
		readonly fault?: ChatError,
	) {}

	/** Whether text of the answer may be lost with it. */
	get isDamage(): boolean {
		return /^\s*\{|"(?:delta|choices|content|finish_reason)"\s*:/.test(this.text);
	}
}

/** A `chat.completion.chunk`, a whole `chat.completion`, or whatever else a relay sends as JSON. */
export type Chunk = JsonRecord | Noise;

/**
 * Chunks from events. Ends at `[DONE]`, without waiting for a server that holds the socket.
 *
 * What follows an error is read too, as it may name what was paid for: the first error is thrown
 * at the end.
 *
 * @param onFault called once, before the first chunk that arrived with or after an error
 * @throws {ChatError} `malformed` where no event at all is a chunk; by its code, else `failed`, for an
 * `{"error": …}` event
 */
export async function* readChunks(
	events: AsyncIterable<readonly string[]>,
	onFault?: () => void,
): AsyncGenerator<readonly Chunk[], void, undefined> {
	let first: ChatError | undefined;
	let noise: Noise | undefined;
	let lastWord: Chunk | undefined;
	let isReadable = false;
	try {
		for await (const batch of events) {
			const read = upToLast(batch.flatMap(separate).flatMap(parseEvent));
			const fault = read.find(isFault);
			const chunks = read.filter(isChunk);
			const before = fault === undefined ? chunks : chunks.slice(0, read.indexOf(fault));
			const after = chunks.slice(before.length);
			noise ??= chunks.find(isNoise);
			lastWord = chunks.findLast(isWord) ?? lastWord;
			isReadable ||= chunks.some((chunk) => chunk !== lastChunk && !isNoise(chunk));
			if (before.length > 0) yield before;
			if (first === undefined && fault !== undefined) onFault?.();
			first ??= fault;
			if (after.length > 0) yield after;
			if (chunks.at(-1) === lastChunk) break;
		}
	} catch (cause) {
		// Stop ends it whatever was wrong before.
		throw cause instanceof ChatError && cause.kind === 'cancelled' ? cause : (first ?? cause);
	}
	if (first !== undefined) throw first;
	if (lastWord instanceof Noise && lastWord.fault !== undefined) throw lastWord.fault;
	if (noise !== undefined && !isReadable) throw toFault(noise.text.trim().slice(0, 120));
}

/** What an answer is that has no chunk at all: an error where its words are known as one. */
function toFault(words: string): ChatError {
	const { kind } = toErrorBody(words);
	if (kind === undefined) {
		return malformed(`The service sent no event that is a chunk: “${words}”`);
	}
	const sentence = withOpening(kind, `The service answered: “${words}”`);
	return new ChatError(kind, sentence, { billing: 'possible', said: words });
}

/** A chunk, or noise that may have been meant as an error. */
const isWord = (chunk: Chunk): boolean =>
	chunk !== lastChunk && (!isNoise(chunk) || chunk.fault !== undefined);

const isNoise = (chunk: Chunk): chunk is Noise => chunk instanceof Noise;

const isFault = (read: Chunk | ChatError): read is ChatError => read instanceof ChatError;

const isChunk = (read: Chunk | ChatError): read is Chunk => !isFault(read);

/** Nothing follows `[DONE]`. */
function upToLast<Read>(read: readonly Read[]): readonly Read[] {
	const end = read.findIndex((each) => each === lastChunk);
	return end === -1 ? read : read.slice(0, end + 1);
}

/** What an event holds: a chunk as a rule, several in an array, none where it is empty. */
function parseEvent(data: string): ReadonlyArray<Chunk | ChatError> {
	if (isDoneMark(data)) return [lastChunk];
	const value = parseJson(data);
	if (isRecord(value)) return readRecord(value);
	if (!/\S/.test(data)) return [];
	const chunks = Array.isArray(value) ? value.filter(isRecord) : [];
	if (chunks.length === 0) return [new Noise(data)];
	return chunks.flatMap(readRecord);
}

function readRecord(value: JsonRecord): ReadonlyArray<Chunk | ChatError> {
	const chunk = withError(toChat(value));
	return isError(chunk) ? readError(chunk) : [chunk];
}

/** What gateways put the whole answer of another into, as it is or as text. */
const envelopes = ['data', 'result', 'response', 'output', 'body'];

function toChat(value: JsonRecord): JsonRecord {
	if (value.choices !== undefined || value.error) return value;
	const held = envelopes.map((name) => value[name]);
	const answers = held.map((each) => (typeof each === 'string' ? parseJson(each) : each));
	const holders = [value, ...answers].filter(isRecord);
	const isTask = holders.some(isOfTask);
	const isChat = ({ choices }: JsonRecord): boolean => isFilled(choices);
	// A chat itself is the answer before any words next to it.
	const others = () => holders.map((holder) => fromOtherChat(holder, isTask));
	return holders.find(isChat) ?? others().find(isChat) ?? value;
}

/** OpenRouter's stands in the choice that it ends, that of `/v1/responses` in its response. */
function withError(value: JsonRecord): JsonRecord {
	const { choices, error, response, Response: answer, data, detail } = value;
	if (error !== undefined) return value;
	const holders: unknown[] = Array.isArray(choices)
		? [choices[0]]
		: [response, answer, data, detail];
	const errors = holders
		.filter(isRecord)
		.filter((holder) => holder === response || !isOfTask(holder))
		.map((holder) => holder.error ?? holder.Error);
	const found = errors.find(isRecord);
	return found === undefined ? value : { ...value, error: found };
}

/** An error may come as `error`, or as a bare `{code, message}` where a chunk should be. */
function isError(value: JsonRecord): boolean {
	const { error } = value;
	// Some relays write an error without a word into every answer.
	const isEmpty = isRecord(error) && !Object.values(error).some(Boolean);
	if (error && !(isEmpty && Object.keys(value).length > 1)) return true;
	if (value.choices !== undefined) return false;
	if (value.success === false || isFilled(value.errors)) return true;
	if (isNotice(value)) return false;
	const keys = isOfTask(value) ? ['message', 'msg', 'message_zh'] : errorKeys.message;
	const words = firstText(value, keys);
	if (words === undefined) return isStatus(value.status);
	return !eventWords.success.test(words) && !(givesVideo(value) && stateOf(words) !== 'failed');
}

/** Words next to a video are about it. */
const givesVideo = (value: JsonRecord): boolean =>
	outputsOf(value).some(({ type }) => type === 'video');

/** As problem documents say it. */
const isStatus = (status: unknown): boolean => Number(status) >= 400 && Number(status) <= 599;

const isFilled = (list: unknown): boolean => Array.isArray(list) && list.length > 0;

/** A success has a message too, and so has a word about how far a task is. */
function isNotice(value: JsonRecord): boolean {
	const { success, type, event, status } = value;
	if (success === true || eventWords.success.test(firstText(value, errorKeys.code) ?? ''))
		return true;
	return [type, event, status].some((word) => eventWords.notice.test(textOf(word) ?? ''));
}

/** The error, and what the same event has of the answer: that is paid for. */
function readError(value: JsonRecord): ReadonlyArray<Chunk | ChatError> {
	const said = toErrorBody(value);
	const kind = said.kind ?? 'failed';
	const sentence = withOpening(kind, `The service answered: “${said.message}”`);
	const fault = new ChatError(kind, sentence, {
		billing: 'possible',
		said: said.message,
		code: said.code,
		requestId: said.requestId,
	});
	const taskIds = ownTasks(value, '', true);
	const isStated = value.error !== undefined || value.success === false || isFilled(value.errors);
	const isPlain = said.code === undefined && said.kind === undefined && taskIds.length === 0;
	if (!isStated && isPlain) {
		return [new Noise(said.message, fault)];
	}
	const { choices, metadata, output } = value;
	const [earlier, taskId] = [taskIds.slice(0, -1), taskIds.at(-1)];
	const isAnswered = Array.isArray(choices) && choices.length > 0;
	const part = defined({
		choices: isAnswered ? choices : undefined,
		metadata,
		output,
		tasks: earlier.length > 0 ? earlier.map((id) => ({ task_id: id })) : undefined,
		task_id: taskId,
	});
	return Object.keys(part).length > 0 ? [fault, part] : [fault];
}
