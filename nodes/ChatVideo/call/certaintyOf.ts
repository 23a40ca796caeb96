import type { Video } from '../transcript/facts';
import type { Transcript } from '../transcript/transcript';
import { kindOfUrl, namesOneFile } from '../transcript/urls';

/**
 * How far a video that was read is the result. One that is `likely` is it where its task has no
 * other; one in `doubt` is not, whoever else knows nothing.
 */
export type Certainty = 'certain' | 'likely' | 'doubt';

/** @param isFaulty an error came before the video */
export function certaintyOf(transcript: Transcript, video: Video, isFaulty: boolean): Certainty {
	const { taskId, finishReason, group, stages, hasHole } = transcript;
	if (isFaulty) return 'doubt';
	// Nobody can be asked.
	if (taskId === '') return 'certain';
	if (kindOfUrl(video.url) === 'unknown' && !namesOneFile(video.url)) return 'doubt';
	const isDone = stages.some(({ stage }) => stage === 'completed');
	// More progress came after it: a better video was still being made.
	const isDraft = group > video.group && stages.at(-1)?.stage !== 'completed';
	if (isDraft) return finishReason === '' ? 'doubt' : 'likely';
	// What was lost may have said so.
	if (hasHole) return isDone ? 'likely' : 'doubt';
	return 'certain';
}
