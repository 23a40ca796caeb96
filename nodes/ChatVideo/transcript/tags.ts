import { isAttached } from '../chat/attachments';
import { attributesOf } from './attributesOf';
import type { Facts } from './facts';
import { lineWords } from './lineWords';
import { nameVideo } from './taskNames';
import { cleanUrl, isWebAddress, kindOfUrl } from './urls';
import { addPoster, addUrl, readLooseUrls } from './videos';

/** What a tag says by its attributes. */
export function readTag(facts: Facts, tag: string): Facts {
	const { name, alt = '', mediaId = '', ...addresses } = attributesOf(tag);
	const [src, href, poster] = [
		toAddress(addresses.src ?? addresses.data),
		toAddress(addresses.href),
		toAddress(addresses.poster),
	];
	if (name.startsWith('think')) return { ...facts, inThought: true };
	if (name === 'a') return { ...addUrl(facts, href, 'bare', true), anchorUrl: href };
	if (name === 'img') return readPicture(facts, src, alt);
	const named = mediaId === '' ? facts : nameVideo(facts, mediaId);
	const shown = poster === '' ? named : addPoster(named, cleanUrl(poster));
	if (isFrame(name))
		return src === '' ? shown : readLooseUrls(addUrl(shown, src, 'bare', true), [src]);
	const read = src === '' ? shown : addUrl(shown, src, 'labelled');
	return { ...read, inVideo: true };
}

/** What shows a file or a player's page alike. */
const isFrame = (name: string): boolean => /^(?:iframe|embed|object)$/.test(name);

/** An attribute may hold anything: what does not lead to the web is no address. */
const toAddress = (value = ''): string =>
	isAttached(value) || isWebAddress(cleanUrl(value)) ? value : '';

/** A picture that links to a video shows it. */
export function readPicture(facts: Facts, src: string, alt: string): Facts {
	const { anchorUrl } = facts;
	const leads = kindOfUrl(anchorUrl) === 'video' || lineWords.ofVideo.test(alt);
	const shown = src === '' ? facts : readPoster(facts, src);
	return anchorUrl === '' || !leads ? shown : addUrl(shown, anchorUrl, 'labelled');
}

export const readPoster = (facts: Facts, url: string): Facts =>
	kindOfUrl(url) === 'video' ? addUrl(facts, url, 'labelled') : addPoster(facts, cleanUrl(url));
