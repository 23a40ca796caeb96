import { grammar } from '../../nodes/ChatVideo/transcript/grammar';
import { bothLanguages, compose, fenced, type Parts, sample, whole } from './compose';
import { summaryOf, type Summary } from './summary';

/** A variant of one part in an otherwise whole transcript, and what it changes in what is read. */
type Row = [name: string, parts: Parts, changed?: Summary];

async function expectToTell([, parts, changed = {}]: Row): Promise<void> {
	for (const language of bothLanguages) {
		const summary = await summaryOf(compose(parts, language));
		const expected = { ...whole(language), ...changed };
		expect(summary).toEqual(
			Object.fromEntries(Object.entries(expected).filter(([, value]) => value !== undefined)),
		);
	}
}

const check = (name: string, rows: Row[]): void =>
	describe(name, () => {
		for (const row of rows) it(row[0], () => expectToTell(row));
	});

it.each(bothLanguages)('a whole transcript in %s is read to the last fact', async (language) => {
	expect(await summaryOf(compose({}, language))).toEqual(whole(language));
});

it.each(bothLanguages)('a whole transcript in %s with CRLF says the same', async (language) => {
	const source = compose({}, language).replaceAll('\n', '\r\n');
	expect(await summaryOf(source)).toEqual(whole(language));
});

it.each(bothLanguages)('a whole transcript in %s on one line says the same', async (language) => {
	const source = compose({}, language).replaceAll(/\n+/g, ' ');
	expect(await summaryOf(source)).toEqual(whole(language));
});

it.each(bothLanguages)(
	'a whole transcript in %s on one line without its fence',
	async (language) => {
		const source = compose({ fence: null }, language).replaceAll('\n', ' ');
		const expected = { ...whole(language) };
		for (const field of ['prompt', 'orientation', 'sourceSid']) delete expected[field];
		expect(await summaryOf(source)).toEqual(expected);
	},
);

describe('the id line', () => {
	const forms = [
		sample.task,
		sample.uuid,
		`veo3-pro:${sample.uuid}`,
		`sora-2:${sample.task}`,
		`video_${sample.uuid}`,
		'veo3:1756693796-YQVHH4A3Lg',
		'1725412345678',
	];
	const lines: Array<[string, (id: string) => string]> = [
		['the reference', (id) => `> ID: \`${id}\``],
		['no blank after the quote mark', (id) => `>ID: \`${id}\``],
		['no quote mark', (id) => `ID: \`${id}\``],
		['Chinese', (id) => `> 任务ID: \`${id}\``],
		['Chinese with a blank and a full-width colon', (id) => `> 任务 ID：\`${id}\``],
		['English', (id) => `> Task ID: \`${id}\``],
		['bold', (id) => `**Task ID: \`${id}\`**`],
		['a bold label', (id) => `**Task ID**: ${id}`],
		['an item of a list', (id) => `- Task ID: ${id}`],
		['lower case', (id) => `> id: \`${id}\``],
		['snake case', (id) => `> task_id: \`${id}\``],
		['quotes', (id) => `> Task ID: "${id}"`],
		['an emoji before it', (id) => `> 🆔 ID: \`${id}\``],
		['no backticks', (id) => `> ID: ${id}`],
		['no backticks, and a full stop', (id) => `> ID: ${id}.`],
		['no backticks, and a quote mark after it', (id) => `> ID: ${id} > more`],
		['after words that say it was submitted', (id) => `> 任务已提交，ID: \`${id}\``],
		['after more of them', (id) => `> 任务提交成功✅ ID：\`${id}\``],
		['after English ones', (id) => `> Task submitted successfully, ID: \`${id}\``],
		['no backticks, and Chinese right after it', (id) => `> 任务ID: ${id}，请稍候`],
	];
	const cases = lines.flatMap(([name, line]) =>
		forms.map((id): Row => [`${name}: ${id}`, { id: line(id) }, { taskId: id }]),
	);
	for (const row of cases) it(row[0], () => expectToTell(row));

	it('together with the id of the video, in whichever order', async () => {
		const lines = ['> Video ID: `vid_9f8e7d6c5b4a`', '> Task ID: `task_1`'];
		for (const id of [lines.join('\n'), lines.reverse().join('\n')]) {
			await expectToTell([
				'',
				{ id, links: null },
				{ taskId: 'task_1', previewUrl: undefined, sourceUrl: undefined },
			]);
		}
	});

	it('none: the id is that of the task pages', () => expectToTell(['', { id: null }]));

	it('none, and no task pages: there is no id, and still the video', () => {
		const changed = {
			taskId: undefined,
			previewUrl: undefined,
			sourceUrl: undefined,
			stages: ['queued', 'generating', 'completed'],
		};
		return expectToTell(['', { id: null, links: null }, changed]);
	});

	it.each([
		['a word of the sentence', '> Task ID: pending'],
		['the id of another thing', '> request_id: `9098745234`'],
		['a label without an id', '> 任务ID: 获取中'],
		['an id in the running text', 'You can check it with the ID: it is in your account.'],
	])('is not %s', async (_, line) => {
		const summary = await summaryOf(compose({ id: line, links: null }));
		expect(summary).not.toHaveProperty('taskId');
	});
});

