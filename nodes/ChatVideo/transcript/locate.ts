import type { Video } from './facts';
import type { Transcript } from './transcript';
import { absoluteUrl } from './urls';

/** A transcript whose links have a host: one without belongs to the relay that wrote it. */
export function locate(transcript: Transcript, base: string | undefined): Transcript {
	if (base === undefined || !hasOwnLinks(transcript)) return transcript;
	const { videos, posterUrl, gifUrl, previewUrl, sourceUrl } = transcript;
	return {
		...transcript,
		posterUrl: absoluteUrl(posterUrl, base),
		gifUrl: absoluteUrl(gifUrl, base),
		previewUrl: absoluteUrl(previewUrl, base),
		sourceUrl: absoluteUrl(sourceUrl, base),
		videos: videos.map((video) => ({
			...video,
			url: absoluteUrl(video.url, base),
			downloadUrl: absoluteUrl(video.downloadUrl, base),
			posterUrl: absoluteUrl(video.posterUrl, base),
			gifUrl: absoluteUrl(video.gifUrl, base),
		})),
	};
}

const linksOf = ({ url, downloadUrl, posterUrl, gifUrl }: Video): string[] => [
	url,
	downloadUrl,
	posterUrl,
	gifUrl,
];

const hasOwnLinks = ({ videos, posterUrl, gifUrl, previewUrl, sourceUrl }: Transcript): boolean =>
	[posterUrl, gifUrl, previewUrl, sourceUrl, ...videos.flatMap(linksOf)].some((url) =>
		url.startsWith('/'),
	);
