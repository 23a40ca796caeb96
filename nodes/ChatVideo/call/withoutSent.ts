import { mapLinks } from '../transcript/mapLinks';
import type { Transcript } from '../transcript/transcript';

/**
 * A transcript without the ids and links of its request: a relay repeats the prompt, and names the
 * video that is modified.
 */
export function withoutSent(
	transcript: Transcript,
	isSent: (named: string) => boolean,
): Transcript {
	const keep = (named: string): string => (isSent(named) ? '' : named);
	const taskIds = transcript.taskIds.filter((id) => !isSent(id));
	return {
		...mapLinks(transcript, keep),
		taskId: keep(transcript.taskId) || (taskIds.at(-1) ?? ''),
		taskIds,
		sid: keep(transcript.sid),
		cutUrl: keep(transcript.cutUrl),
		looseUrls: transcript.looseUrls.filter((url) => !isSent(url)),
		otherUrls: transcript.otherUrls.filter((url) => !isSent(url)),
	};
}
