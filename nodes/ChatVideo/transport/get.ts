import { inUtf8 } from './inUtf8';
import type { HttpClient } from './httpClient';
import { readText } from './readText';
import type { Deadline } from './deadline';
import { send } from './send';

/**
 * Gets a short text, whatever its status. Redirects are not followed.
 *
 * @throws when there is no whole answer
 */
export async function get(
	client: HttpClient,
	url: string,
	headers: Readonly<Record<string, string>>,
	deadline: Deadline,
): Promise<{ status: number; body: string }> {
	const answer = await send(client, { url, method: 'GET', headers, signal: deadline.signal });
	return { status: answer.statusCode, body: await readText(inUtf8(answer), deadline) };
}
