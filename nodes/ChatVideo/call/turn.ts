import { createAttachments, isAttached, type Attachments } from '../chat/attachments';
import { ChatError, disconnected, toDisconnection, type ChatErrorFacts } from '../chat/errors';
import { kindOfReason } from '../chat/errorBody';
import { readChunks } from '../chat/chunks';
import { readDeltas } from '../chat/deltas';
import { readEvents } from '../chat/events';
import type { Message } from '../chat/messages';
import {
	toResult,
	toPartialResult,
	type PartialResult,
	type VideoResult,
} from '../transcript/result';
import { toConversation } from '../transcript/conversation';
import { readTasks } from '../tasks/readTasks';
import { toOutcome } from '../transcript/outcome';
import { isFile } from '../transcript/isFile';
import { createProgressLog, type LogEntry } from '../transcript/progressLog';
import { isFinished, transcribe, type Transcribed } from '../transcript/transcribe';
import { withoutTornFiles } from '../transcript/withoutTornFiles';
import { emptyReading, type Transcript } from '../transcript/transcript';
import { kindOfUrl } from '../transcript/urls';
import type { HttpClient } from '../transport/httpClient';
import { post } from '../transport/post';
import type { Deadline } from '../transport/deadline';

/** One call to the relay. */
export interface Turn {
	url: string;
	headers: Readonly<Record<string, string>>;
	/** The request as JSON: what is digested is what is sent. */
	body: string;
	model: string;
	prompt: string;
	messages: readonly Message[];
	/** Bytes that a file in the answer may have. */
	maxSize: number;
}

/** Who wants to know while a turn goes on. */
export interface TurnObserver {
	/** The transcript has grown; the entries are new in the log. */
	onProgress(transcript: Transcript, entries: readonly LogEntry[]): void;
}

/** How a turn ended. What was read before it broke is worth money, so it is always here. */
export type TurnOutcome =
	| { kind: 'completed'; result: VideoResult }
	/** The relay said that there will be no video. */
	| { kind: 'failed'; error: ChatError }
	| BrokenTurn;

/** It ended without a result; the task, where one is known, may still give one. */
export interface BrokenTurn {
	kind: 'broken';
	error: ChatError;
	log: readonly LogEntry[];
	partial: PartialResult;
}

/**
 * Takes one turn: one POST, its stream read to its end.
 *
 * @throws {ChatError} when no stream came, with what that may have cost
 */
export async function takeTurn(
	client: HttpClient,
	turn: Turn,
	deadline: Deadline,
	observer: TurnObserver,
): Promise<TurnOutcome> {
	const log = createProgressLog();
	let last = emptyReading.transcript;
	let isFaulty = false;
	const onRead = (transcript: Transcript): void => {
		last = transcript;
		observer.onProgress(transcript, log.read(transcript));
		if (isFinished(transcript)) deadline.endAfterResult();
	};
	const bytes = await post(client, turn, deadline);
	const attachments = createAttachments(turn.maxSize);
	const chunks = readChunks(readEvents(bytes, attachments), () => {
		// What is wrong behind the result takes nothing from it.
		isFaulty = last.finishReason === '' && toOutcome(last).kind !== 'completed';
		deadline.endAfterError();
	});
	const deltas = readTasks(readDeltas(chunks, attachments), turn.body);
	const transcribed = await transcribe(deltas, onRead, turn.url);
	const transcript = withoutTornFiles(transcribed.transcript, attachments);
	const isOver = toOutcome(transcript).kind === 'completed';
	observer.onProgress(transcript, log.read({ stages: transcript.stages, isOver }));
	return conclude(turn, { ...transcribed, transcript }, log.entries, { isFaulty, attachments });
}

