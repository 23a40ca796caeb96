import type { Delta } from '../chat/deltas';
import { malformed } from '../chat/errors';
import type { JsonRecord } from '../chat/json';
import { emptyFacts, type Facts } from './facts';
import { leaveFence, readFenced, type Fence } from './fence';
import { readOutsideText } from './readOutsideText';

/** What is known of an answer besides its text. Absent text is empty. */
interface Envelope {
	finishReason: string;
	/** An event was damaged, and text may be lost with it. */
	hasHole: boolean;
	chatId: string;
	/** Seconds since 1970, as the relay gives it. */
	created: number | undefined;
	model: string;
	usage: JsonRecord | undefined;
}

/** An answer as far as it was read. Every field has a value: absent text is empty. */
export interface Transcript extends Facts, Envelope {
	/** The assistant's text, verbatim: the next turn must send exactly this. */
	text: string;
	/** What was printed as `reasoning_content`. */
	reasoning: string;
	/** A URL at which the text was cut off: perhaps whole, perhaps not. */
	cutUrl: string;
	/** The relay said stop or `[DONE]`, and no text has come after it: some say stop in the middle too. */
	isStopped: boolean;
	/** Its end was read: nothing follows. */
	isOver: boolean;
}

/** One of the two texts an answer has, cut into lines as they become whole. */
interface Channel {
	/** All of it. */
	text: string;
	/** The line that is not whole yet. */
	line: string;
	/** The open ```` ``` ```` fence; `undefined` outside of one. */
	fence: Fence | undefined;
	read: typeof readFenced;
}

/** A reading in progress, apart for what changes with a delta and what only with a line. */
export interface Reading {
	/** What the whole lines say. */
	facts: Facts;
	envelope: Envelope;
	content: Channel;
	reasoning: Channel;
	/** Nothing follows, so the last word is whole. */
	isStopped: boolean;
}

/** What follows a hole in a line may be the end of a word that began before it. */
const readContent: typeof readFenced = (facts, fence, line) =>
	fence?.kind === 'json' || !line.includes('\0')
		? readFenced(facts, fence, line)
		: readFenced(facts, fence, line.replace(wordAfterHole, ' '));

