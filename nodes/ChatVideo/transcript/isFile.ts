import type { Video } from './facts';
import { kindOfUrl } from './urls';

/** A labelled video, or a URL that by its extension is one. */
export const isFile = ({ url, bare }: Pick<Video, 'url' | 'bare'>): boolean =>
	!bare || kindOfUrl(url) === 'video';
