import { lastChunk, Noise, type Chunk } from '../../nodes/ChatVideo/chat/chunks';
import type { JsonRecord } from '../../nodes/ChatVideo/chat/json';
import { emptyDelta, readDeltas, type Delta } from '../../nodes/ChatVideo/chat/deltas';
import { batches, drain } from './feed';

const rows: Array<[name: string, chunk: JsonRecord, expected: Partial<Delta>]> = [
	[
		'the reference',
		{
			id: 'chatcmpl-1',
			created: 1760338775,
			model: 'sora-2',
			choices: [{ index: 0, delta: { content: 'x' }, finish_reason: null }],
		},
		{ content: 'x', chatId: 'chatcmpl-1', created: 1760338775, model: 'sora-2' },
	],
	['a role alone', { choices: [{ delta: { role: 'assistant', content: '' } }] }, {}],
	['an empty delta', { choices: [{ delta: {} }] }, {}],
	['a stop', { choices: [{ delta: {}, finish_reason: 'stop' }] }, { finishReason: 'stop' }],
	[
		'an upper-case stop',
		{ choices: [{ delta: {}, finish_reason: 'STOP' }] },
		{ finishReason: 'STOP' },
	],
	[
		'a stop next to text',
		{ choices: [{ delta: { content: 'x' }, finish_reason: 'stop' }] },
		{ content: 'x', finishReason: 'stop' },
	],
	[
		'usage with empty choices',
		{ choices: [], usage: { total_tokens: 5 } },
		{ usage: { total_tokens: 5 } },
	],
	['usage that is null', { choices: [], usage: null }, {}],
	[
		'reasoning',
		{ choices: [{ delta: { content: null, reasoning_content: 'r' } }] },
		{ reasoning: 'r' },
	],
	['reasoning by its other name', { choices: [{ delta: { reasoning: 'r' } }] }, { reasoning: 'r' }],
	['a message instead of a delta', { choices: [{ message: { content: 'x' } }] }, { content: 'x' }],
	['text of a completion', { choices: [{ text: 'x' }] }, { content: 'x' }],
	[
		'text in parts',
		{
			choices: [
				{
					delta: {
						content: [{ type: 'text', text: 'a' }, { type: 'image_url' }, 7, { text: 'b' }],
					},
				},
			],
		},
		{ content: 'ab' },
	],
	['content that is no text', { choices: [{ delta: { content: 7 } }] }, {}],
	[
		'outputs',
		{ choices: [{ delta: { output: [{ url: 'https://a/b', type: 'video', task_id: 's_1' }] } }] },
		{ outputs: [{ url: 'https://a/b', type: 'video', taskId: 's_1' }] },
	],
	[
		'an output without a type',
		{ choices: [{ delta: { output: [{ url: 'https://a/b' }] } }] },
		{ outputs: [{ url: 'https://a/b', type: '', taskId: '' }] },
	],
	[
		'a video as a part of the content',
		{
			choices: [
				{
					message: {
						content: [
							{ type: 'text', text: 'a' },
							{ type: 'video_url', video_url: { url: 'https://a/b' } },
							{ type: 'image_url', image_url: 'https://a/c' },
							{ type: 'video_url', video_url: { url: 7 } },
						],
					},
				},
			],
		},
		{
			content: 'a',
			outputs: [
				{ url: 'https://a/b', type: 'video', taskId: '' },
				{ url: 'https://a/c', type: 'image', taskId: '' },
			],
		},
	],
	[
		'a video next to the text',
		{ choices: [{ delta: { content: 'x', video_url: 'https://a/b' } }] },
		{ content: 'x', outputs: [{ url: 'https://a/b', type: 'video', taskId: '' }] },
	],
	['a video next to the text that is none', { choices: [{ delta: { video_url: null } }] }, {}],
	['outputs that are none', { choices: [{ delta: { output: [null, {}, { url: '' }, 'x'] } }] }, {}],
	['an output that is no array', { choices: [{ delta: { output: 'x' } }] }, {}],
	['no choices', {}, { body: {} }],
	['choices that are none', { choices: 'x' }, {}],
	['a choice that is none', { choices: [null] }, {}],
	[
		'ids of other types',
		{ id: 7, created: '1760338775', model: null, choices: [] },
		{ chatId: '7' },
	],
	['the end', lastChunk, { last: true }],
];

it.each(rows)('%s', async (_, chunk, expected) => {
	expect(await drain(readDeltas(batches([chunk])))).toEqual({
		given: [{ ...emptyDelta, ...expected }],
	});
});

const read = async (...chunks: Chunk[]): Promise<Delta[]> =>
	(await drain(readDeltas(batches(...chunks.map((chunk) => [chunk]))))).given;