const wordAfterHole = /\0+[\w!#$%&*+,\-./:;=?@~]*/g;

/** Links without a label that a model thinks of are somebody else's, as within `<think>`. */
const readThought: typeof readFenced = (facts, fence, line) => {
	const [read, left] = readContent({ ...facts, inThought: true }, fence, line);
	return [{ ...read, inThought: facts.inThought }, left];
};

const emptyChannel = { text: '', line: '', fence: undefined };

/** Before the first delta. */
export const emptyReading: Reading = {
	facts: emptyFacts,
	envelope: {
		finishReason: '',
		hasHole: false,
		chatId: '',
		created: undefined,
		model: '',
		usage: undefined,
	},
	content: { ...emptyChannel, read: readContent },
	reasoning: { ...emptyChannel, read: readThought },
	isStopped: false,
};

/** Characters one transcript may have: a thousand times a real one, so only a fault reaches it. */
const largestTranscript = 4 * 1024 * 1024;

/**
 * Reads one delta: its text is added, and the lines it completes are read by the grammar.
 *
 * @throws {ChatError} `malformed` when the text grows over its limit.
 */
export function readDelta(before: Reading, delta: Delta): Reading {
	const reading = delta.afterHole ? breakLines(before) : before;
	const { envelope } = reading;
	const grown = delta.content.length + delta.reasoning.length;
	if (reading.content.text.length + reading.reasoning.text.length + grown > largestTranscript) {
		throw malformed('The service sent a transcript of over 4 MiB');
	}
	const reasoning = readLines(reading.facts, reading.reasoning, delta.reasoning);
	const content = readLines(reasoning.facts, reading.content, delta.content);
	const goesOn = delta.content !== '' || delta.reasoning !== '';
	const isStopped = delta.last || delta.finishReason !== '' || (reading.isStopped && !goesOn);
	return {
		facts: readOutsideText(content.facts, delta),
		envelope: {
			finishReason: delta.finishReason || envelope.finishReason,
			hasHole: envelope.hasHole || delta.afterHole,
			chatId: envelope.chatId || delta.chatId,
			created: envelope.created ?? delta.created,
			model: envelope.model || delta.model,
			usage: delta.usage ?? envelope.usage,
		},
		content: content.channel,
		reasoning: reasoning.channel,
		isStopped,
	};
}

/** Where text was lost, a word before the hole is not whole, and no link goes on after it. */
function breakLines(reading: Reading): Reading {
	const broken = (channel: Channel): Channel =>
		channel.line === '' ? channel : { ...channel, line: `${withoutCutWord(channel.line)}\0` };
	return { ...reading, content: broken(reading.content), reasoning: broken(reading.reasoning) };
}

const longestOpenLine = 2_000; // characters; reading a longer one again and again would be quadratic

/** The transcript so far, with what the open lines already say for certain. */
export function snapshot(reading: Reading): Transcript {
	const { content, reasoning } = reading;
	if (content.line.length + reasoning.line.length > longestOpenLine) return toTranscript(reading);
	let { facts } = reading;
	for (const { line, fence, read } of [reasoning, content]) {
		if (fence?.kind === 'json' || line === '') continue;
		const [known] = read(facts, fence, withoutCutWord(line));
		// A failure has its line to the end, where it may say that it is tried again.
		if (known.failure === facts.failure) facts = known;
	}
	return toTranscript({ ...reading, facts });
}

/**
 * The transcript at its end. When it was cut off, a word or URL that nothing closes is not read:
 * half an id or half a link is worse than none.
 */
export function finish(reading: Reading): Transcript {
	const { content, reasoning, isStopped } = reading;
	let { facts } = reading;
	let cutUrl = '';
	for (const { line, fence, read } of [reasoning, content]) {
		const last = isStopped ? line.replace(/\r$/, '') : withoutCutWord(line);
		if (!isStopped) cutUrl = /https?:\/\/.+/i.exec(line.slice(last.length))?.[0] ?? cutUrl;
		const [known, left] = line === '' ? [facts, fence] : read(facts, fence, last);
		facts = left?.kind === 'json' ? leaveFence(known, left.body, 'open') : known;
	}
	// Where nothing else is said, the last word of the reasoning is the answer.
	const hasText = /\S/.test(content.text);
	if (isStopped && !hasText) [facts] = readContent(facts, undefined, lastLine(reasoning.text));
	return { ...toTranscript({ ...reading, facts }), cutUrl, isOver: isStopped };
}

function lastLine(text: string): string {
	const words = text.trimEnd();
	return words.slice(words.lastIndexOf('\n') + 1);
}

const toTranscript = ({ facts, envelope, content, reasoning, isStopped }: Reading): Transcript => ({
	...facts,
	...envelope,
	text: content.text,
	reasoning: reasoning.text,
	cutUrl: '',
	isStopped,
	isOver: false,
});

/** What a URL or an id is made of, at the end of a line that may go on. */
const lastWord = /(?<![\w!#$%&*+,\-./:;=?@~])[\w!#$%&*+,\-./:;=?@~]+$/;

/** Ids that are whole by their form, even where the text stops right after them. */
const wholeId = /(?:task_[0-9a-z]{26}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** Percents that are whole, as something follows them: `36..44..` of `36..44..6`. */
const wholePercents = /^(?:\d{1,3}(?:\.\d+)?(?:\.{2,}|%))+/;

function withoutCutWord(line: string): string {
	const [word = ''] = lastWord.exec(line) ?? [];
	const opened = line.endsWith(`\x60${word}`);
	if (!opened && !/[\d_/:]/.test(word)) return line;
	if (!word.includes('/') && wholeId.test(word)) return line;
	const [percents = ''] = wholePercents.exec(word) ?? [];
	return line.slice(0, line.length - word.length) + percents;
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
		if (fence?.kind !== 'json' && isLabelCut(line)) {
			line += joint;
			continue;
		}
		[facts, fence] = channel.read(facts, fence, line);
		line = '';
	}
	const whole = channel.text + text;
	return { facts, channel: { ...channel, text: whole, line: line + text.slice(start), fence } };
}

const joint = '\u200A'; // a blank that relays do not print: after it, an empty line ends the label

/** Some relays break a link's label, a tag or the row of a table with a newline; the line goes on after it. */
const isLabelCut = (line: string): boolean =>
	!line.endsWith(joint) &&
	((line.length < 400 && /\[[^\][`{}]{1,40}$/.test(line)) ||
		(line.length < 4_000 &&
			(/<(?:video|source|img|a)(?:\s[^<>]{0,2000})?$/i.test(line) ||
				line.lastIndexOf('<tr') > line.lastIndexOf('</tr'))));
