import type { IBinaryData, IBinaryKeyData } from 'n8n-workflow';
import type { AttachedFile } from '../chat/attachments';
import { ChatError, type ErrorKind } from '../chat/errors';
import { messageOf } from '../chat/messageOf';
import { factsOf } from '../call/ledger';
import { redact } from '../call/redact';
import type { Item } from './item';
import type { VideoResult } from '../transcript/result';
import { createDeadline } from '../transport/deadline';
import { untilAborted } from '../transport/untilAborted';
import { signatureLength, toExtension, toMimeType } from '../transport/toMimeType';
import type { ServiceKey } from '../transport/serviceKey';

/** Which files to download, and how. */
export interface DownloadOptions {
	/** The binary field for the video; none when it is not wanted. */
	videoField: string | undefined;
	downloadPoster: boolean;
	/** Bytes a file may have. */
	maxSize: number;
	failOnDownload: boolean;
	/** Milliseconds a file may take. */
	downloadTimeout: number;
	/** Milliseconds without a byte. */
	idleTimeout: number;
	ignoreSslIssues: boolean;
	/** Whose endpoints are asked with the key, which is not shown even where a host prints it. */
	service?: ServiceKey;
}

/** The files of a result: what each must be, and what it is called in a sentence. */
const known = {
	video: { kind: 'video', label: 'file' },
	poster: { kind: 'image', label: 'poster' },
} as const;

type FileName = keyof typeof known;

/** The files that came, by binary field, and why others did not, for the item's JSON. */
interface Files {
	binary: IBinaryKeyData;
	notes: Partial<Record<FileName, { kind: ErrorKind; message: string; url: string }>>;
}

/** The binary field of the poster; a user names the video's only. */
export const posterField = 'poster';

/** A file to put into the item. */
interface WantedFile {
	name: FileName;
	field: string;
	/** An address, or the file itself, which came in the answer; neither where a retry lost it. */
	url: string;
	attachment?: AttachedFile | undefined;
}

/**
 * Downloads the files of a result. What cannot be downloaded becomes a note: the result is paid
 * for, and its links still lead there.
 *
 * @throws {ChatError} for a missing file when that is to fail the item, and when Stop was pressed; with
 * the task and its links
 */
export async function fetchFiles(
	item: Item,
	result: VideoResult,
	options: DownloadOptions,
): Promise<Files> {
	const binary: IBinaryKeyData = {};
	const notes: Files['notes'] = {};
	const paid = factsOf({ state: 'done', result });
	for (const file of toFiles(result, options)) {
		try {
			binary[file.field] = await storeOnce(item, file, result, options);
		} catch (cause) {
			const error = redact(toChatError(cause), options.service?.apiKey ?? '');
			const { kind, message } = error;
			if (kind === 'cancelled') throw error.with(paid);
			if (options.failOnDownload) throw notDownloaded(file, error).with(paid);
			notes[file.name] = { kind, message, url: file.url };
		}
	}
	return { binary, notes };
}

function toFiles(
	{ videoUrl, posterUrl, attachment, status }: VideoResult,
	{ videoField, downloadPoster }: DownloadOptions,
): readonly WantedFile[] {
	const files: WantedFile[] = [];
	if (videoUrl === undefined && status === 'completed') {
		// The only copy, so it is put into the item whether that was asked for or not.
		files.push({ name: 'video', field: videoField ?? 'data', url: '', attachment });
	}
	if (videoUrl !== undefined && videoField !== undefined) {
		files.push({ name: 'video', field: videoField, url: videoUrl });
	}
	if (posterUrl !== undefined && downloadPoster) {
		files.push({ name: 'poster', field: posterField, url: posterUrl });
	}
	return files;
}