check('the task links', [
	[
		'blank after the quote mark',
		{ links: `> [数据预览](${sample.previewUrl}) | [原始数据](${sample.sourceUrl})` },
	],
	[
		'no quote mark',
		{ links: `[数据预览](${sample.previewUrl}) | [原始数据](${sample.sourceUrl})` },
	],
	[
		'Data Preview and Raw Data',
		{ links: `>[Data Preview](${sample.previewUrl}) | [Raw Data](${sample.sourceUrl})` },
	],
	[
		'Source Data',
		{ links: `> [Data Preview](${sample.previewUrl}) | [Source Data](${sample.sourceUrl})` },
	],
	[
		'one line each',
		{ links: `> [数据预览](${sample.previewUrl})\n> [原始数据](${sample.sourceUrl})` },
	],
	[
		'the other order',
		{ links: `> [原始数据](${sample.sourceUrl}) | [数据预览](${sample.previewUrl})` },
	],
	[
		'a line of words before them',
		{
			links: `> 可以从以下链接获取任务进度:\n> [数据预览](${sample.previewUrl}) | [原始数据](${sample.sourceUrl})`,
		},
	],
	[
		'other words, known by their form',
		{ links: `> [here](${sample.previewUrl}) and [there](${sample.sourceUrl})` },
	],
	['bare URLs', { links: `> ${sample.previewUrl} , ${sample.sourceUrl}` }],
	[
		'labels broken by a newline',
		{ links: `> [数据\n预览](${sample.previewUrl}) | [原始\n数据](${sample.sourceUrl})` },
	],
	[
		'two blanks at the end, as Markdown breaks lines',
		{ links: `> [数据预览](${sample.previewUrl}) | [原始数据](${sample.sourceUrl})  ` },
	],
	[
		'another host',
		{
			links: `>[数据预览](https://pro.asyncdata.net/web/${sample.task}) | [原始数据](https://pro.asyncdata.net/source/${sample.task})`,
		},
		{
			previewUrl: `https://pro.asyncdata.net/web/${sample.task}`,
			sourceUrl: `https://pro.asyncdata.net/source/${sample.task}`,
		},
	],
	[
		'a page of another kind',
		{
			links: `>[数据预览](https://relay.example/view?t=1) | [原始数据](https://relay.example/raw?t=1)`,
		},
		{ previewUrl: 'https://relay.example/view?t=1', sourceUrl: 'https://relay.example/raw?t=1' },
	],
	['none', { links: null }, { previewUrl: undefined, sourceUrl: undefined }],
]);

check('the queue', [
	['one dot', { queue: '> 排队中.' }],
	['one line with the work', { queue: '> 排队中... 生成中.', working: null }],
	['a clock', { queue: '> 🕐 排队中.' }],
	['English', { queue: '> Queuing...' }],
	['another spelling', { queue: '> Queueing...' }],
	['waiting in Chinese', { queue: '> 等待处理中.' }],
	['waiting in short Chinese', { queue: '> 等待处理' }],
	['waiting in English', { queue: '> Waiting for processing' }],
	['in queue', { queue: '> ⏳ Your task is in queue' }],
	['said twice', { queue: '> 排队中...\n> 排队中......' }],
	['none', { queue: null }, { stages: ['submitted', 'generating', 'completed'] }],
]);

