import type { Transcript } from './transcript';
import { absoluteUrl } from './urls';

/** A transcript whose links have a host: one without belongs to the relay that wrote it. */
export function locate(transcript: Transcript, base: string | undefined): Transcript {
	if (base === undefined) return transcript;
	const withHost = (url: string): string => absoluteUrl(url, base);
	return {
		...transcript,
		posterUrl: withHost(transcript.posterUrl),
		gifUrl: withHost(transcript.gifUrl),
		previewUrl: withHost(transcript.previewUrl),
		sourceUrl: withHost(transcript.sourceUrl),
		videos: transcript.videos.map((video) => ({
			...video,
			url: withHost(video.url),
			downloadUrl: withHost(video.downloadUrl),
			posterUrl: withHost(video.posterUrl),
			gifUrl: withHost(video.gifUrl),
		})),
	};
}
