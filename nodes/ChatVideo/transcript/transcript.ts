import type { Delta } from '../chat/deltas';
import { malformed } from '../chat/errors';
import type { JsonRecord } from '../chat/json';
import { largestTranscript } from '../chat/limits';
import { emptyFacts, readFence, readLine, readOutputs, type Facts } from './facts';

/** An answer as far as it was read. Every field has a value: absent text is empty. */
export interface Transcript extends Facts {
	/** The assistant's text, verbatim: the next turn must send exactly this. */
	text: string;
	/** What was printed as `reasoning_content`. */
	reasoning: string;
	finishReason: string;
	chatId: string;
	/** Seconds since 1970, as the relay gives it. */
	created: number | undefined;
	model: string;
	usage: JsonRecord | undefined;
}

/** One of the two texts an answer has, cut into lines as they become whole. */
interface Channel {
	/** The line that is not whole yet. */
	line: string;
	/** The inside of an open ```` ``` ```` fence; `undefined` outside of one. */
	fence: string | undefined;
}

/** A reading in progress: what the whole lines told, and the two lines still open. */
export interface Reading {
	transcript: Transcript;
	content: Channel;
	reasoning: Channel;
}

const openChannel: Channel = { line: '', fence: undefined };

export const emptyReading: Reading = {
	transcript: {
		...emptyFacts,
		text: '',
		reasoning: '',
		finishReason: '',
		chatId: '',
		created: undefined,
		model: '',
		usage: undefined,
	},
	content: openChannel,
	reasoning: openChannel,
};

/**
 * Reads one delta: its text is added, and the lines it completes are read by the grammar.
 *
 * @throws {ChatError} `malformed` when the text grows over its limit.
 */
export function readDelta(reading: Reading, delta: Delta): Reading {
	const { transcript } = reading;
	let next: Transcript = {
		...transcript,
		text: transcript.text + delta.content,
		reasoning: transcript.reasoning + delta.reasoning,
		finishReason: delta.finishReason || transcript.finishReason,
		chatId: transcript.chatId || delta.chatId,
		created: transcript.created ?? delta.created,
		model: transcript.model || delta.model,
		usage: delta.usage ?? transcript.usage,
	};
	if (next.text.length + next.reasoning.length > largestTranscript) {
		throw malformed('The relay sent a transcript of over 4 MiB');
	}
	const reasoning = readLines(next, reading.reasoning, delta.reasoning);
	const content = readLines(reasoning.facts, reading.content, delta.content);
	const facts =
		delta.outputs.length > 0 ? readOutputs(content.facts, delta.outputs) : content.facts;
	if (facts !== next) next = { ...next, ...facts };
	return { transcript: next, content: content.channel, reasoning: reasoning.channel };
}

const longestOpenLine = 2_000; // characters; reading a longer one again and again would be quadratic

/** The transcript so far, with what the open lines already tell for certain. */
export function soFar({ transcript, content, reasoning }: Reading): Transcript {
	if (content.line.length + reasoning.line.length > longestOpenLine) return transcript;
	return readOpen(transcript, [reasoning, content], withoutCutWord);
}

/**
 * The transcript at its end. When it was `cut` off, a word or URL that nothing closes is not
 * read: half an id or half a link is worse than none.
 */
export const close = (
	{ transcript, content, reasoning }: Reading,
	end: 'whole' | 'cut',
): Transcript =>
	readOpen(transcript, [reasoning, content], end === 'cut' ? withoutCutWord : (line) => line);

function readOpen(
	transcript: Transcript,
	channels: readonly Channel[],
	trim: (line: string) => string,
): Transcript {
	let facts: Facts = transcript;
	for (const { line, fence } of channels) {
		facts = fence === undefined ? readLine(facts, trim(line)) : readFence(facts, fence + line);
	}
	return facts === transcript ? transcript : { ...transcript, ...facts };
}

/** Ids that are whole by their form, even where the text stops right behind them. */
const wholeId = /(?:task_[0-9a-z]{26}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

function withoutCutWord(line: string): string {
	if (wholeId.test(line)) return line;
	return line.replace(/[\w.:\-/%?=&#+~@$]{1,4000}$/, '');
}

/** Cuts text into lines and reads each, in or out of a fence. */
function readLines(
	facts: Facts,
	channel: Channel,
	text: string,
): { facts: Facts; channel: Channel } {
	if (text === '') return { facts, channel };
	let { line, fence } = channel;
	let start = 0;
	for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
		line += text.slice(start, end);
		start = end + 1;
		if (line.endsWith('\r')) line = line.slice(0, -1);
		if (fence === undefined && isLabelCut(line)) {
			line += ' ';
			continue;
		}
		[facts, fence] = readFenced(facts, fence, line);
		line = '';
	}
	return { facts, channel: { line: line + text.slice(start), fence } };
}

/** Some relays break a link's label with a newline; the line goes on behind it. */
const isLabelCut = (line: string): boolean =>
	line.length < 400 && !line.endsWith(' ') && /\[[^\][`{}]{1,40}$/.test(line);

const fenceMark = '```';

/**
 * A whole line, which may open or close a fence, or both. A quoted line closes one too: relays
 * write `>` before everything of their own, and a fence left open must not swallow the result.
 */
function readFenced(facts: Facts, fence: string | undefined, line: string): [Facts, string?] {
	const mark = line.indexOf(fenceMark);
	if (fence === undefined) {
		if (mark === -1) return [readLine(facts, line)];
		const before = readLine(facts, line.slice(0, mark));
		const [, language = '', rest = ''] = /^([\w-]*)(.*)$/s.exec(line.slice(mark + 3)) ?? [];
		const inside = /^(?:json)?$/i.test(language) ? '' : undefined;
		if (inside === undefined) return [readLine(before, rest.split(fenceMark).join(' '))];
		return rest.trim() === '' ? [before, inside] : readFenced(before, inside, rest);
	}
	if (mark !== -1) {
		const read = readFence(facts, fence + line.slice(0, mark));
		const rest = line.slice(mark + 3);
		return rest.trim() === '' ? [read] : readFenced(read, undefined, rest);
	}
	if (/^\s*>/.test(line)) return [readLine(readFence(facts, fence), line)];
	return [facts, `${fence}${line}\n`];
}
