import fc from 'fast-check';
import { readChunks } from '../../nodes/ChatVideo/chat/chunks';
import { readDeltas } from '../../nodes/ChatVideo/chat/deltas';
import { readEvents } from '../../nodes/ChatVideo/chat/events';
import { transcribe, type Transcribed } from '../../nodes/ChatVideo/transcript/transcribe';
import { compose, task, uuid, video } from './compose';
import { asBatches, lastDelta, toDelta } from './deltas';
import { anySizes, arriving, breakingOff, cut } from './pieces';
import { isSoak } from '../support/sampled';
import { fixture } from '../support/fixture';
import { facts, summarize } from './summary';
import { seed } from '../support/seed';

const read = (bytes: AsyncIterable<Uint8Array>): Promise<Transcribed> =>
	transcribe(readDeltas(readChunks(readEvents(bytes))));

const numRuns = isSoak ? 1_000 : 20;
/** Bytes or characters from one prefix to the next; an id or an address has more. */
const step = isSoak ? 1 : 23;
const first = seed % step;

const recorded = [
	'reference.sse',
	'crlf-bom-pings-usage.sse',
	'printed-as-documented.sse',
	'reasoning-then-video.sse',
	'bare-url-with-stop.sse',
	'moderated-at-92.sse',
	'cut-after-task.sse',
	'submitted-in-one-chunk.sse',
	'gateway-504.html',
];

describe('any cut of the bytes gives the same transcript', () => {
	it.each(recorded)('%s', async (name) => {
		const bytes = fixture(name);
		const whole = await read(arriving([bytes]));
		await fc.assert(
			fc.asyncProperty(anySizes, async (sizes) => {
				const pieces = await read(arriving(cut(bytes, sizes)));
				expect(pieces.transcript).toEqual(whole.transcript);
				expect(summarize(pieces)).toEqual(summarize(whole));
			}),
			{ seed, numRuns, examples: [[[1]], [[2]], [[3]]] },
		);
	});

	it.each(recorded)('%s, with empty pieces between', async (name) => {
		const bytes = fixture(name);
		const pieces = [...cut(bytes, [1, 999])].flatMap((piece) => [piece, new Uint8Array()]);
		expect(await read(arriving(pieces))).toEqual(await read(arriving([bytes])));
	});
});

describe('any grouping of the text into deltas gives the same transcript', () => {
	const texts: Array<[string, string]> = [
		['the reference', fixture('reference.transcript.md').toString()],
		[
			'the reference with CRLF',
			fixture('reference.transcript.md').toString().replaceAll('\n', '\r\n'),
		],
		['preview and final', fixture('preview-then-final.md').toString()],
		['preview and final in English', fixture('preview-then-final.en.md').toString()],
		['one line', fixture('one-line-unfinished.md').toString()],
		['two results', fixture('two-results.md').toString()],
		['a failure with a body', '生成失败: no\nReason:\n```json\n{ "error": "no" }\n```\n'],
		['a label that is broken twice', compose({ play: `[▶️\n在线\n观看](${video})` })],
		['a tag in a fence', compose({ play: `\`\`\`html\n<video src='${video}'></video>\n\`\`\`` })],
		['a fence that nothing closes', '```json\n{\n "prompt": "a ``` b 🏃\u200D"\n}\n> ID: `x1`'],
		['English', compose({}, 'english')],
	];

	it.each(texts)('%s', async (_, text) => {
		const whole = await transcribe(asBatches([toDelta(text), lastDelta]));
		await fc.assert(
			fc.asyncProperty(anySizes, async (sizes) => {
				const deltas = [...cut(text, sizes)].map(toDelta);
				const { transcript } = await transcribe(asBatches([...deltas, lastDelta]));
				expect(transcript).toEqual(whole.transcript);
			}),
			{ seed, numRuns, examples: [[[1]], [[2]]] },
		);
		expect(whole.transcript.text).toBe(text);
	});
});

