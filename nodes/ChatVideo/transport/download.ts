import { ChatError } from '../chat/errors';
import { signatureLength, toMimeType, type FileKind } from './toMimeType';
import { follow, type Allows, type FinalAnswer } from './follow';
import type { Deadline } from './deadline';
import type { HttpClient, Readable } from './httpClient';
import { readHead } from './readHead';
import { authorize, type ServiceKey } from './serviceKey';

export interface DownloadRequest {
	url: string;
	kind: FileKind;
	/** Bytes it may have. */
	largest: number;
	allows: Allows;
	/** Whose endpoints are asked with the key. */
	service?: ServiceKey | undefined;
}

/** A file that is on its way. */
export interface Download {
	mimeType: string;
	/** Flows as fast as it is read. Where it ends early, its error is a `ChatError` that says why. */
	stream: Readable;
	/** Bytes that came so far. */
	readonly received: number;
	/** Ends the connection, whether or not all was read. */
	close(): void;
}

/**
 * Starts to download a file; what it is and how large it says it is are known before any of it is
 * given on.
 *
 * @throws {ChatError} when there is no such file
 */
export async function download(
	client: HttpClient,
	{ url, kind, largest, allows, service }: DownloadRequest,
	deadline: Deadline,
): Promise<Download> {
	const answer = await follow(client, url, authorize(url, service), allows, deadline);
	let received = 0;
	async function* pieces(): AsyncGenerator<Uint8Array, void, undefined> {
		try {
			for await (const piece of answer.body) {
				deadline.touch();
				received += piece.length;
				if (received > largest) throw tooLarge(largest);
				yield piece;
			}
		} catch (cause) {
			throw toBrokenDownload(answer.url, cause);
		}
	}
	try {
		checkAnswer(answer, largest);
		const { head, whole, broken } = await readHead(
			pieces(),
			(read) => read.length >= signatureLength,
		);
		if (broken !== undefined) throw broken.cause;
		const mimeType = toMimeType(kind, String(answer.headers['content-type'] ?? ''), head);
		if (mimeType === undefined) throw notOfKind(kind, answer, head);
		const stream = client.toStream(whole);
		// Who reads it hears of its errors; when nobody does any more, they must not end the process.
		stream.on('error', () => {});
		return {
			mimeType,
			stream,
			get received() {
				return received;
			},
			close() {
				answer.body.destroy();
				stream.destroy();
			},
		};
	} catch (cause) {
		throw abandon(answer, cause);
	}
}

/** Ends the connection of a file that is not wanted any more. */
function abandon({ body }: FinalAnswer, cause: unknown): unknown {
	body.destroy();
	return cause;
}

function checkAnswer({ statusCode, headers }: FinalAnswer, largest: number): void {
	if (statusCode !== 200) {
		const guess = [401, 403, 404, 410].includes(statusCode) ? ': the link may have expired' : '';
		throw failed(`The server answered ${statusCode}${guess}`);
	}
	const coding = String(headers['content-encoding'] ?? 'identity');
	if (coding !== 'identity') throw failed(`The server sent the file compressed (${coding})`);
	const length = Number(headers['content-length']);
	if (length > largest) throw tooLarge(largest, length);
}

const failed = (message: string, cause?: unknown): ChatError =>
	new ChatError('download', message, { billing: 'none', cause });

function toBrokenDownload(url: string, cause: unknown): ChatError {
	if (cause instanceof ChatError) return cause;
	return failed(`${new URL(url).host} broke the connection off before the end`, cause);
}

function notOfKind(kind: FileKind, { headers }: FinalAnswer, head: Uint8Array): ChatError {
	const [type = ''] = String(headers['content-type'] ?? '').split(';');
	const found = head.length === 0 ? 'an empty file' : type.trim() || 'a file of unknown type';
	const article = { video: 'a video', image: 'an image' };
	return failed(`The link leads to ${found}, not to ${article[kind]}; it may have expired`);
}

function tooLarge(largest: number, length?: number): ChatError {
	if (length === undefined)
		return failed(`The file is larger than Max Size, ${megabytes(largest)}`);
	return failed(`The file has ${megabytes(length)}, and Max Size is ${megabytes(largest)}`);
}

const megabytes = (bytes: number): string => `${Number((bytes / 1024 ** 2).toFixed(2))} MB`;
