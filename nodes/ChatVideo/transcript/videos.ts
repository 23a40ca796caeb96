import type { Facts, Video } from './facts';
import { readNames } from './taskNames';
import { cleanUrl, isDownloadTwin, kindOfUrl } from './urls';

/** A labelled video, or a URL that by its extension is one. */
export const isFile = ({ url, bare }: Pick<Video, 'url' | 'bare'>): boolean =>
	!bare || kindOfUrl(url) === 'video';

const mostVideos = 100; // of one transcript; real ones have one or two

/** Adds what a link leads to, as far as its path says what that is. */
export function addUrl(
	facts: Facts,
	source: string,
	label: 'labelled' | 'download' | 'bare',
	isAlone = false,
): Facts {
	const url = cleanUrl(source);
	const named = readNames(facts, url);
	const kind = kindOfUrl(url);
	if (url === '' || kind === 'page' || kind === 'torn') return named;
	if (kind === 'image') return label === 'bare' ? addPoster(named, url) : named;
	if (kind === 'gif') return addGif(named, url);
	if (label === 'download' || isDownloadTwin(url)) return addDownload(named, url);
	if (label === 'bare' && facts.inThought) return readLooseUrls(named, [url]);
	return addVideo(named, url, label, isAlone);
}

export function addVideo(
	facts: Facts,
	url: string,
	label: 'labelled' | 'bare',
	isAlone = false,
): Facts {
	const known = facts.videos.find((video) => video.url === url || video.downloadUrl === url);
	// Some relays show a link first and say later what it is.
	if (known?.bare === true && label === 'labelled') {
		const { posterUrl, gifUrl, group, inPreview } = facts;
		const labelled = {
			...known,
			posterUrl: known.posterUrl || posterUrl,
			gifUrl: known.gifUrl || gifUrl,
			group,
			preview: inPreview,
			bare: false,
		};
		const others = facts.videos.filter((video) => video !== known);
		return { ...facts, posterUrl: '', gifUrl: '', videos: [...others, labelled] };
	}
	if (known !== undefined || facts.videos.length >= mostVideos) return facts;
	const video: Video = {
		url,
		downloadUrl: '',
		posterUrl: facts.posterUrl,
		gifUrl: facts.gifUrl,
		group: facts.group,
		preview: facts.inPreview,
		bare: label === 'bare',
		alone: isAlone,
	};
	return { ...facts, posterUrl: '', gifUrl: '', videos: [...facts.videos, video] };
}

/** A download link is the twin of the link before it, or, alone, the video itself. */
export function addDownload(facts: Facts, url: string): Facts {
	const last = facts.videos.at(-1);
	const twin = last?.group === facts.group && last.downloadUrl === '' && isFile(last);
	if (!twin || last.url === url) return addVideo(facts, url, 'labelled');
	return { ...facts, videos: [...facts.videos.slice(0, -1), { ...last, downloadUrl: url }] };
}

export function addGif(facts: Facts, url: string): Facts {
	const last = facts.videos.at(-1);
	if (last === undefined) return { ...facts, gifUrl: facts.gifUrl || url };
	return { ...facts, videos: [...facts.videos.slice(0, -1), { ...last, gifUrl: url }] };
}

export const addPoster = (facts: Facts, url: string): Facts =>
	kindOfUrl(url) === 'gif' ? addGif(facts, url) : { ...facts, posterUrl: facts.posterUrl || url };

/** Links that a relay sends outside its text, without a word of what they are. */
export const readLooseUrls = (facts: Facts, urls: readonly string[]): Facts => ({
	...facts,
	looseUrls: addUrls(facts.looseUrls, urls),
});

export const addUrls = (known: readonly string[], urls: readonly string[]): readonly string[] =>
	[...new Set([...known, ...urls])].slice(0, mostVideos);
