/** What a file must be. */
export type FileKind = 'video' | 'image';

/** How many bytes `toMimeType` wants to see. */
export const signatureLength = 16;

/** How files begin, as Latin-1; the first row that fits wins. */
const signatures: ReadonlyArray<readonly [string, RegExp]> = [
	['image/avif', /^.{4}ftypavi[fs]/s],
	['image/heic', /^.{4}ftyp(?:hei[cx]|mif1)/s],
	['video/quicktime', /^.{4}(?:ftypqt {2}|moov|mdat|wide)/s],
	['video/mp4', /^.{4}ftyp/s],
	['video/webm', /^.E\u00df\u00a3/s],
	['image/webp', /^RIFF.{4}WEBP/s],
	['image/png', /^\u0089PNG/],
	['image/jpeg', /^\u00ff\u00d8\u00ff/],
	['image/gif', /^GIF8/],
];

/** What a server calls a file. */
const declaredType = /^(video|image)\/[\w.+-]+(?=\s*(?:;|$))/;

/** What is known to be something else: documents, archives. */
const others = /^(?:%PDF|PK)/;

/** A page, or a body of JSON or XML: no video and no bitmap begins so, whatever its header says. */
const words = /^(?:\u00ef\u00bb\u00bf)?\s*[<{]/;

/**
 * The type of a file: what its server says, if that is of the kind; else what its first bytes say,
 * as storages serve results as `application/octet-stream`, or without any type. What a storage
 * serves so and nothing is known of is the video that its link promises.
 *
 * @returns `undefined` when it is not of the kind
 */
export function toMimeType(
	kind: FileKind,
	contentType: string,
	head: Uint8Array,
): string | undefined {
	if (head.length === 0) return undefined;
	const start = Buffer.from(head).toString('latin1');
	const type = contentType.trim().toLowerCase();
	const [declared, of] = declaredType.exec(type) ?? [];
	if (of === kind && !words.test(start)) return declared;
	const found = signatures.find(([, pattern]) => pattern.test(start))?.[0];
	if (found !== undefined) return found.startsWith(`${kind}/`) ? found : undefined;
	const isBytes = /^(?:$|(?:application|binary)\/(?:octet-stream|force-download))/.test(type);
	const isText = words.test(start) || others.test(start) || /^[\t\n\r\x20-\x7e]*$/.test(start);
	return kind === 'video' && isBytes && !isText ? 'video/mp4' : undefined;
}

const extensions: ReadonlyMap<string, string> = new Map([
	['jpeg', 'jpg'],
	['matroska', 'mkv'],
	['quicktime', 'mov'],
]);

/** The usual ending of a file of that type, without the dot. */
export function toExtension(mimeType: string): string {
	const subtype = mimeType.replace(/^\w+\/(?:x-)?|\+[^]*$/g, '').replace(/[^a-z0-9]/g, '');
	return extensions.get(subtype) ?? subtype;
}
