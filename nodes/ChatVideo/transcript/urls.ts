/** A task's page: `/web/{id}` shows it, `/source/{id}` is its data. Neither is ever the video. */
export interface TaskPage {
	kind: 'preview' | 'source';
	id: string;
}

const page = /^https?:\/\/[^/?#]+\/(web|source)\/([^/?#\s]+)\/?(?=[?#]|$)/i;

/** The task that a link names by its path, on whatever host; `undefined` for any other link. */
export function parseTaskPage(url: string): TaskPage | undefined {
	const [, kind, id] = page.exec(url) ?? [];
	if (kind === undefined || id === undefined) return undefined;
	return { kind: kind.toLowerCase() === 'web' ? 'preview' : 'source', id: decodeId(id) };
}

/** `https://host/p/s_…` is where a video was shared: it names its sid, but is not its file. */
const sharePage = /^https?:\/\/[^/?#]+\/p\/(s_\w+)/i;

/** A sid that stands in a URL, as the file's name or as the page it was shared on. */
export function parseSidOf(url: string): string | undefined {
	return sharePage.exec(url)?.[1] ?? /\/(s_[0-9a-f]{16,64})(?=[./?#]|$)/i.exec(url)?.[1];
}

/** What a link leads to, as far as its path says. A page is no file. */
export type UrlKind = 'video' | 'image' | 'gif' | 'page' | 'unknown';

const extensions: ReadonlyArray<readonly [UrlKind, RegExp]> = [
	['video', /\.(?:mp4|m4v|mov|webm|mkv|avi|m3u8)$/i],
	['gif', /\.gif$/i],
	['image', /\.(?:webp|png|jpe?g|avif|bmp|svg)$/i],
	['page', /\.(?:html?|php|aspx?|md|pdf)$/i],
];

/** What the path says the file is; result URLs often say nothing at all. */
export function kindOfUrl(url: string): UrlKind {
	if (page.test(url) || sharePage.test(url)) return 'page';
	const path = url.replace(/[?#].*$/s, '');
	return extensions.find(([, pattern]) => pattern.test(path))?.[0] ?? 'unknown';
}

/** The twin of a file that a browser saves instead of playing it. */
export const isDownloadTwin = (url: string): boolean =>
	/^https?:\/\/[^/]+\/cdn\/download\//i.test(url);

function decodeId(id: string): string {
	try {
		return decodeURIComponent(id);
	} catch {
		return id;
	}
}