const textOfAll = (deltas: readonly Delta[]): string =>
	deltas.map(({ content }) => content).join('');

const task = 'task_01k7e5w9z5f2d91pekrqy59rwc';
const uuid = '8868e7a0-1111-4222-8333-444455556666';
const file = 'https://a.example/v?sig=1&x=%2F';

describe('a task that JSON names', () => {
	it.each<[name: string, chunk: JsonRecord]>([
		['in the chunk', { task_id: task }],
		['as some write it', { taskId: task }],
		['in its metadata', { metadata: { task_id: task } }],
		['in its data', { data: { taskId: task } }],
		['in an output', { output: [{ url: 7 }, { task_id: task }] }],
		['in a choice', { choices: [{ task_id: task }] }],
		['in a delta', { choices: [{ delta: { content: '', task_id: task } }] }],
		['in a message', { choices: [{ message: { metadata: { task_id: task } } }] }],
		['in an output of a delta', { choices: [{ delta: { output: [{ task_id: task }] } }] }],
		['wherever a relay puts it', { choices: [{ delta: { extra: { job_id: task } } }] }],
		['as the id of a task', { task: { id: task }, choices: [] }],
		['in another choice', { choices: [{ index: 0 }, { index: 1, delta: { task_id: task } }] }],
		['as the id of the chunk', { id: task, choices: [] }],
	])('%s, is known', async (_, chunk) => {
		expect((await read(chunk))[0]?.taskIds).toEqual([task]);
	});

	it.each(['video_68e1f2a3b4c5', 'cgt-20251126091513-abcde', `sora-2:${task}`])(
		'is known as the id of the chunk by its form: %s',
		async (id) => {
			expect((await read({ id }))[0]?.taskIds).toEqual([id]);
		},
	);

	it.each<[name: string, body: JsonRecord]>([
		['in words of another format', { delta: { text: `Task ID: ${task}, https://a.example/1` } }],
		['in its parts', { parts: [{ text: `${task} https://a.example/1` }] }],
		['in JSON as text', { body: JSON.stringify({ say: [`${task} https://a.example/1`] }) }],
	])('%s, is known, and so are links', async (_, body) => {
		const [delta] = await read(body);
		expect(delta).toMatchObject({ taskIds: [task], looseUrls: ['https://a.example/1'] });
	});

	it('by its key is the one, whatever the words name', async () => {
		const [delta] = await read({ task_id: task, remix_of: 'task_01k0dead0000000000000000aa' });
		expect(delta?.taskIds).toEqual([task]);
	});

	it.each<[name: string, chunk: JsonRecord]>([
		['the id of an answer', { id: 'chatcmpl-89C77NMqv7oh6ajWBZful0xBNsJN1' }],
		['the id of a generation', { id: 'gen-1766380801-abc' }],
		['a bare UUID', { id: '8868e7a0-1111-4222-8333-444455556666' }],
		['words with an underscore', { id: 'video_generation_completed' }],
		['the 0 of relays in Go', { task_id: 0, taskId: '0' }],
		['a share', { choices: [{ delta: { output: [{ task_id: 's_1' }] } }] }],
		['the id of an answer as a task', { task_id: 'chatcmpl-1' }],
	])('is none in %s', async (_, chunk) => {
		expect((await read(chunk))[0]?.taskIds).toEqual([]);
	});
});

describe('what cannot be parsed', () => {
	it.each([
		['a sentence', `任务已提交: ${task}, see ${file} `],
		['a comment', `: ${task} at ${file}`],
		['a string', JSON.stringify(`${task} ${file}`)],
		['broken JSON', `{"task":"${task}","url":"${file}","choices":[`],
		['broken JSON with escaped slashes', `{"url":"${file.replaceAll('/', '\\/')}","id":"${task}",`],
	])('names tasks and links all the same: %s', async (_, text) => {
		const [delta] = await read(new Noise(text));
		expect(delta).toMatchObject({ taskIds: [task], looseUrls: [file], content: '', outputs: [] });
	});

	it('has no half id and no half link at its end', async () => {
		const [delta] = await read(new Noise(`{"url":"${file}","content":"ID: ${task.slice(0, 20)}`));
		expect(delta).toMatchObject({ taskIds: [], looseUrls: [file], afterHole: true });
	});
});

it('a task in a text that may be a repetition is known at once', async () => {
	const text = `> ID: \`${task}\`\n`;
	const deltas = ['> a\n', '> a\n', text].map((content) => ({ choices: [{ delta: { content } }] }));
	const read = await drain(readDeltas(batches(...deltas.map((chunk) => [chunk]))));
	expect(read.given.slice(0, 3).map(({ content, taskIds }) => [content, taskIds])).toEqual([
		['> a\n', []],
		['', []],
		['', [task]],
	]);
	expect(textOfAll(read.given)).toBe(`> a\n> a\n${text}`);
});

