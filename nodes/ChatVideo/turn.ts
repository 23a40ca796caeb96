import type { Dispatcher } from 'undici';
import { ChatError, disconnected, type TaskFacts } from './chat/errors';
import { kindOfReason } from './chat/errorBody';
import { readChunks } from './chat/chunks';
import { readDeltas } from './chat/deltas';
import { readEvents } from './chat/events';
import type { Message } from './chat/messages';
import { toResult, type VideoResult } from './result';
import { toOutcome } from './transcript/outcome';
import { openProgressLog, type LogEntry } from './transcript/progressLog';
import { isFinished, transcribe, type Transcribed } from './transcript/transcribe';
import type { Transcript } from './transcript/transcript';
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

/**
 * Takes one turn: one POST, its stream read to its end.
 *
 * @throws {ChatError} when there is no video, with whatever is known of the task
 */
export async function takeTurn(
	dispatcher: Dispatcher,
	turn: Turn,
	watch: Watch,
	observer: TurnObserver,
): Promise<VideoResult> {
	const startedAt = Date.now();
	const log = openProgressLog();
	const bytes = await post(dispatcher, turn, watch, () => observer.onSent());
	const transcribed = await transcribe(readDeltas(readChunks(readEvents(bytes))), (transcript) => {
		observer.onProgress(transcript, log.read(transcript));
		if (isFinished(transcript)) watch.expectEnd();
	});
	observer.onProgress(transcribed.transcript, log.read(transcribed.transcript));
	return {
		...conclude(transcribed, log.entries),
		...conversation(turn, transcribed.transcript),
		startedAt: new Date(startedAt).toISOString(),
		completedAt: new Date().toISOString(),
		elapsedMs: Date.now() - startedAt,
	};
}

function conversation(
	{ model, prompt, messages }: Turn,
	transcript: Transcript,
): Pick<VideoResult, 'model' | 'prompt' | 'messages'> {
	return {
		model,
		prompt: transcript.prompt || prompt,
		messages: [...messages, { role: 'assistant', content: transcript.text }],
	};
}

/** The result, or the error that says why there is none. */
function conclude(transcribed: Transcribed, entries: readonly LogEntry[]): VideoResult {
	const { transcript } = transcribed;
	const outcome = toOutcome(transcript);
	if (outcome.kind === 'completed') {
		const log = withCompletion(entries);
		return { ...toResult(transcript, log, outcome.video, outcome.videos), status: 'completed' };
	}
	throw toTurnError(transcribed).with(toFacts(transcript));
}

function toTurnError(transcribed: Transcribed): ChatError {
	const outcome = toOutcome(transcribed.transcript);
	const cause = transcribed.kind === 'broken' ? transcribed.cause : undefined;
	if (outcome.kind === 'failed') {
		const kind = kindOfReason(outcome.reason);
		const verb = kind === 'moderated' ? 'refused the video' : 'could not make the video';
		return new ChatError(kind, `The relay ${verb}: ${outcome.reason}`, {
			billing: 'possible',
			cause,
		});
	}
	if (cause instanceof ChatError) return cause;
	if (cause !== undefined) throw cause;
	return disconnected('The answer of the relay ended without a video');
}

function toFacts(transcript: Transcript): {
	billing?: 'started';
	task?: TaskFacts;
	videoUrl?: string;
} {
	const { taskId, sid, previewUrl, sourceUrl } = transcript;
	const outcome = toOutcome(transcript);
	const preview = outcome.kind === 'unfinished' ? outcome.preview : undefined;
	return {
		...(taskId !== '' && { billing: 'started' }),
		task: {
			...(taskId !== '' && { taskId }),
			...(sid !== '' && { sid }),
			...(previewUrl !== '' && { previewUrl }),
			...(sourceUrl !== '' && { sourceUrl }),
		},
		...(preview !== undefined && { videoUrl: preview.url }),
	};
}

/** A relay that gives a video without a word has completed it all the same. */
function withCompletion(entries: readonly LogEntry[]): readonly LogEntry[] {
	if (entries.some(({ stage }) => stage === 'completed')) return entries;
	return [...entries, { stage: 'completed', at: new Date().toISOString() }];
}