check('the work', [
	['a film', { working: '> 🎬 开始生成视频................' }],
	['improving', { working: '> 🔄 正在优化视频质量.............' }],
	['English', { working: '> 🎬 Video generation started.....' }],
	['improving in English', { working: '> 🔄 Optimizing video quality.....' }],
	['as the sora2api family says it', { working: '**Generation Process Begins**' }],
	['none', { working: null }, { stages: ['submitted', 'queued', 'completed'] }],
]);

check('progress', [
	['with a joiner and a blank', { progress: '>🏃\u200D 进度 36..44..' }, { percents: [36, 44] }],
	['without the joiner', { progress: '>🏃 进度 36..44..' }, { percents: [36, 44] }],
	['without a blank', { progress: '>🏃\u200D进度36..44..' }, { percents: [36, 44] }],
	['with a blank after the quote mark', { progress: '> 🏃 进度 36..44..' }, { percents: [36, 44] }],
	['English', { progress: '>🏃 Progress 76..' }, { percents: [76] }],
	['without a runner', { progress: '> Progress: 76..' }, { percents: [76] }],
	['a full-width colon', { progress: '> 进度：36%，44%' }, { percents: [36, 44] }],
	['a line of its own', { progress: '76...' }, { percents: [76] }],
	['a line of its own in percent', { progress: '> 76%' }, { percents: [76] }],
	['a line each', { progress: '> 进度 36..\n> 进度 44..' }, { percents: [36, 44] }],
	['an ellipsis', { progress: '> 进度 36…44…' }, { percents: [36, 44] }],
	['fractions', { progress: '> 进度 36.5..44.25..' }, { percents: [36.5, 44.25] }],
	[
		'as the sora2api family says it',
		{ progress: '**Video Generation Progress**: 40% (processing)' },
		{ percents: [40] },
	],
	['next to the work', { progress: '> 生成中 45%' }, { percents: [45] }],
	['dots only', { progress: '> 🏃 进度 ........' }, { percents: [] }],
	['falling ones are left out', { progress: '> 进度 36..20..44..44..' }, { percents: [36, 44] }],
	['from nothing to all', { progress: '> 进度 0..50..100..' }, { percents: [0, 50, 100] }],
	['over all', { progress: '> 进度 50..101..720..' }, { percents: [50] }],
	[
		'numbers of the task are none',
		{ progress: '> model sora-2 at 1080p, 30 fps, 16:9' },
		{ percents: [] },
	],
	['none', { progress: null }, { percents: [] }],
]);

it('the last percent may be the link to the result', async () => {
	const parts: Parts = {
		progress: `>🏃 进度 57..72..[100](${sample.video})`,
		done: null,
		sid: null,
		poster: null,
		play: null,
	};
	expect(await summaryOf(compose(parts))).toMatchObject({
		status: 'completed',
		videoUrl: sample.video,
		percents: [57, 72, 100],
	});
});

check('done', [
	['the tick before it', { done: '> ✅ 生成完成' }],
	['the whole video', { done: '> ✅ 视频生成完成' }],
	['success', { done: '> 视频生成成功' }],
	['English', { done: '> Generation Complete ✅' }],
	['other English', { done: '> Generating Complete ✅' }],
	['past tense', { done: '**Video Generation Completed**' }],
	['high quality', { done: '> 🎉 高质量视频已生成' }],
	['high quality in English', { done: '> 🎉 High-quality video generated' }],
	['two blanks at the end', { done: '> 生成完成 ✅  ' }],
	['no quote mark', { done: '生成完成 ✅' }],
	['none: the video is enough', { done: null }, { stages: ['submitted', 'queued', 'generating'] }],
]);

check('the sid', [
	['in backticks', { sid: `> sid: \`${sample.sid}\`` }],
	['no quote mark', { sid: `sid: ${sample.sid}` }],
	['a full-width colon', { sid: `> sid：${sample.sid}` }],
	['upper case', { sid: `> SID: ${sample.sid}` }],
	['bold', { sid: `> **sid**: \`${sample.sid}\`` }],
	['no blank', { sid: `>sid:${sample.sid}` }],
	['few letters', { sid: '> sid: s_1' }, { sid: 's_1' }],
	['none', { sid: null }, { sid: undefined }],
	[
		'none, but the file is named for it',
		{ sid: null, play: `[在线播放▶️](https://cdn.example/MP4/${sample.sid}.mp4)` },
		{
			videoUrl: `https://cdn.example/MP4/${sample.sid}.mp4`,
			videoUrls: [`https://cdn.example/MP4/${sample.sid}.mp4`],
		},
	],
	['none, but the page it was shared on', { sid: `> https://sora.chatgpt.com/p/${sample.sid}` }],
]);

