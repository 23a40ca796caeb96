import { ChatError } from '../chat/errors';
import { refusedByPolicy, toConnectionError } from './connection';
import type { HttpAnswer, HttpClient, HttpRequest } from './httpClient';
import { untilAborted } from './untilAborted';
import type { Deadline } from './deadline';

/** What n8n's policy says about an address. */
export type Allows = (url: string) => Promise<boolean>;

type Headers = HttpRequest['headers'];

/** The answer at the end of all redirects, and where it came from. */
export interface FinalAnswer extends HttpAnswer {
	url: string;
}

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
	first: Headers,
	allows: Allows,
	deadline: Deadline,
): Promise<FinalAnswer> {
	let url = link;
	let headers: Headers = { ...ownHeaders, ...first };
	for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
		await check(url, (asked) => untilAborted(allows(asked), deadline.signal));
		const answer = await ask(client, url, headers, deadline);
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

async function check(url: string, allows: Allows): Promise<void> {
	if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
		const shown = url.slice(0, 200) || 'nowhere';
		throw new ChatError('unsafeUrl', `The link leads to ${shown}, not to an http(s) address`, {
			billing: 'none',
		});
	}
	if (!(await allows(url))) throw refusedByPolicy(url);
}

const ahead = 1024 * 1024; // bytes read while earlier ones are stored; storing by 64 KiB is slow

async function ask(
	client: HttpClient,
	url: string,
	headers: Headers,
	deadline: Deadline,
): Promise<HttpAnswer> {
	let sent = false;
	const request = {
		url,
		method: 'GET',
		headers,
		signal: deadline.signal,
		readAhead: ahead,
	} as const;
	try {
		return await client.send(request, () => {
			sent = true;
		});
	} catch (cause) {
		throw toConnectionError(cause, url, sent ? 'possible' : 'none');
	}
}

/** A whole address, or a path on the same host, stays as it is written: it may be signed. */
function resolve(location: string, from: string): string {
	if (/^https?:\/\//i.test(location)) return location;
	if (/^\/(?![/\\])/.test(location)) return new URL(from).origin + location;
	return location !== '' && URL.canParse(location, from) ? new URL(location, from).href : location;
}
