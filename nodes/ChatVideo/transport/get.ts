import type { Dispatcher } from 'undici';
import { toConnectionError } from './connection';
import { decode } from './decode';
import { send } from './dispatcher';
import { readText } from './readText';
import { target } from './target';
import type { Deadline } from './deadline';

/** A short answer, whatever its status. */
export interface GetAnswer {
	status: number;
	body: string;
}

/**
 * Gets a short text. Redirects are not followed.
 *
 * @throws {ChatError} when there is no whole answer
 */
export async function get(
	dispatcher: Dispatcher,
	url: string,
	headers: Readonly<Record<string, string>>,
	deadline: Deadline,
): Promise<GetAnswer> {
	try {
		const options = { ...target(url), method: 'GET', headers, signal: deadline.signal } as const;
		const answer = await send(dispatcher, options, () => {});
		return { status: answer.statusCode, body: await readText(decode(answer), deadline) };
	} catch (cause) {
		throw toConnectionError(cause, url, 'none');
	}
}