const signed =
	'https://videos.example.com/az/files/abc%2Fraw?se=2025-10-28T09%3A00%3A00Z&sig=Qm%2Bx%2F7w%3D&az=x,y;z!1';

check('the poster', [
	['its URL for a label', { poster: `![${sample.poster}](${sample.poster})` }],
	['a word for a label', { poster: `![cover](${sample.poster})` }],
	['no label', { poster: `![](${sample.poster})` }],
	['a label broken by a newline', { poster: `![the\ncover](${sample.poster})` }],
	['signed, without an extension', { poster: `![cover](${signed})` }, { posterUrl: signed }],
	['a tag', { poster: `<img alt="cover" src="${sample.poster}" width="320">` }],
	[
		'before the result is announced',
		{ poster: null, done: `![cover](${sample.poster})\n\n> 生成完成 ✅` },
	],
	['around the link', { poster: null, play: `[![cover](${sample.poster})](${sample.video})` }],
	['none', { poster: null }, { posterUrl: undefined }],
]);

check('the play link', [
	['Play Online', { play: `[Play Online▶️](${sample.video})` }],
	['Online Play', { play: `[Online Play▶️](${sample.video})` }],
	['no emoji', { play: `[在线播放](${sample.video})` }],
	['a blank before it', { play: ` [在线播放▶️](${sample.video})` }],
	['a quote mark before it', { play: `> [在线播放▶️](${sample.video})` }],
	[
		'with a download in Chinese',
		{ play: `[▶️ 在线观看](${sample.video}) | [⏬ 下载视频](${sample.download})` },
		{ downloadUrl: sample.download },
	],
	[
		'with a download in English',
		{ play: `[▶️ Watch Online](${sample.video}) | [⏬ Download Video](${sample.download})` },
		{ downloadUrl: sample.download },
	],
	[
		'with a download on the next line',
		{ play: `[▶️ 在线观看](${sample.video})\n[⏬ 下载视频](${sample.download})` },
		{ downloadUrl: sample.download },
	],
	[
		'with a download known by its path',
		{ play: `[▶️ 在线观看](${sample.video}) ${sample.download}` },
		{ downloadUrl: sample.download },
	],
	['Online Preview', { play: `[📺 Online Preview](${sample.video})` }],
	['在线预览', { play: `[📺 在线预览](${sample.video})` }],
	['a download alone', { play: `[点击下载](${sample.video})` }],
	['the same link twice', { play: `[在线播放▶️](${sample.video})\n[点击下载](${sample.video})` }],
	['another label', { play: `[final.mp4](${sample.video})` }],
	['a label broken by a newline', { play: `[在线播放\n▶️](${sample.video})` }],
	['a label broken after a blank', { play: `[在线播放 \n▶️](${sample.video})` }],
	[
		'a label broken twice',
		{ play: `[▶️\n在线\n观看](${sample.video}) | [⏬\n下载视频](${sample.download})` },
		{ downloadUrl: sample.download },
	],
	['a label broken by CRLF', { play: `[在线播放\r\n▶️](${sample.video})` }],
	['a bare URL', { play: sample.video }],
	['a bare URL after words', { play: `视频地址：${sample.video}` }],
	['a bare URL and a full stop', { play: `It is here: ${sample.video}.` }],
	['a bare URL in angle brackets', { play: `<${sample.video}>` }],
	[
		'bare URLs, one for downloading',
		{ play: `${sample.video}\n${sample.download}` },
		{ downloadUrl: sample.download },
	],
	['a tag', { play: `<video src='${sample.video}' controls></video>` }],
	[
		'a tag in double quotes with more attributes',
		{
			play: `<video controls width="480" src="${sample.video}" poster="${sample.poster}"></video>`,
		},
	],
	[
		'a source within a tag',
		{ play: `<video controls><source src="${sample.video}" type="video/mp4"></video>` },
	],
	[
		'a tag in a fence',
		{ play: `\`\`\`html\n<video src='${sample.video}' controls></video>\n\`\`\`` },
	],
	['in a fence without a language', { play: `\`\`\`\n${sample.video}\n\`\`\`` }],
	[
		'no extension, signed',
		{ play: `[在线播放▶️](${signed})` },
		{ videoUrl: signed, videoUrls: [signed] },
	],
	['a bare URL, no extension, signed', { play: signed }, { videoUrl: signed, videoUrls: [signed] }],
	[
		'a pair of parentheses in it',
		{ play: '[在线播放▶️](https://a.example/v(1).mp4)' },
		{ videoUrl: 'https://a.example/v(1).mp4', videoUrls: ['https://a.example/v(1).mp4'] },
	],
	['a link title', { play: `[在线播放▶️](${sample.video} "watch")` }],
	[
		'a picture next to it that is a GIF',
		{ play: `[在线播放▶️](${sample.video})\n![preview](https://a.example/p.gif)` },
		{ gifUrl: 'https://a.example/p.gif' },
	],
	[
		'a GIF before it',
		{ play: `![preview](https://a.example/p.gif)\n[在线播放▶️](${sample.video})` },
		{ gifUrl: 'https://a.example/p.gif' },
	],
	[
		'a bare URL without extension below words that say it is there',
		{ done: "> Here's your video:", play: 'https://a.example/abc/def' },
		{ videoUrl: 'https://a.example/abc/def', videoUrls: ['https://a.example/abc/def'] },
	],
	[
		'upper-case scheme and extension',
		{ play: '[在线播放▶️](HTTPS://A.example/V.MP4)' },
		{ videoUrl: 'HTTPS://A.example/V.MP4', videoUrls: ['HTTPS://A.example/V.MP4'] },
	],
]);

