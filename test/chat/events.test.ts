import { readEvents } from '../../nodes/ChatVideo/chat/events';
import { brokenBytes, bytesOf, drain } from './feed';

const read = (...pieces: Array<string | Uint8Array>) => drain(readEvents(bytesOf(...pieces)));

const chunk = '{"choices":[{"delta":{"content":"生成中"}}]}';
const task = 'task_01k7e5w9z5f2d91pekrqy59rwc';
const mebibyte = 1024 * 1024;

describe('an event stream', () => {
	const rows: Array<[name: string, body: string, events: string[]]> = [
		['of the reference', `data: ${chunk}\n\ndata: [DONE]\n\n`, [chunk, '[DONE]']],
		['without blanks', `data:${chunk}\n\ndata:[DONE]\n\n`, [chunk, '[DONE]']],
		['with CRLF', `data: ${chunk}\r\n\r\ndata: [DONE]\r\n\r\n`, [chunk, '[DONE]']],
		['with CR alone', `data: ${chunk}\r\rdata: [DONE]\r\r`, [chunk, '[DONE]']],
		['after a byte order mark', `\uFEFFdata: ${chunk}\n\n`, [chunk]],
		['after empty lines', `\n\r\n  \ndata: ${chunk}\n\n`, [chunk]],
		['after a comment', `: PING\n\ndata: ${chunk}\n\n`, [chunk]],
		[
			'with comments between',
			`data: ${chunk}\n\n: PING\n\n:\n\ndata: [DONE]\n\n`,
			[chunk, '[DONE]'],
		],
		['with a comment within an event', `data: ${chunk}\n: PING\n\n`, [chunk]],
		['with other fields', `event: message\nid: 7\nretry: 10\ndata: ${chunk}\n\n`, [chunk]],
		['with a bad retry field', `retry: soon\ndata: ${chunk}\n\n`, [chunk]],
		['with an unknown field', `trace: 7\ndata: ${chunk}\n\n`, [chunk]],
		['after one without its field', `: PING\n\n{"a":1}\n\ndata: ${chunk}\n\n`, ['{"a":1}', chunk]],
		['after JSON in another field', `meta: {"message":"a"}\ndata: ${chunk}\n\n`, [chunk]],
		[
			'in front of some without',
			`data: ${chunk}\n\n{"a":1}\n{"b":2}\n`,
			[chunk, '{"a":1}', '{"b":2}'],
		],
		['with pings by name', `event: ping\ndata: {"message":"2026"}\n\ndata: ${chunk}\n\n`, [chunk]],
		[
			'with a task in a comment',
			`: ${task} queued\n\ndata: ${chunk}\n\n`,
			[`${task} queued`, chunk],
		],
		['with a task as its id', `id: ${task}\ndata: ${chunk}\n\n`, [task, chunk]],
		['with a task in a line of its own', `${task}\n\ndata: ${chunk}\n\n`, [task, chunk]],
		[
			'without its field in front of noise',
			`: PING\n\n{"a":1}\n\ndata: ping\n\n`,
			['{"a":1}', 'ping'],
		],
		['wrapped twice', `data: data: ${chunk}\n\ndata: data: [DONE]`, [`data: ${chunk}`, '[DONE]']],
		['with an unknown field at its end', `trace: 7\ndata: [DONE]\n\n`, ['[DONE]']],
		[
			'with data on many lines',
			'data: {\ndata: "choices": []\ndata: }\n\n',
			['{\n"choices": []\n}'],
		],
		['without its last empty line', `data: ${chunk}\n\ndata: [DONE]\n`, [chunk, '[DONE]']],
		['without its last newline', `data: ${chunk}\n\ndata: [DONE]`, [chunk, '[DONE]']],
		['without [DONE]', `data: ${chunk}\n\n`, [chunk]],
		['with empty data', 'data:\n\ndata: \n\n', ['', '']],
		[
			'as documentation prints it',
			'data: {\n  "choices": [\n    1\n  ]\n}\n\ndata: [DONE\n]\n\n',
			['{\n  "choices": [\n    1\n  ]\n}', '[DONE\n]'],
		],
		['with data on two lines that are no events', 'data: 1\ndata: 2\n\n', ['1\n2']],
		['of comments alone', ': PING\n\n: PING\n\n', []],
		['of nothing', '', []],
		['of empty lines', '\n\n \r\n', []],
	];

	it.each(rows)('%s', async (_, body, events) => {
		expect(await read(body)).toEqual({ given: events });
	});

	it.each(rows)('%s, byte by byte', async (_, body, events) => {
		const bytes = [...new TextEncoder().encode(body)].map((byte) => new Uint8Array([byte]));
		expect(await read(...bytes)).toEqual({ given: events });
	});
});

