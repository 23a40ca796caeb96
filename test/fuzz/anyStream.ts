import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anySizes, cut } from '../transcript/pieces';

const folder = join(__dirname, '..', 'fixtures');

/** The recorded streams, each as its events. */
const recorded: Buffer[][] = readdirSync(folder)
	.filter((name) => name.endsWith('.sse'))
	.map((name) => eventsOf(readFileSync(join(folder, name))));

function eventsOf(stream: Buffer): Buffer[] {
	const parts = stream.toString('latin1').split(/(?<=\n\r?\n)/);
	return parts.map((part) => Buffer.from(part, 'latin1'));
}

/** What a hostile or broken sender puts between or into good bytes. */
const insertions = [
	'data: ',
	'data:',
	'\n\n',
	'\r\n',
	'\r',
	'\0',
	': PING\n\n',
	'event: error\n',
	'id: 1\nretry: 0\n',
	'[DONE]',
	'data: [DONE]\n\n',
	'data: {}\n\n',
	'data: []\n\n',
	'data: null\n\n',
	'data: "\n\n',
	'data: {"choices":[null]}\n\n',
	'data: {"choices":[{"delta":{"content":[{"text":"a"},null,1]}}]}\n\n',
	'data: {"choices":[{"delta":{"output":[{"url":"file:///a","type":{}},null]}}]}\n\n',
	'data: {"error":{"message":{"error":["a"]}}}\n\n',
	'data: {"__proto__":{"choices":[]},"constructor":null}\n\n',
	'{"id":',
	'"}]}',
	'\\u',
	'\\ud83d',
	'```json\\n{',
	'```',
	'<html>',
	'\uFEFF',
	'\u200D',
	'🏃',
	'https://',
	'](',
	'> ID: `',
].map((text) => Buffer.from(text));

interface Edit {
	kind: 'insert' | 'flip' | 'drop' | 'repeat' | 'end';
	/** Where, as a share of the whole. */
	at: number;
	length: number;
	byte: number;
	text: Buffer;
}

const anyEdit: fc.Arbitrary<Edit> = fc.record({
	kind: fc.constantFrom('insert', 'insert', 'flip', 'drop', 'repeat', 'end'),
	at: fc.double({ min: 0, max: 1, noNaN: true }),
	length: fc.integer({ min: 1, max: 64 }),
	byte: fc.integer({ min: 0, max: 255 }),
	text: fc.constantFrom(...insertions),
});

function apply(bytes: Buffer, { kind, at, length, byte, text }: Edit): Buffer {
	const place = Math.floor(at * bytes.length);
	const before = bytes.subarray(0, place);
	const after = bytes.subarray(place);
	if (kind === 'end') return Buffer.from(before);
	if (kind === 'insert') return Buffer.concat([before, text, after]);
	if (kind === 'drop') return Buffer.concat([before, after.subarray(length)]);
	if (kind === 'repeat') return Buffer.concat([before, after.subarray(0, length), after]);
	const flipped = Buffer.from(bytes);
	if (place < flipped.length) flipped[place] = byte;
	return flipped;
}

/** Some events of a recorded stream, damaged and cut into pieces. */
export const anyStream: fc.Arbitrary<Buffer[]> = fc
	.record({
		events: fc.constantFrom(...recorded),
		start: fc.nat(100),
		count: fc.integer({ min: 1, max: 12 }),
		edits: fc.array(anyEdit, { maxLength: 6 }),
		sizes: anySizes,
	})
	.map(({ events, start, count, edits, sizes }) => {
		const from = start % events.length;
		const whole = Buffer.concat(events.slice(from, from + count));
		return [...cut(edits.reduce(apply, whole), sizes)];
	});
