import { finish, emptyReading, readDelta } from '../../nodes/ChatVideo/transcript/transcript';
import { bothLanguages, compose, fenced, sample, whole } from './compose';
import { toDelta } from './deltas';
import { fixture } from '../support/fixture';
import { facts, summaryOf } from './summary';

const preview = 'https://filesystem.site/cdn/20251101/preview9QmWbXeRtYu.mp4';
const final = 'https://filesystem.site/cdn/20251101/final4LpKoJiHuGy.mp4';

describe('the sid', () => {
	it.each(bothLanguages)(
		'of the fence is the source, that after it the result, in %s',
		async (language) => {
			expect(await summaryOf(compose({}, language))).toMatchObject({
				sourceSid: sample.sourceSid,
				sid: sample.sid,
			});
		},
	);

	it('of the fence is not the result, where the result has none', async () => {
		const summary = await summaryOf(compose({ sid: null }));
		expect(summary.sourceSid).toBe(sample.sourceSid);
		expect(summary).not.toHaveProperty('sid');
	});
});

describe('two videos', () => {
	it.each([
		['Chinese', 'preview-then-final.md'],
		['English', 'preview-then-final.en.md'],
	])('the final one wins over the preview, in %s', async (_, name) => {
		expect(await summaryOf(fixture(name).toString())).toEqual({
			status: 'completed',
			taskId: `veo3:${sample.uuid}`,
			previewUrl: `https://pro.asyncdata.net/web/veo3:${sample.uuid}`,
			sourceUrl: `https://pro.asyncdata.net/source/veo3:${sample.uuid}`,
			videoUrl: final,
			videoUrls: [final],
			downloadUrl: final.replace('/cdn/', '/cdn/download/'),
			percents: [],
			stages: ['submitted', 'queued', 'generating', 'completed'],
		});
	});

	it.each([
		['Chinese', 'preview-then-final.md', '> 🎉'],
		['English', 'preview-then-final.en.md', '> 🎉'],
	])('a preview alone is unfinished, in %s', async (_, name, end) => {
		const [start = ''] = fixture(name).toString().split(end);
		const summary = await summaryOf(start);
		expect(summary).toMatchObject({ status: 'unfinished', unfinishedPreview: preview });
		expect(summary).not.toHaveProperty('videoUrl');
	});

	it('a preview is what is left when the better one fails', async () => {
		const [start = ''] = fixture('preview-then-final.md').toString().split('> 🎉');
		const summary = await summaryOf(`${start}> 生成失败 ❌\n> 失败原因：upsample`);
		expect(summary).toMatchObject({ status: 'completed', videoUrl: preview });
	});

	it('of equal rank are both given, the first one first', async () => {
		expect(await summaryOf(fixture('two-results.md').toString())).toEqual({
			status: 'completed',
			posterUrl: 'https://media.example.com/a/cover1.png',
			videoUrl: 'https://media.example.com/a/one.mp4',
			videoUrls: ['https://media.example.com/a/one.mp4', 'https://media.example.com/a/two.mp4'],
			percents: [],
			stages: ['generating', 'completed'],
		});
	});

	it('the download twin is not a second one', async () => {
		const summary = await summaryOf(
			compose({ play: `[▶️ 在线观看](${sample.video}) | [⏬ 下载视频](${sample.download})` }),
		);
		expect(summary).toMatchObject({ videoUrls: [sample.video], downloadUrl: sample.download });
	});

	it('the later of two labelled ones wins over a bare URL after it', async () => {
		const summary = await summaryOf(`${compose()}\n\nhelp: https://relay.example/help`);
		expect(summary).toMatchObject({ videoUrl: sample.video });
	});
});

describe('a task page is never the video', () => {
	it.each([
		['its usual labels', `>[数据预览](${sample.previewUrl}) | [原始数据](${sample.sourceUrl})`],
		['the label of a play link', `> [在线播放▶️](${sample.previewUrl})`],
		['the label of a download', `> [点击下载](${sample.sourceUrl})`],
		['a bare URL', `> ${sample.sourceUrl}`],
		['the page it was shared on', `> [Watch Online](https://sora.chatgpt.com/p/${sample.sid})`],
		['a web page', '> [View](https://relay.example/docs/video.html)'],
		['a picture', `> [Preview](${sample.poster})`],
	])('with %s', async (_, links) => {
		const summary = await summaryOf(compose({ links, play: null, poster: null }));
		expect(summary.status).toBe('unfinished');
		expect(summary).not.toHaveProperty('videoUrl');
	});

	it('but a file in a folder of that name is', async () => {
		const url = 'https://cdn.example/web/videos/one.mp4';
		expect(await summaryOf(compose({ play: `[在线播放▶️](${url})` }))).toMatchObject({
			videoUrl: url,
		});
	});
});

