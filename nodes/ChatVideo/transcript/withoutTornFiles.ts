import { isAttached, type Attachments } from '../chat/attachments';
import type { Transcript } from './transcript';

/** A file that was cut off with its answer is no video. */
export function withoutTornFiles(transcript: Transcript, attachments: Attachments): Transcript {
	if (!transcript.videos.some(({ url }) => isAttached(url))) return transcript;
	const isWhole = (url: string): boolean => attachments.find(url)?.isWhole === true;
	const videos = transcript.videos.filter(({ url }) => !isAttached(url) || isWhole(url));
	return { ...transcript, videos };
}
