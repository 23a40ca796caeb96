import { ChatError } from '../../chat/errors';
import { isRecord } from '../../chat/json';
import type { ClientOptions, HttpAnswer, HttpClient, HttpRequest, Readable } from '../httpClient';
import { requestTarget } from '../requestTarget';
import { Unsent } from '../send';
import { isUnsent } from './isUnsent';
import { readAhead } from './readAhead';

/** n8n's `helpers.httpRequest`. */
export type RequestHelper = (request: ReturnType<typeof toHelperRequest>) => Promise<HelperAnswer>;

interface HelperAnswer extends Pick<HttpAnswer, 'statusCode' | 'headers'> {
	body: Readable;
}

/** The class of the streams n8n answers with; n8n Cloud lets no node load it from its module. */
interface StreamClass {
	from(pieces: AsyncIterable<Uint8Array>, options: { highWaterMark: number }): Readable;
}

const streamAhead = 1024 * 1024; // bytes; a whole transcript has a few KB

/**
 * n8n's own client: its proxies, its policy, its certificates, a connection for each request. What
 * happens on that connection is not seen, so a request counts as sent as soon as n8n has it; only
 * a failure that comes before the first byte takes that back.
 */
export function createClient({
	ignoreSslIssues,
	request,
}: Pick<ClientOptions, 'ignoreSslIssues' | 'request'>): HttpClient {
	const closed = new AbortController();
	let streams: StreamClass | undefined;
	return {
		async send(wanted, onSent) {
			const stop = AbortSignal.any([wanted.signal, closed.signal]);
			stop.throwIfAborted();
			onSent();
			const ended = new AbortController();
			const answered = request(toHelperRequest(wanted, ignoreSslIssues, ended.signal));
			const answer = await orStopped(answered, stop, ended);
			streams = answer.body.constructor as unknown as StreamClass;
			return toAnswer(wanted, answer);
		},
		toStream(pieces) {
			if (streams === undefined) throw new Error('No answer came that could be a file');
			return streams.from(pieces, { highWaterMark: 0 });
		},
		close: () => closed.abort(),
	};
}

const toHelperRequest = (
	{ url, method, headers, body }: HttpRequest,
	skipSslCertificateValidation: boolean,
	abortSignal: AbortSignal,
) =>
	({
		url,
		method,
		headers: { ...headers },
		...(body !== undefined && { body }),
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: 0, // none: n8n's own ends a queue that is silent for 300 s, and a `Deadline` keeps time
		skipSslCertificateValidation,
		abortSignal,
	}) as const;

/** The answer, whose body ends with the reason of the stop; n8n's client says "canceled" alone. */
function orStopped(
	answered: Promise<HelperAnswer>,
	stop: AbortSignal,
	ended: AbortController,
): Promise<HelperAnswer> {
	return new Promise((resolve, reject) => {
		let body: Readable | undefined;
		const onStop = (): void => {
			body?.destroy(stop.reason as Error);
			ended.abort();
			reject(stop.reason);
		};
		stop.addEventListener('abort', onStop, { once: true });
		answered.then(
			(answer) => {
				({ body } = answer);
				// A body that is given up says so by an error, which nobody needs to hear.
				body.on('error', () => {});
				body.once('close', () => {
					stop.removeEventListener('abort', onStop);
					// A body that is given up unread leaves its connection open.
					ended.abort();
				});
				if (stop.aborted) body.destroy();
				resolve(answer);
			},
			(thrown: unknown) => {
				stop.removeEventListener('abort', onStop);
				const cause = withoutRequest(thrown);
				reject(isUnsent(cause) ? new Unsent(cause) : cause);
			},
		);
	});
}

/** The errors of n8n's client hold the request, and with it the key; what they come from does not. */
function withoutRequest(thrown: unknown): unknown {
	if (!isRecord(thrown) || !('config' in thrown)) return thrown;
	const { cause, code, message } = thrown;
	return cause ?? Object.assign(new Error(String(message)), { code });
}

function toAnswer(
	{ url, readAhead: ahead }: HttpRequest,
	{ statusCode, headers, body }: HelperAnswer,
): HttpAnswer {
	if (ahead !== undefined && [400, 401, 403, 404].includes(statusCode) && isRewritten(url)) {
		body.destroy();
		throw rewritten(statusCode);
	}
	return { statusCode, headers, body: readAhead(body, ahead ?? streamAhead) };
}

/** Whether n8n's client asks for another spelling of an address than the one that is written. */
function isRewritten(url: string): boolean {
	const { pathname, search } = new URL(url);
	return requestTarget(url).path !== pathname + search;
}

const rewritten = (status: number): ChatError =>
	new ChatError(
		'download',
		`The server answered ${status}: the link has characters that n8n encodes, and a signed link holds for one spelling only`,
		{ billing: 'none' },
	);