it('what arrives together is given out together, and at once', async () => {
	const events = readEvents(bytesOf('data: 1\n\ndata: 2\n\nda', 'ta: 3\n', '\n'));
	expect(await events.next()).toEqual({ done: false, value: ['1', '2'] });
	expect(await events.next()).toEqual({ done: false, value: ['3'] });
	expect(await events.next()).toEqual({ done: true, value: undefined });
});

describe('a body that is one document', () => {
	it.each([
		['on one line', '{"choices":[]}'],
		['on many lines', '{\n  "choices": []\n}\n'],
		['after blanks', '\n  {"choices":[]}'],
	])('is an event that nothing follows, %s', async (_, body) => {
		const { given, error } = await read(...body);
		expect(given.map((data) => data.trim())).toEqual([body.trim(), '[DONE]']);
		expect(error).toBeUndefined();
	});

	it.each([
		['bytes', (body: string) => [...body]],
		['one piece', (body: string) => [body]],
	])('is many where each line is one, in %s', async (_, cut) => {
		const body = `${chunk}\n${chunk}\r\n\n{"a":1}\n`;
		const { given, error } = await read(...cut(body));
		expect(given.map((data) => data.trim())).toEqual([chunk, chunk, '{"a":1}']);
		expect(error).toBeUndefined();
	});

	it.each([
		['a line', `${chunk}\n`],
		['a line that is not ended', chunk],
	])('may go on after a chunk, though it ended there: %s', async (_, body) => {
		expect(await read(body)).toEqual({ given: [chunk] });
		const { given, error } = await drain(readEvents(brokenBytes(body)));
		expect(given).toEqual([chunk]);
		expect(error).toMatchObject({ kind: 'disconnected' });
	});

	it('gives out each line at once where each is one', async () => {
		const events = readEvents(bytesOf(`${chunk}\n{"a"`, ':1}\n', '{"b":2}'));
		expect(await events.next()).toEqual({ done: false, value: [chunk] });
		expect(await events.next()).toEqual({ done: false, value: ['{"a":1}'] });
		expect(await events.next()).toEqual({ done: false, value: ['{"b":2}'] });
		expect(await events.next()).toEqual({ done: true, value: undefined });
	});

	it('is read as far as it came where the last of its lines was cut', async () => {
		const { given, error } = await read(`${chunk}\n{"choices":[{"delta":{"content":"x`);
		expect(given).toEqual([chunk, '{"choices":[{"delta":{"content":"x"}}]}']);
		expect(error).toMatchObject({ kind: 'disconnected', facts: { billing: 'possible' } });
	});

	it('is read as far as it came where it was cut', async () => {
		const { given, error } = await read('{"choices":[{"message":{"content":"> ID: `x');
		expect(given).toEqual(['{"choices":[{"message":{"content":"> ID: `x"}}]}']);
		expect(error).toMatchObject({ kind: 'disconnected', facts: { billing: 'possible' } });
	});

	it('is read where comments were sent before it', async () => {
		const { given, error } = await read(': PING\n\n{"error":{"message":"no"}}');
		expect(given.map((data) => data.trim())).toEqual(['{"error":{"message":"no"}}']);
		expect(error).toBeUndefined();
	});

	it.each([
		[
			'a page',
			'<!DOCTYPE html>\n<title>relay | 502: Bad gateway</title>',
			'The service answered with a web page instead of a stream: “502: Bad gateway”',
		],
		[
			'a page without a title',
			'<html></html>',
			'The service answered with a web page instead of a stream: untitled',
		],
		[
			'a page after comments',
			': PING\n\n<html><title>504</title>',
			'The service answered with a web page instead of a stream: “504”',
		],
		[
			'a page after blanks',
			'\n\n <html><title>504</title>',
			'The service answered with a web page instead of a stream: “504”',
		],
		[
			'a line of text',
			'queue is full: retry later',
			'The service answered with text that is not a stream: “queue is full: retry later”',
		],
		[
			'lines of text',
			'no\nvideo',
			'The service answered with text that is not a stream: “no video”',
		],
		[
			'a transcript',
			'> ID: `task_1`\n> [raw](https://a/b)',
			'The service answered with text that is not a stream: “> ID: `task_1` > [raw](https://a/b)”',
			'\n> ID: `task_1`\n> [raw](https://a/b)',
		],
		[
			'a page that has the video',
			'<html><title>done</title><video src="https://a/b.mp4"></video>',
			'The service answered with a web page instead of a stream: “done”',
		],
		[
			'a page whose script has a line like an event',
			'<!DOCTYPE html>\n<title>Help</title>\n<script>\ndata: {"video_url":"https://a/promo.mp4"}\n</script>',
			'The service answered with a web page instead of a stream: “Help”',
		],
	])('is malformed as %s, which may name something all the same', async (...row) => {
		const [, body, message, content] = row;
		expect(await read(...body)).toEqual({
			given: content === undefined ? [] : [JSON.stringify({ choices: [{ delta: { content } }] })],
			error: expect.objectContaining({ kind: 'malformed', message }),
		});
	});

	it('names tasks as a page too, by ids that nothing else has', async () => {
		const id = 'task_01k7e5w9z5f2d91pekrqy59rwc';
		const { given, error } = await read(`<html><title>504</title><p>${id} timed out</p></html>`);
		expect(given).toEqual([JSON.stringify({ task_id: id })]);
		expect(error).toMatchObject({ kind: 'malformed' });
	});

	const warning =
		'<br />\n<b>Warning</b>:  Undefined key in <b>/www/a.php</b> on line <b>3</b><br />\n';
	it.each([
		[
			'a stream after a warning',
			`${warning}\ndata: ${chunk}\n\ndata: [DONE]\n\n`,
			[chunk, '[DONE]'],
		],
		['JSON after a warning', warning + chunk, [chunk]],
		['an array after a warning', `${warning}[${chunk}]`, [chunk, '[DONE]']],
		['JSON after a guard against scripts', `)]}',\n${chunk}`, [chunk]],
		['JSON after text', `Notice: a\n${chunk}`, [chunk]],
	])('is read where it is %s', async (_, body, given) => {
		expect(await read(body)).toEqual({ given });
	});

	it('is an event for each of several in an array', async () => {
		expect(await read('[{"choices":[]},\n{"choices":[]}]')).toEqual({
			given: ['{"choices":[]}', '{"choices":[]}', '[DONE]'],
		});
	});

	it('has its request id in the error', async () => {
		const { error } = await read('no channel (request id: 20260511abc)');
		expect(error?.facts).toEqual({
			billing: 'possible',
			cause: undefined,
			said: 'no channel (request id: 20260511abc)',
			requestId: '20260511abc',
		});
	});

	it('is malformed over 8 MiB', async () => {
		const { error } = await read('{"a":"', ...Array<string>(9).fill('x'.repeat(mebibyte)));
		expect(error).toMatchObject({
			kind: 'malformed',
			message: 'The service sent a body of over 8 MiB',
		});
	});
});