describe('of several choices', () => {
	const choice = (index: number | string | undefined, content: string) => ({
		index,
		delta: { content },
	});

	it.each<[name: string, chunks: JsonRecord[]]>([
		['in one chunk', [{ choices: [choice(0, 'a '), choice(1, `> ID: ${task}\n`)] }]],
		['the other way round', [{ choices: [choice(1, `> ID: ${task}\n`), choice(0, 'a ')] }]],
		[
			'by turns',
			[
				{ choices: [choice(1, `> ID: ${task.slice(0, 9)}`)] },
				{ choices: [choice(0, 'a')] },
				{ choices: [choice(1, `${task.slice(9)}\n`)] },
				{ choices: [choice(0, ' ')] },
			],
		],
		[
			'where the first has no index',
			[{ choices: [choice(undefined, 'a ')] }, { choices: [choice(1, `${task}`)] }, lastChunk],
		],
		[
			'where none has an index',
			[{ choices: [choice(undefined, 'a '), choice(undefined, `b ${task}\n`)] }],
		],
		['where indexes are text', [{ choices: [choice('1', `${task}\n`), choice('0', 'a ')] }]],
		['where one is below zero', [{ choices: [choice(-1, `${task}\n`), choice(0, 'a ')] }]],
		['where two have the same', [{ choices: [choice(0, 'a '), choice(0, `${task}\n`)] }]],
		[
			'where the others come first, alone',
			[{ choices: [choice('1', `${task}\n`)] }, { choices: [choice('0', 'a ')] }],
		],
		[
			'where its line has no end, and neither has the answer',
			[{ choices: [choice(0, 'a ')] }, { choices: [choice(1, `> ID: ${task}`)] }],
		],
	])('the first is read, and what the others name is known: %s', async (_, chunks) => {
		const deltas = await read(...chunks);
		expect(textOfAll(deltas)).toBe('a ');
		expect([...new Set(deltas.flatMap(({ taskIds }) => taskIds))]).toEqual([task]);
	});

	it.each<[string, string, readonly string[]]>([
		['a line begins with its label', `> ID: \`${uuid}\`\n`, [uuid]],
		['its label is bold', `**ID**: ${uuid} `, [uuid]],
		['it is a task’s by its label', `Your video is on its way, task id ${uuid} `, [uuid]],
		['it is one in Chinese', `任务ID：${uuid}\n`, [uuid]],
		['it has a model', `sora-2:${uuid} `, [`sora-2:${uuid}`]],
		['it is of the request', `request id: ${uuid}\nrequest_id:${uuid}\n`, []],
		['it is anything', `see ${uuid} `, []],
	])('a UUID of another is a task’s where %s', async (_, text, ids) => {
		for (const size of [3, 100]) {
			const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
			const deltas = await read(...pieces.map((piece) => ({ choices: [choice(1, piece)] })));
			expect([...new Set(deltas.flatMap(({ taskIds }) => taskIds))]).toEqual(ids);
		}
	});

	it.each([
		['id', `> ID: \`${task}`, []],
		['link', `see ${file}`, []],
		['id after a whole one', `> ID: \`${task}\` https://a.exam`, [task]],
	])('a half %s of another names nothing where the answer breaks off', async (_, text, ids) => {
		const broken = async function* () {
			yield [{ choices: [choice(0, 'a '), choice(1, text)] }];
			throw new Error('terminated');
		};
		const given: Delta[] = [];
		const reading = (async () => {
			for await (const batch of readDeltas(broken())) given.push(...batch);
		})();
		await expect(reading).rejects.toThrow('terminated');
		expect([...new Set(given.flatMap(({ taskIds }) => taskIds))]).toEqual(ids);
		expect(given.flatMap(({ otherUrls }) => otherUrls)).toEqual([]);
	});

	it.each([1, '1', 7, 'first'])('the only one is read whatever its index is: %p', async (index) => {
		const deltas = await read(
			{ choices: [choice(index, 'a ')] },
			{ choices: [choice(index, 'b')] },
			{ choices: [{ index, delta: {}, finish_reason: 'stop' }] },
		);
		expect(textOfAll(deltas)).toBe('a b');
	});

	it('the only one is not read where the first may have been lost', async () => {
		const other = { choices: [choice(1, 'a ')] };

		expect(textOfAll(await read(other))).toBe('');
		expect(textOfAll(await read(other, lastChunk))).toBe('a ');
		expect(textOfAll(await read(new Noise('{"choices":[{"ind'), other, lastChunk))).toBe('');
		const broken = async function* () {
			yield [other];
			throw new Error('terminated');
		};
		const reading = readDeltas(broken());
		expect((await reading.next()).value?.map(({ content }) => content)).toEqual(['']);
		await expect(reading.next()).rejects.toThrow('terminated');
	});

	it('none is read of two that have not the index of the first', async () => {
		const deltas = await read({ choices: [choice(1, 'a ')] }, { choices: [choice(2, 'b')] });
		expect(textOfAll(deltas)).toBe('');
	});

	it('those that are counted up while the first is silent go on with its text', async () => {
		const deltas = await read(
			{ choices: [choice(0, 'a ')] },
			{ choices: [choice(0, '.')] },
			{ choices: [choice(1, ' b')] },
			{ choices: [choice(2, ' c')] },
			lastChunk,
		);
		expect(textOfAll(deltas)).toBe('a . b c');
	});

	it('those that speak again after the first do not', async () => {
		const deltas = await read(
			{ choices: [choice(0, 'a ')] },
			{ choices: [choice(0, '.')] },
			{ choices: [choice(1, ' b')] },
			{ choices: [choice(0, '!')] },
			{ choices: [choice(1, ' c')] },
			lastChunk,
		);
		expect(textOfAll(deltas)).toBe('a .!');
	});

	it('a file of another is a link, and no result', async () => {
		const [delta] = await read({ choices: [{ index: 1, message: { video_url: file } }] });
		expect(delta).toMatchObject({ outputs: [], looseUrls: [], otherUrls: [file] });
	});

	it('the end of another is not the end', async () => {
		const [delta] = await read({ choices: [{ index: 1, delta: {}, finish_reason: 'stop' }] });
		expect(delta?.finishReason).toBe('');
	});
});

