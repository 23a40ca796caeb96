import type { Transcript } from '../transcript/transcript';

/**
 * A transcript without the ids and links of its request: a relay repeats the prompt, and names the
 * video that is modified.
 */
export function withoutSent(
	transcript: Transcript,
	isSent: (named: string) => boolean,
): Transcript {
	const { taskId, sid, previewUrl, sourceUrl, posterUrl, gifUrl, cutUrl } = transcript;
	const { taskIds, looseUrls, videos } = transcript;
	const files = videos.map(({ url }) => url);
	const alone = [taskId, sid, previewUrl, sourceUrl, posterUrl, gifUrl, cutUrl];
	if (![...alone, ...taskIds, ...looseUrls, ...files].some(isSent)) return transcript;
	const keep = (named: string): string => (isSent(named) ? '' : named);
	const ownIds = taskIds.filter((id) => !isSent(id));
	return {
		...transcript,
		taskId: keep(taskId) || (ownIds.at(-1) ?? ''),
		taskIds: ownIds,
		sid: keep(sid),
		previewUrl: keep(previewUrl),
		sourceUrl: keep(sourceUrl),
		posterUrl: keep(posterUrl),
		gifUrl: keep(gifUrl),
		cutUrl: keep(cutUrl),
		looseUrls: looseUrls.filter((url) => !isSent(url)),
		videos: videos.filter(({ url }) => !isSent(url)),
	};
}
