import { kindOfUrl } from './urls';

/** A labelled video, or a URL that by its extension is one. */
export const isFile = ({ url, bare }: { url: string; bare: boolean }): boolean =>
	!bare || kindOfUrl(url) === 'video';
