import { findTaskIds } from '../chat/taskIds';
import { mapLinks } from '../transcript/mapLinks';
import type { Transcript } from '../transcript/transcript';
import { parseTaskPage } from '../transcript/urls';

/**
 * A transcript without the ids and links of its request: a relay repeats the prompt, and names the
 * video that is modified.
 */
export function withoutSent(
	transcript: Transcript,
	isSent: (named: string) => boolean,
): Transcript {
	const keep = (named: string): string => (isSent(named) ? '' : named);
	const own = mapLinks(transcript, keep);
	// Whose line was lost is still named by the links to its data.
	const ofPages = isSent(transcript.taskId) ? tasksOfPages(own) : [];
	const taskIds = [...new Set([...transcript.taskIds, ...ofPages])].filter((id) => !isSent(id));
	return {
		...own,
		taskId: keep(transcript.taskId) || (taskIds.at(-1) ?? ''),
		taskIds,
		sid: keep(transcript.sid),
		cutUrl: keep(transcript.cutUrl),
		looseUrls: transcript.looseUrls.filter((url) => !isSent(url)),
		otherUrls: transcript.otherUrls.filter((url) => !isSent(url)),
	};
}

const tasksOfPages = ({ previewUrl, sourceUrl }: Transcript): readonly string[] =>
	[previewUrl, sourceUrl].flatMap((url) => findTaskIds(parseTaskPage(url)?.id ?? ''));