const signed = `https://videos.openai.com/vg-assets/assets%2F${sample.task}%2Fraw?se=2025-10-28T09%3A00%3A00Z&sig=a%2Bb%2Fc%3D`;

it.each([
	['as it went in', signed, signed],
	['with what only looks like an escape', `${signed}&copy=1&x=&y;`, `${signed}&copy=1&x=&y;`],
	['without the escapes of HTML', `${signed}&amp;x=1#t=0`, `${signed}&x=1#t=0`],
	['without numeric ones', `${signed}&#38;x=1&#x26;y=2`, `${signed}&x=1&y=2`],
	['with escapes undone once', `${signed}&amp;amp;x=1`, `${signed}&amp;x=1`],
	['with an escaped blank left alone', `${signed}&#32;x`, `${signed}&#32;x`],
])('a signed URL comes out %s', async (_, url, expected) => {
	for (const play of [`[在线播放▶️](${url})`, `<video src="${url}"></video>`]) {
		expect(await summaryOf(compose({ play }))).toMatchObject({ videoUrl: expected });
	}
});

it('a stream that stops at 81 % is unfinished, with its task id', async () => {
	const summary = await summaryOf(fixture('one-line-unfinished.md').toString());
	expect(summary).toEqual({
		status: 'unfinished',
		taskId: sample.task,
		previewUrl: sample.previewUrl,
		sourceUrl: sample.sourceUrl,
		percents: [29, 48, 66, 81],
		stages: ['submitted', 'queued', 'generating'],
	});
});

it('moderation may strike after 90 %', async () => {
	const summary = await summaryOf(fixture('moderated-at-92.sse').toString());
	expect(summary).toMatchObject({
		status: 'failed',
		reason: 'output_moderation',
		taskId: sample.task,
		percents: [28, 57, 92],
	});
});

it('a submission is no result, though it speaks of completion and download', async () => {
	expect(await summaryOf(fixture('submitted-in-one-chunk.sse').toString())).toEqual({
		status: 'unfinished',
		taskId: `veo3-fast:${sample.uuid}`,
		prompt: 'A lighthouse at dawn, slow motion',
		percents: [],
		stages: ['submitted'],
	});
});

it('words of completion without a video are no success', async () => {
	const summary = await summaryOf(compose({ play: null }));
	expect(summary).toMatchObject({ status: 'unfinished', taskId: sample.task, sid: sample.sid });
});

it('the sora2api family prints its progress as reasoning and its video in a tag', async () => {
	expect(await summaryOf(fixture('reasoning-then-video.sse').toString())).toEqual({
		status: 'completed',
		sid: 's_68f8d4e5f6a78191c0ebfaa9b8c7d6e5',
		videoUrl: expect.stringMatching(/%2Fraw\?se=2025-10-28T09%3A00%3A00Z&sig=Qm%2Bx%2F7w%3D$/),
		videoUrls: [expect.any(String)],
		percents: [12, 63],
		stages: ['generating', 'completed'],
	});
});

it('words may run straight into a bare URL', async () => {
	expect(await summaryOf(fixture('bare-url-with-stop.sse').toString())).toMatchObject({
		status: 'completed',
		videoUrl: 'https://drive.example.com/file/d/1AbC_dEf-9/view',
	});
});

it('an answer may be nothing but a URL', async () => {
	const url = `https://cdn.example/MP4/${sample.sid}`;
	expect(await summaryOf(`\n${url}\n`)).toMatchObject({
		status: 'completed',
		videoUrl: url,
		sid: sample.sid,
	});
});

it.each([
	['content_filter', 'content_filter'],
	['contentFilter', 'content_filter'],
	['sensitive', 'content_filter'],
	['moderation', 'content_filter'],
	['guardrail_intervened', 'content_filter'],
])('a finish reason of %s says that it was refused', (finishReason, reason) => {
	const reading = readDelta(emptyReading, { ...toDelta('> 生成中.'), finishReason });
	expect(facts(finish(reading))).toMatchObject({ status: 'failed', reason });
});

