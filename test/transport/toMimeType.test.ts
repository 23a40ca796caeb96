import { toExtension, toMimeType } from '../../nodes/ChatVideo/transport/toMimeType';
import { mediaBytes } from '../relay/media';

const mp4 = mediaBytes('video').subarray(0, 16);
const webp = mediaBytes('poster').subarray(0, 16);
const quicktime = Buffer.from('\0\0\0\x14ftypqt  \0\0\0\0', 'latin1');
const webm = Buffer.from('1a45dfa39f4286810142f7810142f281', 'hex');
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const avif = Buffer.from('\0\0\0\x20ftypavif\0\0\0\0', 'latin1');
const html = Buffer.from('\n<!DOCTYPE html>');
const other = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
const json = Buffer.from('{"error": "gone"}');

describe('the type of a file', () => {
	it.each([
		['is what the server says', 'video', 'video/webm', mp4, 'video/webm'],
		['is read without parameters and case', 'video', 'Video/MP4; codecs="avc1"', mp4, 'video/mp4'],
		['is known by an mp4', 'video', 'application/octet-stream', mp4, 'video/mp4'],
		['is known by a QuickTime file', 'video', 'binary/octet-stream', quicktime, 'video/quicktime'],
		['is known by a webm', 'video', '', webm, 'video/webm'],
		['is known by a webp', 'image', '', webp, 'image/webp'],
		['is known by a png', 'image', 'application/octet-stream', png, 'image/png'],
		['is known where the header is wrong', 'video', 'text/plain', mp4, 'video/mp4'],
		['is no video for a page', 'video', 'text/html', html, undefined],
		['is no video for a page that says it is one', 'video', 'video/mp4', html, undefined],
		['is no video for JSON that says it is one', 'video', 'video/mp4', json, undefined],
		['is no video for an image', 'video', 'image/webp', webp, undefined],
		['is no video for an image in the same container', 'video', '', avif, undefined],
		['is no image for a video', 'image', 'video/mp4', mp4, undefined],
		[
			'is a video for unknown bytes of a storage',
			'video',
			'application/octet-stream',
			other,
			'video/mp4',
		],
		['is a video for unknown bytes without a type', 'video', '', other, 'video/mp4'],
		['is no video for unknown bytes of another type', 'video', 'application/pdf', other, undefined],
		['is no video for words', 'video', '', Buffer.from('The link has expired'), undefined],
		['is no video for a document', 'video', '', Buffer.from('%PDF-1.7\n%\xe2'), undefined],
		['is no image for unknown bytes', 'image', '', other, undefined],
		['is no video for a page without a type', 'video', '', html, undefined],
		['is no video for an empty file', 'video', 'video/mp4', Buffer.of(), undefined],
		['is not what looks like a path', 'video', 'video/../../etc', webm, 'video/webm'],
	] as const)('%s', (_, kind, contentType, head, expected) => {
		expect(toMimeType(kind, contentType, head)).toBe(expected);
	});

	it.each([
		['video/mp4', 'mp4'],
		['video/webm', 'webm'],
		['video/quicktime', 'mov'],
		['video/x-matroska', 'mkv'],
		['image/webp', 'webp'],
		['image/png', 'png'],
		['image/jpeg', 'jpg'],
		['video/constructor', 'constructor'],
	])('%s ends in %s', (mimeType, expected) => {
		expect(toExtension(mimeType)).toBe(expected);
	});
});
