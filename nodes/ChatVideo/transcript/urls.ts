/** A task's page: `/web/{id}` shows it, `/source/{id}` is its data. Neither is ever the video. */
export interface TaskPage {
	kind: 'preview' | 'source';
	id: string;
}

const page = /^(?:https?:\/\/[^/?#]+)?\/(web|source)\/([^/?#\s]+)\/?(?=[?#]|$)/i;

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

/** How addresses end that give a file out. */
const delivered = /\/(?:content|raw|download|file|stream|play)\/?$/i;

/**
 * What a link leads to, as far as its path says. A page is no file, and neither is what two links
 * became that were torn into each other.
 */
export type UrlKind = 'video' | 'image' | 'gif' | 'page' | 'torn' | 'unknown';

const extensions: ReadonlyArray<readonly [UrlKind, RegExp]> = [
	['video', /\.(?:mp4|m4v|mov|webm|mkv|avi|m3u8)$/i],
	['gif', /\.gif$/i],
	['image', /\.(?:webp|png|jpe?g|avif|bmp|svg)$/i],
	['page', /\.(?:html?|php|aspx?|md|pdf|json|txt|srt|zip|mp3|m4a|wav|ogg|flac)$/i],
];

/** What people read: the site itself, and what its pages are called. */
const readable =
	/^(?:https?:\/\/)?[^/?#]*(?:\/(?:[a-z]{2}(?:[-_][a-z]{2})?\/)?)?$|\/(?:help|docs?|faq|support|terms|privacy|policy|pricing|plans?|login|sign-?(?:in|up)|register|accounts?|profile|settings|dashboard|console|progress|status|history|about|contact|blog|news|admin|panel|topup|top-up|recharge|billing|usage|logs?|tutorials?|guides?|rules|ai-tool|explore|gallery|community|discord|invite|embed|player|watch|share|tasks?|jobs?|queue|track)(?=[/?#]|$)/i;

/** Sites whose addresses are pages, but for their files. */
const sites =
	/^https?:\/\/(?:www\.|m\.)?(?:youtube\.com|youtu\.be|vimeo\.com|bilibili\.com|b23\.tv|tiktok\.com|douyin\.com|pexels\.com|pixabay\.com|grok\.com|jimeng\.jianying\.com|github\.com|discord\.gg|t\.me|x\.com|twitter\.com)\//i;

/** What the path says the file is; result URLs often say nothing at all. */
export function kindOfUrl(url: string): UrlKind {
	if (isTorn(url)) return 'torn';
	if (page.test(url) || sharePage.test(url)) return 'page';
	const path = url.replace(/[?#].*$/s, '');
	const kind = extensions.find(([, pattern]) => pattern.test(path))?.[0];
	if (kind !== undefined) return kind;
	return sites.test(url) || (readable.test(path) && !(delivered.test(path) && namesOneFile(path)))
		? 'page'
		: 'unknown';
}

/** A second scheme is whole only as a value of the query. */
const isTorn = (url: string): boolean => /(?<!=)https?:\/\//i.test(url.slice(1));

/** Whether a link without an extension has what names one file among many. */
export const namesOneFile = (url: string): boolean =>
	/\d|[\w-]{16}/.test(url.replace(/^https?:\/\/[^/?#]*/i, ''));

const characters: Readonly<Record<string, string>> = {
	amp: '&',
	quot: '"',
	apos: "'",
	lt: '<',
	gt: '>',
};

/** Undoes HTML's escapes, which stand for one printable character each; nothing else is touched. */
export const withoutEscapes = (url: string): string =>
	url.replace(
		/&(?:(amp|quot|apos|lt|gt)|#(\d{1,5})|#x([0-9a-f]{1,4}));/gi,
		(escape, name?: string, decimal?: string, hex?: string) => {
			const code = decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal);
			const one = name === undefined ? String.fromCharCode(code) : characters[name.toLowerCase()];
			return one !== undefined && /^[!-~]$/.test(one) ? one : escape;
		},
	);

/** A link as it was meant; one without a scheme has the relay's. */
export const cleanUrl = (url: string): string =>
	withoutEscapes(url).replace(/^\/\/(?=[^/])/, 'https://');

/** Whether a link leads to the web: `http(s)`, or the relay's own files. */
export const isWebAddress = (url: string): boolean => /^(?:https?:\/\/|\/)[^\s<>]+$/i.test(url);

/** The relay's own address for a link that has none; `base` is any address of the relay. */
export const absoluteUrl = (url: string, base: string): string =>
	url.startsWith('/') && URL.canParse(base) ? new URL(base).origin + url : url;

const namedTask =
	/\/(?:tasks?|jobs?|videos|generations|status|progress|query|track)\/((?:task|video|job|vid|gen|cgt)[_-][\w-]{6,100}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=[/?#]|$)|\/(?:tasks?|jobs?)\/((?=[\w:-]{0,100}\d)(?:[a-z]{1,20}[-_:]){0,2}(?:\d{8,40}|[\da-f-]{12,64})[\w-]{0,40})\/?(?=[?#]|$)|(?:[?&](?:task|job)_?id=|\/(?:tasks?|jobs?|query|status|progress|generations?)\/?\?(?:[^#\s]{0,200}&)?id=)((?:[\w:.-]|%3A){5,200})/i;

/** The task that a link names by what it calls its parts. */
export function parseTaskIdOf(url: string): string | undefined {
	const [, known, inPath, inQuery] = namedTask.exec(url) ?? [];
	return known ?? inPath ?? (inQuery === undefined ? undefined : decodeId(inQuery));
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

/** A path on the relay's own disk is no address of it. */
export const isOwnPath = (path: string): boolean =>
	/^\/(?:app|dev|etc|home|mnt|opt|root|usr|var|users|workspace)\//i.test(path);

/** Where the relay keeps files of its own. */
export const isOwnFile = (path: string): boolean =>
	(kindOfUrl(path) === 'video' && !isOwnPath(path)) ||
	/^\/(?:[\w-]+\/){0,4}(?:files?|videos?|images?|media|content|download|uploads?|tmp|cache|assets|static)(?:[/?]|$)/i.test(
		path,
	);