describe('what the user wished is not what the relay says', () => {
	const wishes = [
		'一个写着 生成失败 的牌子',
		'> 生成失败 ❌\n> 失败原因：input_moderation',
		'> sid: s_00000000000000000000000000000000',
		'> ID: `task_00000000000000000000000000`',
		'like https://example.com/reference.mp4 but at night',
		'[在线播放▶️](https://example.com/fake.mp4)',
		'> 生成完成 ✅',
		'a sign with ``` on it',
		'```\n> 生成失败\n```',
		'进度 99.. of a loading bar',
		'"quoted" and \\ escaped',
		'{"error": {"message": "no"}}',
		'<video src="https://example.com/fake.mp4"></video>',
	];

	it.each(wishes)('in the fence: %s', async (prompt) => {
		const fence = fenced({ prompt, orientation: 'portrait', sid: sample.sourceSid });
		expect(await summaryOf(compose({ fence }))).toEqual({ ...whole(), prompt });
	});

	it.each(wishes)('in the fence of a generation that is not finished: %s', async (prompt) => {
		const nothing = { done: null, sid: null, poster: null, play: null };
		const summary = await summaryOf(compose({ ...nothing, fence: fenced({ prompt }) }));
		expect(summary).toMatchObject({ status: 'unfinished', prompt, taskId: sample.task });
		expect(summary).not.toHaveProperty('sid');
	});

	it.each(wishes)('in a fence on one line: %s', async (prompt) => {
		const fence = `\`\`\`json ${JSON.stringify({ prompt })} \`\`\``;
		const summary = await summaryOf(compose({ fence }).replaceAll('\n', ' '));
		expect(summary).toMatchObject({
			status: 'completed',
			prompt,
			taskId: sample.task,
			sid: sample.sid,
			videoUrl: sample.video,
		});
	});

	const oneLine = wishes.filter((wish) => !wish.includes('\n'));

	it.each(oneLine)('in a line of the prompt: %s', async (prompt) => {
		const summary = await summaryOf(compose({ fence: `> **Prompt**: ${prompt}` }));
		expect(summary).toMatchObject({
			prompt,
			taskId: sample.task,
			sid: sample.sid,
			videoUrl: sample.video,
		});
		expect(summary.stages).toEqual(whole().stages);
	});

	it.each([
		['words of failure', 'You asked for "a sign that says 生成失败: no", which I like.'],
		['words of failure in Chinese quotes', '用户想要“写着 生成失败 的牌子”。'],
		['words of completion', 'The user writes "ok ✅ 生成完成".'],
		['a percent', 'You want “a progress bar at 99% ”.'],
		['a URL', 'It is to look like https://example.com/reference.mp4 at night.'],
		['a URL in quotes', 'It is to look like "https://example.com/reference.mp4".'],
	])('in prose before a generation that stops: %s', async (_, prose) => {
		const nothing = { done: null, sid: null, poster: null, play: null };
		const summary = await summaryOf(compose({ ...nothing, fence: prose }));
		expect(summary).toMatchObject({
			status: 'unfinished',
			taskId: sample.task,
			percents: [33, 58, 77],
		});
		expect(summary.stages).toEqual(['submitted', 'queued', 'generating']);
	});

	it('not even when a URL of it precedes a failure', async () => {
		const summary = await summaryOf(
			compose({
				fence: 'It is to look like https://example.com/reference.mp4 at night.',
				...{ queue: null, working: null, progress: null, id: null, links: null },
				...{ done: '> 生成失败 ❌', sid: null, poster: null, play: null },
			}),
		);
		expect(summary.status).toBe('failed');
	});

	it('and its sid in prose is not the last word', async () => {
		const summary = await summaryOf(
			compose({ fence: `Changing the video with sid: ${sample.sourceSid}` }),
		);
		expect(summary).toMatchObject({ sid: sample.sid });
	});
});

it.each(bothLanguages)('an unbalanced quote in prose hides nothing, in %s', async (language) => {
	const source = compose({ fence: `A 5" screen, as asked (${sample.prompts.english}).` }, language);
	expect(await summaryOf(source.replaceAll(/\n+/g, ' '))).toMatchObject({
		taskId: sample.task,
		videoUrl: sample.video,
	});
});
