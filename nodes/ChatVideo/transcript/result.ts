import { isAttached, type AttachedFile } from '../chat/attachments';
import type { TaskLinks } from '../chat/errors';
import type { Message } from '../chat/messages';
import type { JsonRecord } from '../chat/json';
import type { Video } from './facts';
import type { LogEntry } from './progressLog';
import type { Transcript } from './transcript';
import { kindOfUrl } from './urls';

/** Everything known of one video. Absent values are `undefined`, never empty. */
export interface VideoResult extends TaskLinks {
	status: 'completed' | 'failed' | 'unfinished' | 'queued' | 'generating';
	/** Why it failed, in the relay's words. */
	reason?: string | undefined;
	model?: string | undefined;
	prompt?: string | undefined;
	orientation?: string | undefined;
	/** The video itself, where the answer has it instead of an address. */
	attachment?: AttachedFile | undefined;
	progressLog: readonly LogEntry[];
	/** The conversation with this turn at its end: the history of the next modification. */
	messages?: readonly Message[] | undefined;
	/** The video that was modified. */
	sourceSid?: string | undefined;
	/** Seconds. */
	duration?: number | undefined;
	downloadUrl?: string | undefined;
	gifUrl?: string | undefined;
	videoUrls?: readonly string[] | undefined;
	transcript?: string | undefined;
	reasoning?: string | undefined;
	chatId?: string | undefined;
	/** Seconds since 1970. */
	created?: number | undefined;
	finishReason?: string | undefined;
	usage?: JsonRecord | undefined;
	recovered?: boolean | undefined;
	/** ISO times of the request and of the result. */
	startedAt?: string | undefined;
	completedAt?: string | undefined;
	elapsedMs?: number | undefined;
}

/** What a broken answer had besides its task, and what its task may not know. */
export type PartialResult = Pick<
	VideoResult,
	'prompt' | 'orientation' | 'duration' | 'sourceSid' | 'chatId' | 'created' | 'videoUrls'
>;

/** What is worth keeping of an answer that did not come to its end. */
export function toPartialResult(transcript: Transcript): PartialResult {
	const { prompt, orientation, duration, sourceSid, chatId, created } = toResult(transcript, []);
	const videoUrls = toUrls(otherVideos(transcript));
	return { prompt, orientation, duration, sourceSid, chatId, created, videoUrls };
}

/** What a transcript says, as a result; `video` and `videos` are what its outcome chose. */
export const toResult = (
	transcript: Transcript,
	progressLog: readonly LogEntry[],
	video?: Video,
	videos: readonly Video[] = [],
): Omit<VideoResult, 'status'> => ({
	taskId: transcript.taskId || undefined,
	taskIds: transcript.taskIds.length > 1 ? transcript.taskIds : undefined,
	sid: transcript.sid || undefined,
	model: transcript.model || undefined,
	prompt: transcript.prompt || undefined,
	orientation: transcript.orientation || undefined,
	posterUrl: video?.posterUrl || transcript.posterUrl || undefined,
	videoUrl: video && !isAttached(video.url) ? video.url : undefined,
	progressLog,
	sourceSid: transcript.sourceSid || undefined,
	duration: transcript.duration,
	previewUrl: transcript.previewUrl || undefined,
	sourceUrl: transcript.sourceUrl || undefined,
	downloadUrl: video?.downloadUrl || undefined,
	gifUrl: video?.gifUrl || undefined,
	videoUrls: video && toUrls([...videos.map(({ url }) => url), ...videosOfOthers(transcript)]),
	transcript: transcript.text || undefined,
	reasoning: transcript.reasoning || undefined,
	chatId: transcript.chatId || undefined,
	created: transcript.created,
	finishReason: transcript.finishReason || undefined,
	usage: isFlat(transcript.usage) ? transcript.usage : undefined,
});

function toUrls(urls: readonly string[]): readonly string[] | undefined {
	const known = [...new Set(urls)].filter((url) => !isAttached(url));
	return known.length > 0 ? known : undefined;
}

/** The videos of other choices, which are paid for as well. */
const otherVideos = ({ otherUrls }: Transcript): readonly string[] =>
	otherUrls.filter((url) => kindOfUrl(url) === 'video');

/** Where the text is a result of its own, it may be that of the only choice: then they are its drafts. */
const videosOfOthers = (transcript: Transcript): readonly string[] =>
	otherVideos(transcript).filter((url) => !transcript.text.includes(url));

const deepestUsage = 8; // levels; real ones have two, and thousands of them cannot be written again

const isFlat = (value: unknown, levels = deepestUsage): boolean =>
	typeof value !== 'object' ||
	value === null ||
	(levels > 0 && Object.values(value).every((held) => isFlat(held, levels - 1)));
