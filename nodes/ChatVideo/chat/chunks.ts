import { learnEnvelope, type Envelope } from './envelope';
import { toErrorBody } from './errorBody';
import { ChatError, malformed } from './errors';
import { isRecord, parseJson, textOf, type JsonRecord } from './json';
import { isDoneMark } from './mendJson';
import { separate } from './separate';
import type { WireChunk } from './wireChunk';

/** Marks `[DONE]`: nothing can follow it, so the text before it is complete. */
export const lastChunk: WireChunk = {};

/**
 * Chunks from events. Ends at `[DONE]`, without waiting for a server that holds the socket.
 * Events that arrive together and differ in nothing but their text are one chunk.
 *
 * What follows an error is read too, as it may tell of what was paid for: the first error is thrown
 * at the end.
 *
 * @param onFault called between what came before the first error and what came with it or behind it
 * @throws {ChatError} `malformed` for an event that is not JSON; by its code, else `failed`, for
 * an `{"error": …}` event
 */
export async function* readChunks(
	events: AsyncIterable<readonly string[]>,
	onFault?: () => void,
): AsyncGenerator<readonly WireChunk[], void, undefined> {
	const parse = openParser();
	let first: ChatError | undefined;
	try {
		for await (const batch of events) {
			const { chunks, fault, behind = [] } = parse(batch);
			if (chunks.length > 0) yield chunks;
			if (first === undefined && fault !== undefined) onFault?.();
			first ??= fault;
			if (behind.length > 0) yield behind;
			if ((behind.at(-1) ?? chunks.at(-1)) === lastChunk) break;
		}
	} catch (cause) {
		// Stop ends it whatever was wrong before.
		throw cause instanceof ChatError && cause.kind === 'cancelled' ? cause : (first ?? cause);
	}
	if (first !== undefined) throw first;
}

interface Parsed {
	chunks: WireChunk[];
	/** The first thing that was wrong, and what came with it or behind it. */
	fault?: ChatError;
	behind?: WireChunk[];
}

const mostLessons = 16; // in a row without a fit; an envelope that always changes is not learnt

/** Parses batch after batch; one with nothing but text in a known envelope in a single step. */
function openParser(): (batch: readonly string[]) => Parsed {
	let envelope: Envelope | undefined;
	let lessons = 0;
	return (batch) => {
		const text = envelope?.open(batch);
		if (envelope !== undefined && text !== undefined) {
			lessons = 0;
			return { chunks: [envelope.wrap(text)] };
		}
		const parsed = parseEach(batch);
		const [data, chunk] = [batch.at(-1), parsed.chunks.at(-1)];
		if (data !== undefined && chunk !== undefined && lessons < mostLessons) {
			envelope = learnEnvelope(data, chunk);
			lessons += 1;
		}
		return parsed;
	};
}

function parseEach(batch: readonly string[]): Parsed {
	const chunks: WireChunk[] = [];
	const behind: WireChunk[] = [];
	let first: ChatError | undefined;
	for (const data of batch.flatMap(separate)) {
		const { chunk, fault } = parseChunk(data);
		first ??= fault;
		if (chunk !== undefined) (first === undefined ? chunks : behind).push(chunk);
		if (chunk === lastChunk) break;
	}
	return first === undefined ? { chunks } : { chunks, fault: first, behind };
}

/** Words that keep a connection open. */
const keepAlive = /^(?:ping|pong|heartbeat|keep-?alive)$/i;

function parseChunk(data: string): { chunk?: WireChunk; fault?: ChatError } {
	if (data.charCodeAt(0) !== 123) {
		const trimmed = data.trim();
		if (trimmed === '' || keepAlive.test(trimmed)) return {};
		if (isDoneMark(trimmed)) return { chunk: lastChunk };
	}
	const value = parseJson(data);
	if (!isRecord(value)) {
		return { fault: malformed(`The relay sent an event that is not JSON: ${start(data)}`) };
	}
	return isError(value) ? readError(value) : { chunk: value };
}

/** An error may come as `error`, or as a bare `{code, message}` where a chunk should be. */
function isError(value: JsonRecord): boolean {
	const { error } = value;
	// Some relays write an error without a word beside every answer.
	const isBeside = isRecord(error) && Object.keys(value).length > 1;
	if (isBeside ? Object.values(error).some(Boolean) : error) return true;
	const words = textOf(value.message) ?? textOf(value.msg) ?? textOf(value.message_zh);
	return value.choices === undefined && words !== undefined && !isNotice(value);
}

const successes = /^(?:0|200|ok|success)$/i;
const states =
	/^(?:status|progress|info|notice|queued?|queueing|pending|waiting|submitted|processing|running|generating|in_progress|completed?|succeeded|success|finished)$/i;

/** A success has a message too, and so has a word about how far a task is. */
const isNotice = ({ code, success, type, event, status }: JsonRecord): boolean =>
	success === true ||
	successes.test(textOf(code) ?? '') ||
	[type, event, status].some((word) => states.test(textOf(word) ?? ''));

/** The error, and what the same event tells beside it: that is paid for. */
function readError(value: JsonRecord): { chunk?: WireChunk; fault: ChatError } {
	const said = toErrorBody(value);
	const fault = new ChatError(said.kind ?? 'failed', `The relay answered: ${said.message}`, {
		billing: 'possible',
		said: said.message,
		...(said.code !== undefined && { code: said.code }),
		...(said.requestId !== undefined && { requestId: said.requestId }),
		...(said.isLoss && { lost: true }),
	});
	const { choices } = value;
	const tells = (Array.isArray(choices) && choices.length > 0) || said.taskId !== undefined;
	return tells ? { fault, chunk: { choices, task_id: said.taskId } } : { fault };
}

const start = (data: string): string => data.trim().slice(0, 120);
