import { isAttached } from '../chat/attachments';
import { linksOf, type ChatErrorFacts } from '../chat/errors';
import { isFile } from '../transcript/videos';
import { toOutcome } from '../transcript/outcome';
import type { Transcript } from '../transcript/transcript';
import { kindOfUrl } from '../transcript/urls';

/** What a transcript says of its task, for an error; a task id means that it was started. */
export function toFacts(transcript: Transcript): Partial<Pick<ChatErrorFacts, 'billing' | 'task'>> {
	const { taskId, sid, previewUrl, sourceUrl } = transcript;
	const taskIds = transcript.taskIds.length > 1 ? transcript.taskIds : undefined;
	const videoUrl = toSeenVideo(transcript);
	const videoUrls = toFurtherLinks(transcript, videoUrl);
	const task = linksOf({ taskId, taskIds, sid, previewUrl, sourceUrl, videoUrl, videoUrls });
	return taskId === '' ? { task } : { billing: 'started', task };
}

const mostLinks = 10; // for who reads an error

function toFurtherLinks(
	{ videos, otherUrls, looseUrls }: Transcript,
	videoUrl: string | undefined,
): readonly string[] | undefined {
	const shown = videos.map(({ url }) => url).filter((url) => !isAttached(url));
	const seen = [...shown, ...otherUrls, ...looseUrls];
	const further = [...new Set(seen)].filter((url) => url !== videoUrl);
	return further.length > 0 ? further.slice(0, mostLinks) : undefined;
}

/** A link that came without being the result: a preview, perhaps cut off, or a file. */
function toSeenVideo(transcript: Transcript): string | undefined {
	const videos = transcript.videos.filter(({ url }) => !isAttached(url));
	const labelled = videos.findLast(({ bare }) => !bare)?.url;
	const isResult = toOutcome(transcript).kind === 'completed';
	if (labelled !== undefined && !isResult) return labelled;
	if (kindOfUrl(transcript.cutUrl) === 'video') return transcript.cutUrl;
	return videos.findLast(isFile)?.url;
}
