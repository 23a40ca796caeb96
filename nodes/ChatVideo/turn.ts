import type { Dispatcher } from 'undici';
import { ChatError, disconnected, toDisconnection, type ChatErrorFacts } from './chat/errors';
import { kindOfReason } from './chat/errorBody';
import { readChunks } from './chat/chunks';
import { readDeltas } from './chat/deltas';
import { readEvents } from './chat/events';
import type { Message } from './chat/messages';
import { toResult, type VideoResult } from './result';
import { toConversation } from './toConversation';
import { toOutcome } from './transcript/outcome';
import { openProgressLog, type LogEntry } from './transcript/progressLog';
import { isFinished, transcribe, type Transcribed } from './transcript/transcribe';
import type { Transcript } from './transcript/transcript';
import { kindOfUrl } from './transcript/urls';
import { post } from './transport/post';
import type { Watch } from './transport/watch';

/** One call to the relay. */
export interface Turn {
	url: string;
	headers: Readonly<Record<string, string>>;
	/** The request as JSON: what is digested is what is sent. */
	body: string;
	model: string;
	prompt: string;
	messages: readonly Message[];
}

/** Who wants to know while a turn goes on. */
export interface TurnObserver {
	/** The request is on its way: from here on it may cost money. */
	onSent(): void;
	/** The transcript has grown; the entries are new in the log. */
	onProgress(transcript: Transcript, entries: readonly LogEntry[]): void;
}

/** How a turn ended. What was read before it broke is worth money, so it is always here. */
export type TurnOutcome =
	| { kind: 'completed'; result: VideoResult }
	/** The relay said that there will be no video. */
	| { kind: 'failed'; error: ChatError; transcript: Transcript }
	/** It ended without a result; the task may still give one. */
	| { kind: 'broken'; error: ChatError; transcript: Transcript; log: readonly LogEntry[] };

/**
 * Takes one turn: one POST, its stream read to its end.
 *
 * @throws {ChatError} when no stream came, with what that may have cost
 */
export async function takeTurn(
	dispatcher: Dispatcher,
	turn: Turn,
	watch: Watch,
	observer: TurnObserver,
): Promise<TurnOutcome> {
	const log = openProgressLog();
	const onRead = (transcript: Transcript): void => {
		observer.onProgress(transcript, log.read(transcript));
		if (isFinished(transcript)) watch.expectEnd();
	};
	const bytes = await post(dispatcher, turn, watch, () => observer.onSent());
	const transcribed = await transcribe(readDeltas(readChunks(readEvents(bytes))), onRead);
	observer.onProgress(transcribed.transcript, log.read(transcribed.transcript));
	return conclude(turn, transcribed, log.entries);
}

function conclude(
	{ model, prompt, messages }: Turn,
	transcribed: Transcribed,
	entries: readonly LogEntry[],
): TurnOutcome {
	const { transcript } = transcribed;
	const outcome = toOutcome(transcript);
	if (outcome.kind === 'completed') {
		const result: VideoResult = {
			...toResult(transcript, withCompletion(entries), outcome.video, outcome.videos),
			status: 'completed',
			model,
			prompt: transcript.prompt || prompt,
		};
		return {
			kind: 'completed',
			result: { ...result, messages: toConversation(messages, result) },
		};
	}
	const facts = toFacts(transcript);
	if (outcome.kind === 'failed') {
		return { kind: 'failed', error: toFailure(outcome.reason).with(facts), transcript };
	}
	const error = toBreak(transcribed).with(facts);
	if (isFinal(error)) return { kind: 'failed', error, transcript };
	return { kind: 'broken', error, transcript, log: entries };
}

/** A generation that ended without a video, by the relay's reason. */
export function toFailure(reason: string): ChatError {
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
	const words = (text.trim() || reasoning.trim()).slice(-1_000).replace(/\s+/g, ' ');
	const [last = ''] = /.{0,200}$/u.exec(words) ?? []; // enough for a sentence or two
	if (last === '') return {};
	return { lastWords: last === words ? last : `…${last}` };
}

/** The relay gave its reason; asking for the task would not change it. */
export const isFinal = ({ kind }: ChatError): boolean =>
	!['disconnected', 'timeout', 'malformed', 'cancelled', 'unavailable'].includes(kind);

/** What a transcript tells of its task, for an error; a task id means that it was started. */
export function toFacts(
	transcript: Transcript,
): Pick<ChatErrorFacts, 'task' | 'videoUrl'> & { billing?: 'started' } {
	const { taskId, sid, previewUrl, sourceUrl } = transcript;
	const outcome = toOutcome(transcript);
	const told = outcome.kind === 'unfinished' ? outcome.preview?.url : undefined;
	const seen = told ?? (kindOfUrl(transcript.cutUrl) === 'video' ? transcript.cutUrl : undefined);
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

/** A relay that gives a video without a word has completed it all the same. */
function withCompletion(entries: readonly LogEntry[]): readonly LogEntry[] {
	if (entries.some(({ stage }) => stage === 'completed')) return entries;
	return [...entries, { stage: 'completed', at: new Date().toISOString() }];
}
