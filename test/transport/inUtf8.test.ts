import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { inUtf8 } from '../../nodes/ChatVideo/transport/inUtf8';
import { cut } from '../transcript/pieces';

const message = '{"error":"余额不足"}';
const gbk = Buffer.from('7b226572726f72223a22d3e0b6eeb2bbd7e3227d', 'hex');
const shiftJis = Buffer.from('7b226572726f72223a2290a78cc0227d', 'hex');
const utf16 = Buffer.from(message, 'utf16le');
const littleEndian = Buffer.from(`\uFEFF${message}`, 'utf16le');
const bigEndian = Buffer.from(littleEndian).swap16();
const utf8 = Buffer.from(message);

async function read(bytes: Buffer, type: string | undefined, size = 1_000): Promise<string> {
	const body = Readable.from(cut(bytes, [size]));
	const pieces: Uint8Array[] = [];
	for await (const piece of inUtf8({ body, headers: { 'content-type': type } })) pieces.push(piece);
	return Buffer.concat(pieces).toString();
}

it.each<[string, Buffer, string | undefined, string]>([
	['GBK', gbk, 'application/json; charset=gbk', message],
	['GBK by another name', gbk, 'application/json;charset="GB2312"', message],
	['GB18030', gbk, 'text/html; charset=gb18030', message],
	['Shift_JIS', shiftJis, 'application/json; charset=Shift_JIS', '{"error":"制限"}'],
	['UTF-16 with a mark', littleEndian, undefined, message],
	['UTF-16, the other way round', bigEndian, 'text/html', message],
	['UTF-16 by its name', utf16, 'application/json; charset=utf-16', message],
	['UTF-16 whose mark knows better', bigEndian, 'text/html; charset=utf-8', message],
	['GBK in gzip', gzipSync(gbk), 'application/json; charset=gbk', message],
	['UTF-8', utf8, undefined, message],
	['UTF-8 that says it is GBK', utf8, 'text/event-stream; charset=gbk', message],
	['UTF-8 that says it is Latin', utf8, 'text/event-stream; charset=ISO-8859-1', message],
	['a charset that nobody knows', utf8, 'text/event-stream; charset=klingon', message],
	['letters alone', Buffer.from('data: 1'), 'text/plain; charset=gbk', 'data: 1'],
	['nothing', Buffer.alloc(0), 'text/plain; charset=gbk', ''],
])('an answer in %s is read', async (_, bytes, type, text) => {
	for (const size of [1_000, 14]) expect(await read(bytes, type, size)).toBe(text);
});