describe('a file outside the text', () => {
	const part = (content: unknown): JsonRecord => ({
		choices: [{ message: { content: [content] } }],
	});

	it.each<[name: string, chunk: JsonRecord, url?: string]>([
		['a part with a link', part({ type: 'video_url', video_url: file })],
		['a part with an object', part({ type: 'video_url', video_url: { url: file } })],
		['a part of another name', part({ type: 'video', video: file })],
		['a part with an address of its own', part({ type: 'video', url: file })],
		['a part with a source', part({ type: 'video', source: { type: 'url', url: file } })],
		['links in a list', { choices: [{ delta: { video_urls: [file] } }] }],
		['links in a list, in camel case', { choices: [{ delta: { videoUrls: [file] } }] }],
		['a link in camel case', { choices: [{ message: { videoUrl: file } }] }],
		['an output part', part({ type: 'output_video', output_video: { url: file } })],
		[
			'a file by its MIME type',
			part({ type: 'file', file: { url: file, mime_type: 'video/mp4' } }),
		],
		['a file by its name', part({ type: 'file', file: { file_data: file, filename: 'a.mp4' } })],
		['videos of a message', { choices: [{ message: { videos: [{ url: file }] } }] }],
		['videos by their links', { choices: [{ delta: { videos: [file] } }] }],
		['videos that are parts', { choices: [{ delta: { videos: [{ video_url: { url: file } }] } }] }],
		['a video', { choices: [{ delta: { video: { url: file } } }] }],
		['a video of a delta', { choices: [{ delta: { content: '', video_url: file } }] }],
		['a part with an address of the relay', part({ type: 'video', url: '/files/a' }), '/files/a'],
		['a video of the chunk', { choices: [], video_url: file }],
	])('is a video: %s', async (_, chunk, url = file) => {
		expect((await read(chunk))[0]?.outputs).toEqual([{ url, type: 'video', taskId: '' }]);
	});

	it.each<[name: string, chunk: JsonRecord]>([
		['a picture', part({ type: 'image_url', image_url: { url: file } })],
		[
			'a picture by its MIME type',
			part({ type: 'file', file: { url: file, mimeType: 'image/png' } }),
		],
		['a poster', { choices: [{ delta: { poster_url: file } }] }],
	])('is a picture: %s', async (_, chunk) => {
		expect((await read(chunk))[0]?.outputs).toMatchObject([{ url: file, type: 'image' }]);
	});

	it('comes after its poster', async () => {
		const [delta] = await read(
			part({ type: 'video', url: file, thumbnail_url: 'https://a/p.jpg' }),
		);
		expect(delta?.outputs.map(({ type }) => type)).toEqual(['image', 'video']);
	});

	it.each(['audio', 'text', 'tool_use'])(
		'is nothing of ours as a part of type %j',
		async (type) => {
			expect((await read(part({ type, url: file })))[0]?.outputs).toMatchObject([
				{ type: 'other' },
			]);
		},
	);
});

it('what comes together stays together', async () => {
	const deltas = readDeltas(batches([{}, {}], [lastChunk]));
	expect((await deltas.next()).value).toHaveLength(2);
	expect((await deltas.next()).value).toHaveLength(1);
});
