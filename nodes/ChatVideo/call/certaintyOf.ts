import type { Video } from '../transcript/facts';
import type { Transcript } from '../transcript/transcript';
import { kindOfUrl, namesOneFile } from '../transcript/urls';

/**
 * How far a video that was read is the result. One that is `likely` is it where its task has no
 * other; one in `doubt` is not, whoever else knows nothing.
 */
export type Certainty = 'certain' | 'likely' | 'doubt';

/** What went wrong with the answer: it broke off, or an error came before the video. */
export interface Flaws {
	isBroken: boolean;
	isFaulty: boolean;
}

export function certaintyOf(
	transcript: Transcript,
	video: Video,
	{ isBroken, isFaulty }: Flaws,
): Certainty {
	const { taskId, finishReason, group, stages, hasHole } = transcript;
	// What follows an error may be a [DONE] that ends nothing.
	const isStopped = transcript.isStopped && !(isBroken && finishReason === '');
	const isKnown = taskId !== '';
	const isDone = stages.some(({ stage }) => stage === 'completed');
	// Where more came after it, a better video was still being made.
	const isFollowed = group > video.group;
	const isDraft = isFollowed && stages.at(-1)?.stage !== 'completed';
	const isCut = !isStopped && (isDraft || ((isFollowed || !isDone) && (isBroken || isKnown)));
	if (isFaulty || isCut) return 'doubt';
	// Nobody can be asked.
	if (!isKnown) return 'certain';
	if (kindOfUrl(video.url) === 'unknown' && !namesOneFile(video.url)) return 'doubt';
	if (isDraft) return 'likely';
	// What was lost may have said so, or have been the better video.
	if (hasHole) return isDone && !isFollowed ? 'likely' : 'doubt';
	return 'certain';
}
