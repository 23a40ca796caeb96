import { createAttachments, type Attachments } from '../chat/attachments';
import {
	ChatError,
	disconnected,
	rowOf,
	toDisconnection,
	type ChatErrorFacts,
} from '../chat/errors';
import { kindOfReason } from '../chat/errorBody';
import { readChunks } from '../chat/chunks';
import { readDeltas } from '../chat/deltas';
import { readEvents } from '../chat/events';
import { eventWords } from '../chat/eventWords';
import { withHeaders } from '../chat/headerTasks';
import type { Message } from '../chat/messages';
import { standsIn } from '../chat/standsIn';
import { toOutcome } from '../transcript/outcome';
import { rebuildAnswer, toConversation } from '../transcript/rebuild';
import { createProgressLog, type LogEntry } from '../transcript/progressLog';
import { toPartialResult, toResult, type VideoResult } from '../transcript/result';
import { isFinished, transcribe, type Transcribed } from '../transcript/transcribe';
import { withoutTornFiles } from '../transcript/withoutTornFiles';
import { emptyReading, snapshot, type Transcript } from '../transcript/transcript';
import { readTasks } from '../tasks/readTasks';
import type { Deadline } from '../transport/deadline';
import type { HttpClient } from '../transport/httpClient';
import { post, type PostRequest } from '../transport/post';
import { asCallOutcome, type CallOutcome } from './callOutcome';
import { certaintyOf } from './certaintyOf';
import { toFacts } from './toFacts';
import { withoutSent } from './withoutSent';

/** One call to the relay. What is digested of it is what is sent. */
export interface Turn extends PostRequest {
	model: string;
	prompt: string;
	messages: readonly Message[];
	/** Bytes that a file in the answer may have. */
	maxSize: number;
}

/**
 * Takes one turn: one POST, its stream read to its end.
 *
 * @param onProgress called when the transcript has grown; the entries are new in the log
 */
export async function takeTurn(
	client: HttpClient,
	turn: Turn,
	deadline: Deadline,
	onProgress: (transcript: Transcript, entries: readonly LogEntry[]) => void,
): Promise<CallOutcome> {
	const bytes = await post(client, turn, deadline).catch(asCallOutcome);
	if ('kind' in bytes) return bytes;
	const log = createProgressLog();
	const isSent = standsIn(turn.body);
	let last = snapshot(emptyReading);
	let isFaulty = false;
	const onRead = (read: Transcript): void => {
		last = withoutSent(read, isSent);
		onProgress(last, log.read(last));
		if (isFinished(last)) deadline.endAfterResult();
	};
	const attachments = createAttachments(turn.maxSize);
	const chunks = readChunks(readEvents(bytes, attachments), () => {
		// An error after a complete result does not invalidate it.
		isFaulty = last.finishReason === '' && toOutcome(last).kind !== 'completed';
		deadline.endAfterError();
	});
	const deltas = withHeaders(() => bytes.namedTasks(), readDeltas(chunks, attachments));
	const transcribed = await transcribe(readTasks(deltas, isSent), onRead, turn.url);
	const whole = withoutTornFiles(transcribed.transcript, attachments);
	const transcript = withoutSent(whole, isSent);
	const isOver = toOutcome(transcript).kind === 'completed';
	onProgress(transcript, log.read({ stages: transcript.stages, isOver }));
	return conclude(turn, { ...transcribed, transcript }, log.entries(), { isFaulty, attachments });
}

function conclude(
	{ model, prompt, messages }: Turn,
	transcribed: Transcribed,
	log: readonly LogEntry[],
	{ isFaulty, attachments }: { isFaulty: boolean; attachments: Attachments },
): CallOutcome {
	const { transcript } = transcribed;
	const outcome = toOutcome(transcript);
	const isBroken = transcribed.kind === 'broken';
	let fallback: VideoResult | undefined;
	if (outcome.kind === 'completed') {
		const { video, videos } = outcome;
		const attachment = attachments.find(video.url);
		// The answer itself may have the only copy of the file.
		const certainty =
			attachment === undefined ? certaintyOf(transcript, video, { isFaulty, isBroken }) : 'certain';
		const read = toResult(transcript, withCompletion(log), video, videos);
		const result: VideoResult = {
			...read,
			// A text with a hole must not become the next turn's history.
			...(transcript.hasHole && { transcript: rebuildAnswer(read) }),
			...(attachment !== undefined && { attachment }),
			status: 'completed',
			model,
			prompt: transcript.prompt || prompt,
		};
		const completed = { ...result, messages: toConversation(messages, result) };
		if (certainty === 'certain') return { kind: 'completed', result: completed };
		if (certainty === 'likely') fallback = completed;
	}
	const ending =
		outcome.kind === 'failed' ? generationFailed(outcome.reason) : toEndError(transcribed);
	const error = ending.with(toFacts(transcript));
	// In doubt the task says what became of it; where there is none, the relay's word is the last.
	if (rowOf(error.kind).final === true || (outcome.kind === 'failed' && transcript.taskId === '')) {
		return { kind: 'failed', error };
	}
	const partial = toPartialResult(transcript);
	return { kind: 'broken', error, log, partial, ...(fallback !== undefined && { fallback }) };
}

/** A generation that ended without a video, by the relay's reason. */
export function generationFailed(reason: string): ChatError {
	const kind = kindOfReason(reason);
	const verb = kind === 'moderated' ? 'refused the video' : 'could not make the video';
	return new ChatError(kind, `The service ${verb}: “${reason}”`, { billing: 'possible' });
}

function toEndError(transcribed: Transcribed): ChatError {
	const words = toLastWords(transcribed.transcript);
	if (transcribed.kind === 'broken') return toDisconnection(transcribed.cause).with(words);
	const { hasHole, taskId, stages, finishReason } = transcribed.transcript;
	const { lastWords = '' } = words;
	// Some relays stop for an error; others say one and nothing else.
	if (eventWords.broken.test(finishReason))
		return generationFailed(lastWords || 'no reason was given');
	const isAll = taskId === '' && stages.length === 0 && lastWords !== '';
	if (isAll && kindOfReason(lastWords) !== 'failed') return generationFailed(lastWords);
	return disconnected(toEnding(hasHole, taskId === '' ? lastWords : '')).with({
		...words,
		endedByItself: true,
	});
}

function toEnding(hasHole: boolean, lastWords: string): string {
	const ended = hasHole
		? 'A part of what the service answered was damaged'
		: 'The answer of the service ended without a video';
	return lastWords === '' ? ended : `${ended}: “${lastWords}”`;
}

/** A model that only writes answers in words, and so does one that declines in its own way. */
function toLastWords({ text, reasoning }: Transcript): Pick<ChatErrorFacts, 'lastWords'> {
	const words = (text.trim() || reasoning.trim()).slice(-2_000).replace(/\s+/g, ' ');
	const [tail = ''] = /.{0,200}$/u.exec(words) ?? []; // enough for a sentence or two
	const before = words.slice(0, words.length - tail.length);
	const cut = before.slice(before.lastIndexOf(' ') + 1);
	// A link is kept whole, as it may be the video.
	const last = /https?:/i.test(cut) ? cut + tail : tail;
	if (last === '') return {};
	return { lastWords: last === words ? last : `…${last}` };
}

/** A relay that gives a video without a word has completed it all the same. */
function withCompletion(entries: readonly LogEntry[]): readonly LogEntry[] {
	if (entries.some(({ stage }) => stage === 'completed')) return entries;
	return [...entries, { stage: 'completed', at: new Date().toISOString() }];
}
