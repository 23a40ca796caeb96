import { toConnectionError } from './connection';
import { inUtf8 } from './inUtf8';
import type { HttpClient } from './httpClient';
import { readText } from './readText';
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
	client: HttpClient,
	url: string,
	headers: Readonly<Record<string, string>>,
	deadline: Deadline,
): Promise<GetAnswer> {
	try {
		const answer = await client.send(
			{ url, method: 'GET', headers, signal: deadline.signal },
			() => {},
		);
		return { status: answer.statusCode, body: await readText(inUtf8(answer), deadline) };
	} catch (cause) {
		throw toConnectionError(cause, url, 'none');
	}
}
