import { kindOfReason, parseErrorBody } from '../../nodes/ChatVideo/chat/errorBody';
import { errorTable } from '../../nodes/ChatVideo/chat/errorWords';
import { fields, outputsOf } from '../../nodes/ChatVideo/chat/outputs';
import { states, stateOf } from '../../nodes/ChatVideo/chat/states';
import { contexts } from '../../nodes/ChatVideo/transcript/contexts';
import { grammar } from '../../nodes/ChatVideo/transcript/grammar';
import { unseenRows } from '../support/unseenRows';
import { languages } from './mentions';
import { fixture } from '../support/fixture';
import { summaryOf, type Summary } from './summary';

const file = 'https://files.example/f/9f8e7d6c5b4a3210';
const video = { status: 'completed', videoUrl: file };
const unfinished = { status: 'unfinished' };
const task = 'abc-1234567890';

/** One way to say each fact, where the samples of relays have none. */
const lines: ReadonlyArray<readonly [line: string, summary: Summary]> = [
	[`[Data Preview](${file})`, unfinished],
	[`[Raw Data](${file}.mp4)`, unfinished],
	[`[View progress](${file})`, unfinished],
	[`<a href="${file}">View progress</a>`, unfinished],
	[`[Source](${file}.mp4)`, unfinished],
	[`Editing [your video](${file}.mp4)`, unfinished],
	[`<a href="${file}.mp4">Source</a>`, unfinished],
	[`Source: ${file}.mp4`, unfinished],
	[`| Video | ${file} |\n|---|---|`, video],
	[`It is [here](${file}.mp4), enjoy`, { ...video, videoUrl: `${file}.mp4` }],
	[`72..[100](${file})`, { ...video, percents: [72, 100] }],
	[`[封面](${file}.cover)\n[播放](${file})`, { ...video, posterUrl: `${file}.cover` }],
	[`![x](${file}.cover)\n[播放](${file})`, { ...video, posterUrl: `${file}.cover` }],
	[`[播放](${file})\n[下载](${file}.save)`, { ...video, downloadUrl: `${file}.save` }],
	[`ID задачи: \`${task}\``, { taskId: task }],
	[`视频ID: \`${task}\``, { taskId: task }],
	[`> ID: \`${task}\``, { taskId: task }],
	['Post ID: s_6948a1c2d3e4', { sid: 's_6948a1c2d3e4' }],
	['> ImageTask(id=8868902201637896192)', { taskId: '8868902201637896192' }],
	['[x:videojob:vgj-9c1d3f5a]: #', { taskId: 'vgj-9c1d3f5a' }],
	['1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed', { taskId: '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed' }],
	['see cgt-20251222052001-7kq2m', { taskId: 'cgt-20251222052001-7kq2m' }],
	[`Progress: 0.35\n[播放](${file})`, { ...video, percents: [35] }],
	['生成失败: 500\n原因：没有空位', { status: 'failed', reason: '没有空位' }],
	['生成失败，正在重试', { status: 'unfinished', stages: ['generating'] }],
	['クレジットが不足しています', { status: 'failed', reason: 'クレジットが不足しています' }],
	['状态：失败', { status: 'failed' }],
	['“生成完成 已经看到” 的牌子', { status: 'unfinished', stages: [] }],
	[`预览视频已生成\n[播放](${file})`, { status: 'unfinished', unfinishedPreview: file }],
];

it.each(lines)('%s', async (line, summary) => {
	expect(await summaryOf(line)).toMatchObject(summary);
});

const readFixture = (name: string): string => fixture(name).toString();

/** The texts of the samples of relays, whose tests say what is read from them. */
const texts = [
	...lines.map(([line]) => line),
	...['reference.transcript.md', 'traditional-chinese.md'].map(readFixture),
	...readFixture('relays.ndjson')
		.trim()
		.split('\n')
		.map((line) => {
			const { deltas = [] } = JSON.parse(line) as { deltas?: Array<Record<string, string>> };
			return deltas
				.map((delta) => (delta.reasoning_content ?? '') + (delta.content ?? ''))
				.join('');
		}),
];

it('no row of the grammar is one too many', async () => {
	const unseen = await unseenRows(grammar, texts, summaryOf, ({ pattern }, text) =>
		new RegExp(pattern.source, 'iu').test(text),
	);
	expect(unseen.map(({ fact, pattern }) => `${fact} ${pattern.source}`)).toEqual([]);
});

const mentions = languages.flatMap(({ words, frames }) =>
	frames.flatMap((say) => words.map((word) => say(word, 'https://files.example/clip.mp4'))),
);

it('no row of the contexts is one too many', async () => {
	const report = async (text: string): Promise<unknown> => {
		const { status, stages } = await summaryOf(text);
		return [status, stages];
	};
	const unseen = await unseenRows(contexts, mentions, report, ({ words }, text) =>
		words.test(text),
	);
	expect(unseen.map(({ at, words }) => `${at} ${words.source}`)).toEqual([]);
});

it('no row of the states is one too many', async () => {
	const words = [
		'failed',
		'succeeded',
		'queued',
		'processing',
		'失败',
		'已完成',
		'排队中',
		'处理中',
	];
	expect(await unseenRows(states, words, stateOf)).toEqual([]);
});

it('no row of the errors is one too many', async () => {
	const reasons = [
		'积分不足',
		'content policy',
		'请求过多',
		'Invalid API key',
		'No available channel',
	];
	const kindsOf = (reason: string): unknown => [kindOfReason(reason), parseErrorBody(reason).kind];
	expect(await unseenRows(errorTable, reasons, kindsOf)).toEqual([]);
});

it('no field of files is one too many', async () => {
	const names = [
		...['thumbnail_url', 'poster_url', 'cover_url', 'image_url', 'images', 'image'],
		...[
			'output',
			'videos',
			'video',
			'video_url',
			'videoUrl',
			'video_urls',
			'videoUrls',
			'output_video',
			'file',
			'files',
		],
		...['attachments', 'media', 'data', 'inline_data', 'inlineData', 'fileData'],
		...['multi_mod_content', 'parts', 'annotations', 'url_citation'],
		...['artifacts', 'creations', 'sa_resources', 'result_urls', 'resultUrls'],
	];
	const read = (name: string): unknown => outputsOf({ [name]: { url: `${file}.mp4` } });
	expect(await unseenRows(fields, names, read)).toEqual([]);
});