check('the fence', [
	[
		'no language',
		{ fence: fenced({ prompt: 'a cat' }).replace('json', '') },
		{ prompt: 'a cat', orientation: undefined, sourceSid: undefined },
	],
	[
		'upper case',
		{ fence: fenced({ prompt: 'a cat' }).replace('json', 'JSON') },
		{ prompt: 'a cat', orientation: undefined, sourceSid: undefined },
	],
	[
		'a blank before the language',
		{ fence: fenced({ prompt: 'a cat' }).replace('json', ' json') },
		{ prompt: 'a cat', orientation: undefined, sourceSid: undefined },
	],
	[
		'compact',
		{ fence: '```json\n{"prompt":"a cat","orientation":"landscape"}\n```' },
		{ prompt: 'a cat', orientation: 'landscape', sourceSid: undefined },
	],
	[
		'on one line',
		{ fence: '```json {"prompt":"a cat","orientation":"landscape"} ```' },
		{ prompt: 'a cat', orientation: 'landscape', sourceSid: undefined },
	],
	[
		'all of its fields',
		{
			fence: fenced({
				prompt: 'a cat',
				orientation: 'landscape',
				duration: 15,
				ratio: '16:9',
				n: 1,
			}),
		},
		{ prompt: 'a cat', orientation: 'landscape', duration: 15, sourceSid: undefined },
	],
	[
		'a duration in words',
		{ fence: fenced({ prompt: 'a cat', duration: '10s' }) },
		{ prompt: 'a cat', duration: 10, orientation: undefined, sourceSid: undefined },
	],
	[
		'a duration that is none',
		{ fence: fenced({ prompt: 'a cat', duration: 'auto' }) },
		{ prompt: 'a cat', orientation: undefined, sourceSid: undefined },
	],
	[
		'broken JSON',
		{ fence: '```json\n{ "prompt": "a cat,\n```' },
		{ prompt: undefined, orientation: undefined, sourceSid: undefined },
	],
	[
		'words for JSON',
		{ fence: '```json\nnothing to plan\n```' },
		{ prompt: undefined, orientation: undefined, sourceSid: undefined },
	],
	[
		'prose instead',
		{ fence: 'Here is your video of a cat.' },
		{ prompt: undefined, orientation: undefined, sourceSid: undefined },
	],
	[
		'a line of the prompt instead',
		{ fence: '- **Prompt**: a cat, slowly' },
		{ prompt: 'a cat, slowly', orientation: undefined, sourceSid: undefined },
	],
	[
		'a Chinese line of the prompt instead',
		{ fence: '> 📝 提示词：一只猫' },
		{ prompt: '一只猫', orientation: undefined, sourceSid: undefined },
	],
	['none', { fence: null }, { prompt: undefined, orientation: undefined, sourceSid: undefined }],
]);

