import { toConnectionError } from './connection';
import type { HttpAnswer, HttpClient, HttpRequest } from './httpClient';

/**
 * No byte of the request left, although it was announced: a client that cannot watch its
 * connections learns that from how they fail.
 */
export class Unsent extends Error {
	constructor(cause: unknown) {
		super('The request was not sent', { cause });
	}
}

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
		if (cause instanceof Unsent) throw toConnectionError(cause.cause, request.url, 'none');
		throw toConnectionError(cause, request.url, isSent ? 'possible' : 'none');
	}
}
