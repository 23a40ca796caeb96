import type { Transcript } from './transcript';
import { absoluteUrl } from './urls';

/** A transcript with something else for each link; a video whose link becomes empty is gone. */
export const mapLinks = (transcript: Transcript, map: (url: string) => string): Transcript => ({
	...transcript,
	posterUrl: map(transcript.posterUrl),
	gifUrl: map(transcript.gifUrl),
	previewUrl: map(transcript.previewUrl),
	sourceUrl: map(transcript.sourceUrl),
	videos: transcript.videos
		.map((video) => ({
			...video,
			url: map(video.url),
			downloadUrl: map(video.downloadUrl),
			posterUrl: map(video.posterUrl),
			gifUrl: map(video.gifUrl),
		}))
		.filter(({ url }) => url !== ''),
});

/** A transcript whose links have a host: one without belongs to the relay that wrote it. */
export const locate = (transcript: Transcript, base: string | undefined): Transcript =>
	base === undefined ? transcript : mapLinks(transcript, (url) => absoluteUrl(url, base));
