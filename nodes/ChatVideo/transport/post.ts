import { headerTasks, type Headers } from '../chat/headerTasks';
import { toRefusal } from '../chat/refusal';
import { toBreak } from './connection';
import { inUtf8 } from './inUtf8';
import type { HttpAnswer, HttpClient, HttpRequest } from './httpClient';
import { readText } from './readText';
import { send } from './send';
import { untilBreak } from './untilBreak';
import { within } from './within';
import type { Deadline } from './deadline';

/** A request whose answer is a stream. */
export type PostRequest = Required<Pick<HttpRequest, 'url' | 'headers' | 'body'>>;

/** The bytes of an answer. */
export interface PostAnswer extends AsyncIterable<Uint8Array> {
	/** Tasks that its headers name, the request's own among them; some come after the body. */
	namedTasks(): readonly string[];
}

/**
 * Posts once and gives the answer's bytes. It is never sent again from here: who posts decides.
 *
 * @throws {ChatError} when there is no 2xx answer, with what that may have cost
 */
export async function post(
	client: HttpClient,
	{ url, headers, body }: PostRequest,
	deadline: Deadline,
): Promise<PostAnswer> {
	let sentAt = Date.now();
	const request = { url, method: 'POST', headers, body, signal: deadline.signal } as const;
	const answer = await send(client, request, () => {
		sentAt = Date.now();
	});
	const elapsed = Date.now() - sentAt;
	deadline.touch();
	if (answer.statusCode < 200 || answer.statusCode > 299) {
		throw toRefusal({
			status: answer.statusCode,
			headers: headersOf(answer),
			body: await readText(untilBreak(inUtf8(answer), ignore), deadline),
			elapsed,
			by: answer.by,
			sent: body,
		});
	}
	const namedTasks = (): readonly string[] => headerTasks(headersOf(answer));
	return Object.assign(watched(answer, deadline), { namedTasks });
}

/** Those before the body and, once it has ended, those after it. */
const headersOf = ({ headers, trailers }: HttpAnswer): Headers => ({ ...headers, ...trailers });

/** A refusal is one by its status, which came before Stop or a timeout could end its body. */
const ignore = (): void => {};

const afterBody = 250; // ms; headers after a body leave when it is done, in a packet of their own

/**
 * Notes every piece with the deadline, and ends where silence was expected to be the end. Where
 * headers are announced that come after the body, they are waited for, though it is not read to its end.
 */
async function* watched(
	answer: HttpAnswer,
	deadline: Deadline,
): AsyncGenerator<Uint8Array, void, undefined> {
	const body = inUtf8(answer);
	try {
		for (;;) {
			const { done, value } = await body.next();
			if (done === true) return;
			deadline.touch();
			yield value;
		}
	} catch (cause) {
		if (deadline.hasEnded()) return;
		throw toBreak(cause);
	} finally {
		if (answer.headers.trailer !== undefined) {
			await within(drain(body), afterBody);
			answer.body.destroy(); // a piece may be waited for still
		}
		await body.return();
	}
}

async function drain(body: AsyncIterator<Uint8Array>): Promise<void> {
	while ((await body.next().catch(ignore))?.done === false);
}