function conclude(
	{ model, prompt, messages }: Turn,
	transcribed: Transcribed,
	entries: readonly LogEntry[],
	{ isFaulty, attachments }: { isFaulty: boolean; attachments: Attachments },
): TurnOutcome {
	const transcript = withoutOwnLinks(transcribed.transcript, messages);
	const outcome = toOutcome(transcript);
	// A text with a hole must not become the next turn's history: the task is asked for instead,
	// unless the answer itself has the only copy of the file.
	const attachment = outcome.kind === 'completed' ? attachments.find(outcome.video.url) : undefined;
	if (outcome.kind === 'completed' && (!isFaulty || attachment !== undefined)) {
		const result: VideoResult = {
			...toResult(transcript, withCompletion(entries), outcome.video, outcome.videos),
			...(attachment !== undefined && { attachment }),
			status: 'completed',
			model,
			prompt: transcript.prompt || prompt,
		};
		return {
			kind: 'completed',
			result: { ...result, messages: toConversation(messages, result) },
		};
	}
	const links = transcript.videos.filter(({ url }) => !isAttached(url));
	const link = links.findLast(isFile)?.url;
	const facts = { ...(link !== undefined && { videoUrl: link }), ...toFacts(transcript) };
	if (outcome.kind === 'failed') {
		return { kind: 'failed', error: generationFailed(outcome.reason).with(facts) };
	}
	const error = toBreak(transcribed).with(facts);
	return isFinal(error)
		? { kind: 'failed', error }
		: { kind: 'broken', error, log: entries, partial: toPartialResult(transcript) };
}

/** A generation that ended without a video, by the relay's reason. */
export function generationFailed(reason: string): ChatError {
	const kind = kindOfReason(reason);
	const verb = kind === 'moderated' ? 'refused the video' : 'could not make the video';
	return new ChatError(kind, `The relay ${verb}: ${reason}`, { billing: 'possible' });
}

const toBreak = (transcribed: Transcribed): ChatError =>
	transcribed.kind === 'broken'
		? toDisconnection(transcribed.cause)
		: disconnected('The answer of the relay ended without a video').with(
				toLastWords(transcribed.transcript),
			);

/** A model that only writes answers in words, and so does one that declines in its own way. */
function toLastWords({ text, reasoning }: Transcript): Pick<ChatErrorFacts, 'lastWords'> {
	const words = (text.trim() || reasoning.trim()).slice(-2_000).replace(/\s+/g, ' ');
	const [tail = ''] = /.{0,200}$/u.exec(words) ?? []; // enough for a sentence or two
	const before = words.slice(0, words.length - tail.length);
	const cut = before.slice(before.lastIndexOf(' ') + 1);
	// A link is told whole, as it may be the video.
	const last = /https?:/i.test(cut) ? cut + tail : tail;
	if (last === '') return {};
	return { lastWords: last === words ? last : `…${last}` };
}

/** The relay gave its reason; asking for the task would not change it. */
export const isFinal = ({ kind, facts }: ChatError): boolean =>
	!facts.lost &&
	!['disconnected', 'timeout', 'malformed', 'cancelled', 'unavailable'].includes(kind);

/** What a transcript tells of its task, for an error; a task id means that it was started. */
export function toFacts(
	transcript: Transcript,
): Pick<ChatErrorFacts, 'task' | 'videoUrl'> & { billing?: 'started' } {
	const { taskId, sid, previewUrl, sourceUrl } = transcript;
	const outcome = toOutcome(transcript);
	const told = transcript.videos.findLast(({ bare, url }) => !bare && !isAttached(url))?.url;
	const whole = outcome.kind === 'completed' ? undefined : told;
	const seen = whole ?? (kindOfUrl(transcript.cutUrl) === 'video' ? transcript.cutUrl : undefined);
	return {
		...(taskId !== '' && { billing: 'started' }),
		task: {
			...(taskId !== '' && { taskId }),
			...(sid !== '' && { sid }),
			...(previewUrl !== '' && { previewUrl }),
			...(sourceUrl !== '' && { sourceUrl }),
		},
		...(seen !== undefined && { videoUrl: seen }),
	};
}

/** A link of the user's that the relay repeats is not the video. */
function withoutOwnLinks(transcript: Transcript, messages: readonly Message[]): Transcript {
	if (!transcript.videos.some(({ bare }) => bare)) return transcript;
	const said = JSON.stringify(messages.filter(({ role }) => role === 'user'));
	const videos = transcript.videos.filter(({ bare, url }) => !bare || !said.includes(url));
	return { ...transcript, videos };
}

/** A relay that gives a video without a word has completed it all the same. */
function withCompletion(entries: readonly LogEntry[]): readonly LogEntry[] {
	if (entries.some(({ stage }) => stage === 'completed')) return entries;
	return [...entries, { stage: 'completed', at: new Date().toISOString() }];
}
