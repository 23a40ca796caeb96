import type { Facts, Video } from './facts';
import { isFile } from './isFile';
import type { Transcript } from './transcript';

/** What became of a generation, as far as its transcript tells. */
export type Outcome =
	| { kind: 'completed'; video: Video; videos: readonly Video[] }
	| { kind: 'failed'; reason: string }
	/** `preview` is a video that was delivered before the better one that never came. */
	| { kind: 'unfinished'; preview?: Video };

/**
 * Without a video there is no success, whatever the words say; with one there is, even when words
 * of failure stand before it. The last labelled group of videos wins, and its first video is the
 * result.
 */
export function toOutcome(
	transcript: Facts & Partial<Pick<Transcript, 'text' | 'finishReason'>>,
): Outcome {
	const labelled = transcript.videos.filter(({ bare, preview }) => !bare && !preview);
	const group = labelled.at(-1)?.group;
	const videos = labelled.filter((video) => video.group === group);
	const [video] = videos;
	if (video !== undefined) return { kind: 'completed', video, videos };

	const bare = findBare(transcript);
	if (bare !== undefined) return { kind: 'completed', video: bare, videos: [bare] };

	const preview = transcript.videos.findLast((candidate) => candidate.preview);
	const reason = findReason(transcript);
	if (reason === undefined) {
		return preview === undefined ? { kind: 'unfinished' } : { kind: 'unfinished', preview };
	}
	if (preview !== undefined) return { kind: 'completed', video: preview, videos: [preview] };
	return { kind: 'failed', reason };
}

/** Why there will be no better video than there is; `undefined` while there may be one. */
function findReason({ failure, finishReason = '' }: Parameters<typeof toOutcome>[0]) {
	if (failure !== undefined) return failure.reason || 'no reason was given';
	return /content_?filter/i.test(finishReason) ? 'content_filter' : undefined;
}

/**
 * A URL without a label is a result only where the text says it is done, where the text is
 * nothing else, or where it is a video file and nothing is told behind it: users put URLs into
 * their prompts, and planners repeat them.
 */
function findBare(transcript: Parameters<typeof toOutcome>[0]): Video | undefined {
	const all = transcript.videos.filter(({ bare, preview }) => bare && !preview);
	if (all.length === 0) return undefined;
	const told = isDone(transcript) || transcript.text?.trim() === all.at(-1)?.url;
	if (told) return all.findLast(isFile) ?? all.at(-1);
	return all.find((video) => isFile(video) && video.group === transcript.group);
}

const isDone = ({ stages }: Facts): boolean => stages.some(({ stage }) => stage === 'completed');