async function storeOnce(
	item: Item,
	file: WantedFile,
	result: VideoResult,
	options: DownloadOptions,
): Promise<IBinaryData> {
	const { files, cancel } = item.session;
	const name = toKeptName(item, file, result);
	const store = file.url === '' ? storeAttachment : fetchFile;
	const deadline = createDeadline({ of: 'download', timeout: options.downloadTimeout, cancel });
	const storing = async (): Promise<IBinaryData> => {
		const kept = await files.find(name);
		return kept ?? (await store(item, file, toBaseName(result), options, deadline.signal));
	};
	try {
		// A storage that never answers would hold every item after it.
		const stored = await untilAborted(storing(), deadline.signal);
		files.keep(name, stored);
		return stored;
	} finally {
		deadline.close();
	}
}

/** The same in every try of one call, and of no other: a host may give all videos one address. */
const toKeptName = (
	{ index }: Item,
	{ name, url }: WantedFile,
	{ taskId, startedAt }: VideoResult,
): string => JSON.stringify([index, name, taskId, startedAt, url]);

/** A name no file system minds: ids hold colons on some relays. */
const toBaseName = ({ taskId, sid }: VideoResult): string =>
	(taskId ?? sid ?? 'video').replace(/[^\w.-]+/g, '_').slice(0, 120);

/** Into n8n's storage from memory, where it was decoded as it came. */
async function storeAttachment(
	{ context }: Item,
	{ attachment }: WantedFile,
	baseName: string,
	{ maxSize }: DownloadOptions,
): Promise<IBinaryData> {
	if (attachment === undefined) throw goneWithTry();
	if (attachment.isTooLarge) {
		throw toChatError(`The file in the answer is larger than Max Size, ${maxSize} bytes`);
	}
	const bytes = Buffer.concat(attachment.pieces);
	const mimeType = toMimeType('video', attachment.mimeType, bytes.subarray(0, signatureLength));
	if (mimeType === undefined) throw toChatError('The file in the answer is not a video');
	const fileName = `${baseName}.${toExtension(mimeType)}`;
	const stored = await context.helpers.prepareBinaryData(bytes, fileName, mimeType);
	return { ...stored, bytes: stored.bytes ?? bytes.length };
}

const goneWithTry = (): ChatError =>
	new ChatError(
		'download',
		'The answer had the video itself and no address of it, and n8n kept the file with the earlier try alone',
		{ billing: 'possible' },
	);

/** Straight from the socket into n8n's storage, so that no file is ever in memory as a whole. */
async function fetchFile(
	{ context, session }: Item,
	{ url, name }: WantedFile,
	baseName: string,
	{ maxSize, idleTimeout, ignoreSslIssues, service }: DownloadOptions,
	cancel: AbortSignal,
): Promise<IBinaryData> {
	const { download } = await import('../transport/download');
	const { connections } = session;
	const client = await connections.client(ignoreSslIssues);
	const deadline = createDeadline({ of: 'download', idleTimeout, cancel });
	try {
		const { kind } = known[name];
		const wanted = { url, kind, largest: maxSize, allows: connections.allows, service };
		const file = await download(client, wanted, deadline);
		const fileName = `${baseName}.${toExtension(file.mimeType)}`;
		try {
			const stored = await context.helpers.prepareBinaryData(file.stream, fileName, file.mimeType);
			// Older versions of n8n do not say it, and some nodes want to know.
			return { ...stored, bytes: stored.bytes ?? file.received };
		} catch (cause) {
			// The storage may wrap what the stream ended with, and that says more.
			throw file.stream.errored ?? notStored(cause);
		} finally {
			file.close();
		}
	} finally {
		deadline.close();
	}
}

const notStored = (cause: unknown): ChatError =>
	new ChatError('download', `n8n could not store the file: ${messageOf(cause)}`, {
		billing: 'none',
		cause,
	});

function notDownloaded({ name }: WantedFile, cause: ChatError): ChatError {
	const message = `The video is made, but its ${known[name].label} was not downloaded: ${cause.message}`;
	return new ChatError('download', message, { billing: 'possible', cause });
}

const toChatError = (cause: unknown): ChatError =>
	cause instanceof ChatError
		? cause
		: new ChatError('download', messageOf(cause), { billing: 'none', cause });
