import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { breakOff } from './breakOff';
import type { MediaBehaviour, MediaKind } from './mediaBehaviour';
import { mediaFolder } from './mediaFolder';
import { pause } from './pause';
import type { Scene } from './scene';
import { write, type Sender } from './write';

/** One file that the relay serves. */
export interface Medium {
	/** Path of its URL. */
	path: string;
	kind: MediaKind;
	orientation: Scene['orientation'];
	behaviour: MediaBehaviour;
	/** How often it was asked for. */
	fetched?: number;
}

const contentTypes: Record<MediaKind, string> = {
	video: 'video/mp4',
	download: 'video/mp4',
	poster: 'image/webp',
	gif: 'image/gif',
};

const fileNames: Record<MediaKind, (orientation: Scene['orientation']) => string> = {
	video: (orientation) => `${orientation}.mp4`,
	download: (orientation) => `${orientation}.mp4`,
	poster: () => 'poster.webp',
	gif: () => 'preview.gif',
};

const loaded = new Map<string, Buffer>();

/** The bytes of a file, read once. */
export function mediaBytes(
	kind: MediaKind,
	orientation: Scene['orientation'] = 'portrait',
): Buffer {
	const name = fileNames[kind](orientation);
	const bytes = loaded.get(name) ?? readFileSync(path.join(mediaFolder(), name));
	loaded.set(name, bytes);
	return bytes;
}

const page =
	'<!DOCTYPE html>\n<html><head><title>Link expired</title></head><body>This link has expired.</body></html>\n';

const answers = {
	html: { status: 200, contentType: 'text/html; charset=utf-8', body: page },
	notFound: { status: 404, contentType: 'application/json', body: '{"error":"not found"}' },
	forbidden: {
		status: 403,
		contentType: 'application/xml',
		body: '<?xml version="1.0" encoding="utf-8"?><Error><Code>AuthenticationFailed</Code></Error>',
	},
};

const zeros = Buffer.alloc(64 * 1024);

/** The bytes from `from` on, no more than `length`: the file first, zeros for what it is too small for. */
const slice = (file: Buffer, from: number, length: number): Buffer =>
	from < file.length
		? file.subarray(from, Math.min(file.length, from + length))
		: zeros.subarray(0, Math.min(zeros.length, length));

const serve = async (sender: Sender, medium: Medium, head: boolean): Promise<void> => {
	const { response, signal } = sender;
	const { behaviour, kind } = medium;
	const file = mediaBytes(kind, medium.orientation);
	const size = behaviour.size ?? file.length;
	response.writeHead(200, {
		'content-type': behaviour.contentType ?? contentTypes[kind],
		...(behaviour.withoutLength ? {} : { 'content-length': size }),
	});
	if (head) {
		response.end();
		return;
	}

	const cut = behaviour.cutAt ?? Infinity;
	const silence = behaviour.silentAt ?? Infinity;
	const last = Math.min(cut, silence, size);
	const piece = behaviour.piece ?? zeros.length;
	for (let offset = 0; offset < last;) {
		const bytes = slice(file, offset, Math.min(piece, last - offset));
		if (!(await write(sender, bytes))) return;
		offset += bytes.length;
		if (behaviour.pace && !(await pause(behaviour.pace, signal))) return;
	}

	if (last === cut) {
		await breakOff(sender, { by: 'reset' });
		return;
	}
	if (last === silence) {
		response.flushHeaders();
		await pause(Infinity, signal);
		return;
	}
	response.end();
};

const redirect = (response: ServerResponse, url: URL, medium: Medium, hop: number) => {
	const origin = hop === 0 ? (medium.behaviour.redirectTo ?? '') : '';
	response.writeHead(302, { location: `${origin}${url.pathname}?hop=${hop + 1}` });
	response.end();
};

/** Answers for one file. */
export async function sendMedium(
	sender: Sender,
	medium: Medium,
	request: { url: URL; method: string },
): Promise<void> {
	const { response, signal } = sender;
	const { redirects = 0, fetches = Infinity } = medium.behaviour;
	medium.fetched = (medium.fetched ?? 0) + 1;
	const { answer = medium.fetched > fetches ? 'forbidden' : 'file' } = medium.behaviour;
	const hop = Number(request.url.searchParams.get('hop') ?? 0);

	if (hop < redirects) return redirect(response, request.url, medium, hop);
	if (answer === 'reset') return await breakOff(sender, { by: 'reset' });
	if (answer === 'silent') return void (await pause(Infinity, signal));
	if (answer === 'file') return await serve(sender, medium, request.method === 'HEAD');

	const { status, contentType, body } = answers[answer];
	response.writeHead(status, { 'content-type': contentType }).end(body);
}

/** The files of one turn. */
export function mediaOf(
	scene: Scene,
	behaviours: { each: Partial<Record<MediaKind, MediaBehaviour>> } | MediaBehaviour = {},
): Medium[] {
	const behaviour = (kind: MediaKind) =>
		'each' in behaviours ? (behaviours.each[kind] ?? {}) : behaviours;
	const files: Array<[MediaKind, string]> = [
		['video', scene.urls.video],
		['video', scene.urls.preview],
		['download', scene.urls.download],
		['poster', scene.urls.poster],
		['gif', scene.urls.gif],
	];
	return files.map(([kind, url]) => ({
		path: new URL(url).pathname,
		kind,
		orientation: scene.orientation,
		behaviour: behaviour(kind),
	}));
}
