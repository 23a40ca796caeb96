import { toConnectionError } from './connection';
import type { HttpAnswer, HttpClient, HttpRequest } from './httpClient';

/**
 * Sends a request.
 *
 * @param onSent called before the first byte leaves
 * @throws {ChatError} when no answer came, with what that may have cost: nothing before it left
 */
export async function send(
	client: HttpClient,
	request: HttpRequest,
	onSent = (): void => {},
): Promise<HttpAnswer> {
	let isSent = false;
	try {
		return await client.send(request, () => {
			isSent = true;
			onSent();
		});
	} catch (cause) {
		throw toConnectionError(cause, request.url, isSent ? 'possible' : 'none');
	}
}