type Seen = Record<string, unknown>;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Values that are there and not exactly right, and lists that are no beginning of the right ones. */
const wrongIn = (seen: Seen, summary: Seen): string[] =>
	Object.keys(seen).filter((field) => {
		const [value, right] = [seen[field], summary[field]];
		if (field === 'status') return false;
		return !same(value, Array.isArray(right) ? right.slice(0, (value as unknown[]).length) : right);
	});

/** What was shown is the beginning of what is shown later. */
const takenBack = (shown: Seen[]): string[] =>
	shown.slice(1).flatMap((later, index) => wrongIn(shown[index] ?? {}, later));

describe('any prefix of the reference', () => {
	const bytes = fixture('reference.sse');
	const summary = {
		taskId: 'task_01k7e5w9z5f2d91pekrqy59rwc',
		sid: 's_68eca3f141808191b1fd30fea1b731bd',
		sourceSid: 's_68ec8accd80c8191ae1fc957af78caaa',
		prompt: '让牛的头上顶着光圈，马的脚下踩着祥云',
		orientation: 'portrait',
		previewUrl: 'https://asyncdata.net/web/task_01k7e5w9z5f2d91pekrqy59rwc',
		sourceUrl: 'https://asyncdata.net/source/task_01k7e5w9z5f2d91pekrqy59rwc',
		posterUrl: 'https://filesystem.site/cdn/20251013/38e999994cfa666de5e677d2af347f.webp',
		videoUrl: 'https://filesystem.site/cdn/20251013/a7a7930bd01f7f313bbb6ecb234075.mp4',
		videoUrls: ['https://filesystem.site/cdn/20251013/a7a7930bd01f7f313bbb6ecb234075.mp4'],
		percents: [36, 44, 61, 69, 81],
		stages: ['submitted', 'queued', 'generating', 'completed'],
	};

	const readPrefix = async (length: number, end: typeof arriving): Promise<Seen> =>
		facts((await read(end([bytes.subarray(0, length)]))).transcript);

	it.each([
		['ends', arriving],
		['breaks off', breakingOff],
	])('that %s says nothing half and nothing false', async (_, end) => {
		for (let length = first; length <= bytes.length; length += step) {
			const seen = await readPrefix(length, end);
			expect([length, wrongIn(seen, summary)]).toEqual([length, []]);
		}
	});

	it('gives the task id as soon as it is there, even within an event', async () => {
		const start = bytes.indexOf('ID: `') + 'ID: `'.length;
		const early = await readPrefix(start + summary.taskId.length - 1, breakingOff);
		expect(early).not.toHaveProperty('taskId');
		const seen = await readPrefix(start + summary.taskId.length, breakingOff);
		expect(seen.taskId).toBe(summary.taskId);
	});

	it('says everything at its end', async () => {
		const seen = await readPrefix(bytes.length, breakingOff);
		expect(seen).toEqual({ ...summary, status: 'completed' });
	});

	it.each([1, 100, 1_000])('shows nothing that it takes back, in pieces of %d', async (size) => {
		const shown: Seen[] = [];
		const deltas = readDeltas(readChunks(readEvents(arriving(cut(bytes, [size])))));
		const { transcript } = await transcribe(deltas, (sofar) => shown.push(facts(sofar)));
		shown.push(facts(transcript));
		expect(shown.flatMap((seen) => wrongIn(seen, summary))).toEqual([]);
		expect(takenBack(shown)).toEqual([]);
		expect(shown.at(-1)).toMatchObject(summary);
	});
});

