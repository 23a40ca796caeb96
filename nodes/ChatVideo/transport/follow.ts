import { ChatError } from '../chat/errors';
import { refusedByPolicy } from './connection';
import type { HttpAnswer, HttpClient, HttpRequest } from './httpClient';
import { send } from './send';
import { untilAborted } from './untilAborted';
import type { Deadline } from './deadline';

/** What n8n's policy says about an address. */
export type Allows = (url: string) => Promise<boolean>;

/** The answer at the end of all redirects, and where it came from. */
export interface FinalAnswer extends HttpAnswer {
	url: string;
}

const ahead = 1024 * 1024; // bytes read while earlier ones are stored; storing by 64 KiB is slow

const mostRedirects = 5; // result links go through one or two hosts; more is a circle

/** Nothing else goes to a file's host by itself: neither the key nor the headers of the options. */
const ownHeaders = {
	accept: '*/*',
	'accept-encoding': 'identity',
	'user-agent': 'n8n-nodes-chat-video',
};

/**
 * Gets a link, wherever it leads. Every hop is checked before it is asked: a redirect must not get
 * to an address that the link itself could not have had.
 *
 * @param first headers for the link itself; no redirect gets them, wherever it leads
 * @throws {ChatError} when there is no answer, or none may be asked for
 */
export async function follow(
	client: HttpClient,
	link: string,
	first: HttpRequest['headers'],
	allows: Allows,
	deadline: Deadline,
): Promise<FinalAnswer> {
	const { signal } = deadline;
	let url = link;
	let headers: typeof first = { ...ownHeaders, ...first };
	for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
		if (!isWeb(url)) throw leadsElsewhere(url);
		if (!(await untilAborted(allows(url), signal))) throw refusedByPolicy(url);
		const answer = await send(client, { url, method: 'GET', headers, signal, readAhead: ahead });
		deadline.touch();
		if (!isRedirect(answer.statusCode)) return { ...answer, url };
		answer.body.destroy();
		url = resolve(String(answer.headers.location ?? ''), url);
		headers = ownHeaders;
	}
	throw new ChatError('download', `The link was redirected more than ${mostRedirects} times`, {
		billing: 'none',
	});
}

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

const isWeb = (url: string): boolean =>
	URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

function leadsElsewhere(url: string): ChatError {
	const shown = url.slice(0, 200) || 'nowhere';
	return new ChatError('unsafeUrl', `The link leads to ${shown}, not to an http(s) address`, {
		billing: 'none',
	});
}

/** A whole address, or a path on the same host, stays as it is written: it may be signed. */
function resolve(location: string, from: string): string {
	if (/^https?:\/\//i.test(location)) return location;
	if (/^\/(?![/\\])/.test(location)) return new URL(from).origin + location;
	return location !== '' && URL.canParse(location, from) ? new URL(location, from).href : location;
}