describe('a fence that nothing closes', () => {
	const open = fenced({ prompt: 'a cat' }).slice(0, -'\n```'.length);

	it.each(bothLanguages)('ends where its JSON ends, in %s', async (language) => {
		const unquoted = { id: `Task ID: ${sample.task}`, done: null, sid: null, fence: open };
		const summary = await summaryOf(compose({ ...unquoted, links: null, queue: null }, language));
		expect(summary).toMatchObject({ prompt: 'a cat', taskId: sample.task, videoUrl: sample.video });
	});

	it('ends at a quoted line, where its JSON is broken', async () => {
		const summary = await summaryOf(
			compose({ fence: `\`\`\`json\n{\n  "prompt": "a cat\n  "sid": "${sample.sourceSid}"` }),
		);
		const { prompt, orientation, sourceSid: source, ...expected } = whole();
		expect([prompt, orientation, source]).toEqual([
			sample.prompts.chinese,
			'portrait',
			sample.sourceSid,
		]);
		expect(summary).toEqual(expected);
	});

	it('is not read as text where it is cut within its JSON', async () => {
		const summary = await summaryOf(
			`\`\`\`json\n{\n  "sid": "${sample.sourceSid}",\n  "id": "x1",\n  "prompt": "a`,
		);
		expect(summary).toEqual({ status: 'unfinished', percents: [], stages: [] });
	});

	it('hides nothing at the end of the text', async () => {
		const summary = await summaryOf(
			`\`\`\`\nTask ID: ${sample.task}\n[在线播放▶️](${sample.video})`,
		);
		expect(summary).toMatchObject({ taskId: sample.task, videoUrl: sample.video });
	});

	it('gives its prompt where the text ends right after it', async () => {
		expect(await summaryOf(open)).toMatchObject({ status: 'unfinished', prompt: 'a cat' });
	});
});

it('only the first fence is the plan', async () => {
	const summary = await summaryOf(
		`${fenced({ prompt: 'first' })}\n\n${fenced({ prompt: 'second' })}`,
	);
	expect(summary.prompt).toBe('first');
});