describe('any prefix of a text', () => {
	const texts: Array<[string, string]> = [
		['with backticks', compose()],
		['with a bare id', compose({ id: `> ID: ${task}` })],
		['with a model before the id', compose({ id: `> 任务ID: veo3:${uuid}` })],
		['in English', compose({ id: `**Task ID: \`${uuid}\`**` }, 'english')],
		['with a bare URL', compose({ play: `视频：${video}` })],
		[
			'with an id at the end of a bare URL',
			compose({ play: `视频：https://a.example/${uuid}.mp4` }),
		],
		['with parentheses in a URL', compose({ play: '[播放](https://a.example/v(1)b.mp4)' })],
		['with a tag', compose({ play: `<video src='${video}' controls></video>` })],
		['on one line', compose({ fence: null }).replaceAll('\n', ' ')],
	];

	it.each(texts)('%s, has no half id, no half sid and no half URL', async (_, text) => {
		const summary = facts((await transcribe(asBatches([toDelta(text), lastDelta]))).transcript);
		// Cut as a relay may cut it: between two events, without a word about an end.
		for (let length = first; length < text.length; length += step) {
			const { transcript } = await transcribe(asBatches([toDelta(text.slice(0, length))]));
			const seen = facts(transcript);
			expect([text.slice(0, length), wrongIn(seen, summary)]).toEqual([expect.anything(), []]);
		}
	});

	it.each(texts)('%s, shows nothing that it takes back', async (_, text) => {
		const shown: Seen[] = [];
		const deltas = [...[...text].map(toDelta), lastDelta];
		await transcribe(asBatches(deltas), (sofar) => shown.push(facts(sofar)));
		expect(takenBack(shown)).toEqual([]);
	});
});

it('percents are shown while their line goes on', async () => {
	const seen: unknown[] = [];
	const deltas = ['\n\n>🏃\u200D 进度 ', '36..', '44..', '6', '1..'].map(toDelta);
	await transcribe(asBatches(deltas), (sofar) => seen.push(facts(sofar).percents));
	expect(seen).toEqual([[], [36], [36, 44], [36, 44], [36, 44, 61]]);
});

it.each([
	['Chinese', ['> 排队中', '.', '.']],
	['English', ['> Queuing', '.', '.']],
])('the queue is shown at its first word, in %s', async (_, texts) => {
	const seen: unknown[] = [];
	await transcribe(asBatches(texts.map(toDelta)), (sofar) => seen.push(facts(sofar).stages));
	expect(seen).toEqual([['queued'], ['queued'], ['queued']]);
});

it('a failure is shown once its line is whole, as it may be only a retry', async () => {
	const seen: unknown[] = [];
	const texts = ['> 生成失败', '，正在', '重试', '\n', '> 生成失败: no', '\n'];
	await transcribe(asBatches(texts.map(toDelta)), (sofar) => seen.push(facts(sofar).status));
	expect(seen).toEqual([...Array<string>(5).fill('unfinished'), 'failed']);
});

describe('a word that runs into a hole is read neither before nor after it', () => {
	const afterHole = (content: string) => ({ ...toDelta(content), afterHole: true });

	it.each<[string, string, string, Record<string, unknown>]>([
		['an id in backticks', '> ID: `task_01kw', 'r2tedqqg66j8gcs7hkwbfk`\n', {}],
		['a bare id', 'task_id: task_01kw', 'r2tedqqg66j8gcs7hkwbfk\n', {}],
		['a sid', '> sid: `s_dacef13', 'e489e0988fe7e560cb7f84a0d`\n', {}],
		['a link', '[▶️ 在线播放](https://cdn.example/a', 'b.mp4)\n', {}],
		[
			'an id that ends before it',
			'> ID: `task_01kwr2tedqqg66j8gcs7hkwbfk` ',
			'> 排队中\n',
			{
				taskId: 'task_01kwr2tedqqg66j8gcs7hkwbfk',
			},
		],
	])('%s', async (_, before, after, expected) => {
		const { transcript } = await transcribe(
			asBatches([toDelta(before), afterHole(after), lastDelta]),
		);
		const { taskId, sid, videoUrl } = facts(transcript);
		expect({ taskId, sid, videoUrl }).toEqual({
			...{ taskId: undefined, sid: undefined, videoUrl: undefined },
			...expected,
		});
	});
});