describe('a stream that is cut within an event', () => {
	const start = `data: ${chunk}\n\n`;

	it.each([
		[
			'in its text',
			'data: {"choices":[{"delta":{"content":"> ID: `x',
			['{"choices":[{"delta":{"content":"> ID: `x"}}]}'],
		],
		['after its text', `data: ${chunk.slice(0, -2)}`, [chunk]],
		[
			'as documentation prints it',
			'data: {\n  "choices": [{\n    "delta": {\n "content": "x',
			['{\n  "choices": [{\n    "delta": {\n "content": "x"}}]}'],
		],
		['in its first brace', 'data: {', ['{}']],
		['before its text', 'data: {"choices":[{"del', []],
		['in an id', 'data: {"object":"x","task_id":"task_0', ['{"object":"x"}']],
		['in its end', 'data: [DON', []],
	])('%s, gives out what can be read and reports the cut', async (_, end, events) => {
		for (const bytes of [
			bytesOf(start + end),
			brokenBytes(start + end),
			bytesOf(...start, ...end),
		]) {
			const { given, error } = await drain(readEvents(bytes));
			expect(given).toEqual([chunk, ...events]);
			expect(error).toMatchObject({ kind: 'disconnected', facts: { billing: 'possible' } });
		}
	});

	it.each(['nul', ': keep-al', '2026-11-26T09:15', '[PING'])(
		'in an event that is no JSON, %j, misses nothing',
		async (event) => {
			expect(await read(`${start}data: ${event}`)).toEqual({ given: [chunk, event] });
		},
	);

	it.each(['d', ':', 'event: x'])('in the field %j, loses nothing', async (end) => {
		expect(await read(start + end)).toEqual({ given: [chunk] });
	});

	it('is cut in its last line where no empty lines separate events', async () => {
		const { given, error } = await read(`data: ${chunk}\ndata: ${chunk}\ndata: {"text":"x`);
		expect(given).toEqual([chunk, chunk, '{"text":"x"}']);
		expect(error).toMatchObject({ kind: 'disconnected', facts: { billing: 'possible' } });
	});

	it('within a letter of several bytes, gives out the letters before it', async () => {
		const bytes = new TextEncoder().encode('data: {"text":"生成');
		const { given } = await read(bytes.subarray(0, -1));
		expect(given).toEqual(['{"text":"生\uFFFD"}']);
	});
});