describe('failure', () => {
	const failure = (lines: string): Parts => ({ done: lines, sid: null, poster: null, play: null });
	const rows: Array<[name: string, lines: string, reason: string, detail?: string]> = [
		[
			'the reason on the next line',
			'> 生成失败 ❌\n> 失败原因：input_moderation',
			'input_moderation',
		],
		['without quote marks', '生成失败 ❌\n失败原因：input_moderation', 'input_moderation'],
		[
			'with an empty line between',
			'生成失败 ❌\n\n失败原因: output_moderation',
			'output_moderation',
		],
		['in one line', '生成失败, 原因: Invalid parameter', 'Invalid parameter'],
		[
			'after a colon',
			'❌ 生成失败: This content may violate our policies.',
			'This content may violate our policies.',
		],
		['after a full-width colon', '> ❌ 生成失败：上游超时', '上游超时'],
		[
			'the reason on the next line without a label',
			'生成失败:\nupstream timed out',
			'upstream timed out',
		],
		[
			'two lines in English',
			'Generation failed ❌\nFailure reason: third-party content',
			'third-party content',
		],
		['short English', '> Generation failed\n> Reason: quota', 'quota'],
		['an action', 'Generate action failed: not allowed', 'not allowed'],
		['past tense', 'Video generation has failed: not allowed', 'not allowed'],
		['failed to generate', 'Failed to generate video: overloaded', 'overloaded'],
		['a task', '> 任务失败：overloaded', 'overloaded'],
		['a task of generating', '> 视频生成任务失败: overloaded', 'overloaded'],
		['an error line', '> Error: upstream said no', 'upstream said no'],
		['a Chinese error line', '发生错误：上游说不', '上游说不'],
		['an error line in bold', '**Error**: upstream said no', 'upstream said no'],
		['a cross and an error line', '❌ 错误: upstream said no', 'upstream said no'],
		['a cross alone', '> ❌ upstream said no', 'upstream said no'],
		[
			'a model that declines',
			"I'm sorry, but I can't make a video of real people.",
			"I'm sorry, but I can't make a video of real people.",
		],
		[
			'a model that declines in Chinese',
			'很抱歉，我无法生成该视频。',
			'很抱歉，我无法生成该视频。',
		],
		['too late', '> 生成超时', '生成超时'],
		['moderation in Chinese', '> 内容审核未通过：敏感内容', '敏感内容'],
		[
			'a policy',
			'**Content Policy Violation**\n\nThis shows real people.',
			'This shows real people.',
		],
		['a reason in quotes', '生成失败 ❌\n"content policy"', '"content policy"'],
		['a reason in bold', '**生成失败**：**overloaded**', 'overloaded'],
		['no reason', '生成失败 ❌', 'no reason was given'],
		['glued after done', '> 生成完成 ✅生成失败 ❌ 原因：overloaded', 'overloaded'],
		['glued after done without the tick', '> 生成完成生成失败: overloaded', 'overloaded'],
		[
			'glued after done in English',
			'> Generation CompleteGeneration failed: overloaded',
			'overloaded',
		],
		[
			'a body after the reason',
			'生成失败: Request failed with status code 429\nReason:\n```json\n{\n  "error": "no credits"\n}\n```',
			'Request failed with status code 429',
			'{\n  "error": "no credits"\n}',
		],
		[
			'a body after it that nothing closes',
			'生成失败: Request failed\nReason:\n```json\n{ "error": "no credits" }',
			'Request failed',
			'{ "error": "no credits" }',
		],
		[
			'after a try that was repeated',
			'生成失败，正在重试\n> 生成中.\n> 生成失败: overloaded',
			'overloaded',
		],
	];

	it.each(rows)('%s', async (...[, lines, reason, detail]) => {
		for (const language of bothLanguages) {
			const summary = await summaryOf(compose(failure(lines), language));
			expect(summary).toMatchObject({
				status: 'failed',
				reason,
				taskId: sample.task,
				percents: [33, 58, 77],
			});
			expect(summary.detail).toBe(detail);
			expect(summary).not.toHaveProperty('videoUrl');
			expect((summary.stages as string[]).at(-1)).toBe('failed');
		}
	});

	it.each([
		['Chinese', '生成失败，正在重试'],
		['Chinese with a count', '> 生成失败，将在 5 秒后重试'],
		['Chinese on two lines', '> 生成失败 ❌\n> 正在重试...'],
		['short Chinese', '> 视频生成失败，重试中'],
		['English', '> Generation failed, retrying (1/3)'],
		['two English sentences', '> Video generation failed. Retrying...'],
		['the future', '> Generation failed; will retry'],
	])('is not a try that is repeated: %s', async (_, line) => {
		expect(await summaryOf(compose({ working: line }))).toMatchObject({ status: 'completed' });
		const unfinished = await summaryOf(compose({ ...failure('> 生成中.'), working: line }));
		expect(unfinished).toMatchObject({ status: 'unfinished', taskId: sample.task });
	});

	it('is not an apology that declines nothing', async () => {
		const summary = await summaryOf(
			compose({ ...failure('> 生成中.'), working: 'Sorry for the wait!' }),
		);
		expect(summary).toMatchObject({ status: 'unfinished', taskId: sample.task });
	});

	it.each([
		['its id', `生成失败：超时，任务ID: \`${sample.task}\``],
		[
			'its page',
			`生成失败: timed out, see [Raw Data](https://asyncdata.net/source/${sample.task})`,
		],
		[
			'its id in the line of the reason',
			`生成失败 ❌\n原因: timed out, task_id: \`${sample.task}\``,
		],
	])('names the task that is named nowhere else by %s', async (_, source) => {
		expect(await summaryOf(source)).toMatchObject({ status: 'failed', taskId: sample.task });
	});

	it('asks the user, not itself, to try again', async () => {
		const summary = await summaryOf(compose(failure('> 生成失败，请重试')));
		expect(summary).toMatchObject({ status: 'failed', reason: '请重试' });
	});

	it('is read with CRLF as without', async () => {
		for (const [, lines] of rows) {
			const source = compose(failure(lines));
			expect(await summaryOf(source.replaceAll('\n', '\r\n'))).toEqual(await summaryOf(source));
		}
	});

	it('counts no more once there is a video', async () => {
		const summary = await summaryOf(compose({ working: '> 生成失败: overloaded\n> 生成中.' }));
		expect(summary).toMatchObject({ status: 'completed', videoUrl: sample.video });
	});
});

it('no pattern that is looked for in every line has the flag u, which makes it many times slower', () => {
	const slow = grammar.filter(({ pattern, fact }) => pattern.unicode && fact !== 'quotation');
	expect(slow).toEqual([]);
});