it('a break between two events is thrown as it is', async () => {
	const { given, error } = await drain(readEvents(brokenBytes(`data: ${chunk}\n\n`)));
	expect(given).toEqual([chunk]);
	expect(error).toMatchObject({
		kind: 'disconnected',
		message: 'The service broke the connection off: terminated',
		facts: { billing: 'possible' },
	});
});

describe('an event of over 8 MiB', () => {
	const block = 'x'.repeat(mebibyte);
	const message = 'The service sent an event of over 8 MiB';

	it.each([
		['in one line', (blocks: number) => ['data: ', ...Array<string>(blocks).fill(block), '\n\n']],
		['in one piece', (blocks: number) => [`data: ${block.repeat(blocks)}\n\n`]],
		[
			'in many lines',
			(blocks: number) => [...Array<string>(blocks).fill(`data: ${block}\n`), '\n'],
		],
		[
			'in lines without a field',
			(blocks: number) => ['data: {\n', ...Array<string>(blocks).fill(`${block}\n`), '\n'],
		],
	])('%s, is malformed, and what came before it is kept', async (_, pieces) => {
		expect((await read('data: 1\n\n', ...pieces(7))).error).toBeUndefined();
		const { given, error } = await read('data: 1\n\n', ...pieces(9), 'data: 2\n\n');
		expect(given).toEqual(['1']);
		expect(error).toMatchObject({ kind: 'malformed', message });
	});

	it('in one piece with the one before it, keeps that', async () => {
		const { given, error } = await read(`data: 1\n\ndata: ${block.repeat(9)}`);
		expect(given).toEqual(['1']);
		expect(error).toMatchObject({ kind: 'malformed', message });
	});
});
