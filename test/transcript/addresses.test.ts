import { locate } from '../../nodes/ChatVideo/transcript/mapLinks';
import { parseTranscript } from '../../nodes/ChatVideo/transcript/parseTranscript';
import { toOutcome } from '../../nodes/ChatVideo/transcript/outcome';
import { summaryOf } from './summary';

const video = 'https://cdn.example/images/p_L3VzZXJzLzMzMGFj';
const poster = 'https://cdn.example/images/p_L3ByZXZpZXc';
const path = '/v1/files/video?id=4b1d0c9e8f7a';

describe('a video is known by', () => {
	it.each<[name: string, text: string, videoUrl: string, posterUrl?: string]>([
		['the text of a tag', `<video>${video}</video>`, video],
		[
			'the text of a tag, on lines of its own',
			`<video controls="controls">\n${video}\n</video>`,
			video,
		],
		[
			'a path in a tag',
			`<video>\n/api/v1/files/3d5f7a9b/content\n</video>`,
			'/api/v1/files/3d5f7a9b/content',
		],
		['a path as source', '<video src="/images/a.mp4" controls></video>', '/images/a.mp4'],
		[
			'a tag with a poster',
			`<video id="video" controls="" poster="${poster}">\n  <source id="mp4" src="${video}" type="video/mp4">\n</video>`,
			video,
			poster,
		],
		['a tag over several lines', `<video\n  controls\n  src="${video}"\n></video>`, video],
		['a tag without quotes', `<video src=${video} controls></video>`, video],
		[
			'a picture that links to it',
			`<a href="${video}" target="_blank">\n  <img src="${poster}" alt="video" />\n</a>`,
			video,
			poster,
		],
		[
			'a picture that links to a file',
			`<a href="https://cdn.example/a.mp4"><img src="${poster}"></a>`,
			'https://cdn.example/a.mp4',
			poster,
		],
		['a picture by its form', `![video](${video})`, video],
		['a picture by its form, in Chinese', `![视频](${video})`, video],
		['a label of any kind', `[Generated Video](${video})`, video],
		['a label in Chinese', `[视频](${video})`, video],
		['a label in Japanese', `[動画](${video})`, video],
		['a label that says nothing', `✅ 视频生成成功！\n\n🎬 [点击这里](${video})`, video],
		['a path in a label', `[下载视频](${path})`, path],
		['a path alone', path, path],
		['a path alone, below progress', `视频正在生成 88%\n${path}`, path],
		['an address alone', video, video],
		['an address below its description', `Caption: a fox in the snow.\n\n${video}`, video],
		['an address that words announce', `视频地址：${video}`, video],
		['an address that is seen bare first', `${video}\n\n[Download Video](${video})`, video],
		[
			'a link without a scheme',
			'<video src="//cdn.example/a.mp4"></video>',
			'https://cdn.example/a.mp4',
		],
		['a label, next to the cover', `[封面](${poster})\n[视频](${video})`, video, poster],
		...[
			['clips.example', ''],
			['videos.example', ''],
			['media.example', ' '],
			['content.example', '<'],
		].map(([host, before]): [string, string, string, string] => [
			`a label, next to a picture labelled${before} with its address on ${host}`,
			`![${before}https://${host}/p/1](https://${host}/p/1)\n[视频](${video})`,
			video,
			`https://${host}/p/1`,
		]),
		[
			'a label, next to a picture labelled with its host and path',
			`![www.clips.example/p/1](https://www.clips.example/p/1)\n[视频](${video})`,
			video,
			'https://www.clips.example/p/1',
		],
		['escapes', `<video src="${video}?a=1&amp;b=2&#38;c=3"></video>`, `${video}?a=1&b=2&c=3`],
	])('%s', async (...[, text, videoUrl, posterUrl]) => {
		const summary = await summaryOf(text);
		expect(summary).toMatchObject({ status: 'completed', videoUrl });
		expect(summary.posterUrl).toBe(posterUrl);
	});
});

const mp4 = 'https://cdn.example/v/9f8e7d6c5b4a.mp4';

describe('a file is known', () => {
	it.each([
		`- ${mp4}`,
		`1) ${mp4}`,
		`- [x] ${mp4}`,
		`>> ${mp4}`,
		`**${mp4}**`,
		`<${mp4}>`,
		`\`\`\`\n${mp4}\n\`\`\``,
		`视频链接：${mp4}，请查收`,
		`「${mp4}」`,
		`《${mp4}》`,
		`動画URL：${mp4}（有効期限24時間）`,
		`Ссылка на видео: «${mp4}».`,
		`Ваше видео — ${mp4}`,
		`Vidéo : « ${mp4} »`,
		`¡Listo! Vídeo: ${mp4}!`,
		`영상: ${mp4}입니다.`,
		`<p>${mp4}</p>`,
		`Video:<br>${mp4}<br>`,
		`<video_url>${mp4}</video_url>`,
		`[video]${mp4}[/video]`,
		`| Video | ${mp4} |\n| --- | --- |\n| Status | completed |`,
		`| 字段 | 值 |\n|---|---|\n| 视频地址 | ${mp4} |`,
		`| **Video URL** | \`${mp4}\` |\n|:--|:--|\n| Size | 720p |`,
		`| Model | sora-2 |\n|---|---|\n| URL | ${mp4} |`,
		`| Video URL |\n|---|\n| ${mp4} |`,
		`| # | Video |\n|---|---|\n| 1 | ${mp4} |`,
		...['→', '=>', '->', '➜', '➡️', '👉'].map((arrow) => `Video ${arrow} ${mp4}`),
		`[Watch video][1]\n\n[1]: <${mp4}> "Your video"`,
		`[Watch][v]\n\n[v]: ${mp4} 'The video'`,
		`[url=${mp4}]Download[/url]`,
		`[video=640,360]${mp4}[/video]`,
		`&lt;video src="${mp4}" controls&gt;&lt;/video&gt;`,
		`&lt;video controls&gt;&lt;source src=&#39;${mp4}&#39;&gt;&lt;/video&gt;`,
		`&#60;a href=&#34;${mp4}&#34;&#62;Download&#60;/a&#62;`,
		`&amp;lt;video src=&amp;quot;${mp4}&amp;quot;&amp;gt;&amp;lt;/video&amp;gt;`,
	])('in %j', async (text) => {
		expect(await summaryOf(text)).toMatchObject({ status: 'completed', videoUrl: mp4 });
	});

	it.each([
		'[url="…"]点击下载[/url]',
		'[b]Video:[/b] [url=…]here[/url]',
		'[video]…[/video]',
		'Video: [here](…)',
		'Video → …',
		'✅ 视频地址 ➜ …',
		'[1]: <…> "Your video"',
		'| Video | Poster |\n|---|---|\n| … | https://cdn.example/p/1.jpg |',
		'| # | Poster | Video |\n|---|---|---|\n| 1 | https://cdn.example/p/1.jpg | … |',
		'| Name | 视频链接 | 时长 |\n|---|---|---|\n| one | … | 8s |',
		'Video | Size\n---|---\n… | 720p',
		'| Video | [here](…) |\n|---|---|\n| Size | 720p |',
		'| Task | Video |\n|---|---|\n| one | [Watch](…) |',
		'<table><tr><th>Video</th><th>Size</th></tr><tr><td>…</td><td>720p</td></tr></table>',
		'<table>\n<thead>\n<tr>\n<th>Video</th>\n</tr>\n</thead>\n<tr>\n<td>\n…</td>\n</tr>\n</table>',
		'<table><tr><td>Video</td><td><a href="…">open</a></td></tr></table>',
	])('by what %j says of it, whatever its address does', async (text) => {
		const said = text.replace('…', video);
		expect(await summaryOf(said)).toMatchObject({ status: 'completed', videoUrl: video });
	});

	it('by its label in a table, whatever its address says', async () => {
		const text = `| Video | ${video} |\n|---|---|\n| Help | https://relay.example/help |`;
		expect(await summaryOf(text)).toMatchObject({ status: 'completed', videoUrl: video });
	});
});

it.each([
	['two links in one', 'https://cdn.examhttps://cdn.example/2.mp4ple/1.mp4'],
	['two files in one', 'https://cdn.example/1.mp4https://cdn.example/2.mp4'],
])('a link that was torn is no video: %s', async (_, url) => {
	for (const text of [url, `[在线播放▶️](${url})`, `<video src="${url}"></video>`]) {
		expect(await summaryOf(`> 生成完成 ✅\n\n${text}`)).not.toHaveProperty('videoUrl');
	}
});

const old = 'https://x.example/in/old_01.mp4';

/** What the user gave, as relays call it. */
const given = [
	...['Source', 'Original', 'Input', 'Reference', 'Your original video', 'Source URL', 'src_video'],
	...['Original file', 'Video source', 'Base video', 'Previous video', 'Remix of', 'Based on'],
	...[
		'First frame',
		'原片',
		'原视频',
		'源文件',
		'参考素材',
		'输入',
		'上传的视频',
		'素材',
		'上一版视频',
	],
	...[
		'元の動画',
		'入力動画',
		'원본 영상',
		'참고 영상',
		'Исходник',
		'Входное видео',
		'Vídeo original',
	],
	...[
		'Video to edit',
		'Clip being edited',
		'Received video',
		'待编辑视频',
		'被修改的视频',
		'已收到视频',
	],
	...[
		'参照元',
		'ベース動画',
		'Origine',
		'Vidéo d’origine',
		'Video de origen',
		'Vidéo source',
		'Vidéo de référence',
		'Originalvideo',
		'Quellvideo',
	],
];

/** Where an address stands that a label speaks of. */
const forms: ReadonlyArray<(label: string, url: string) => string> = [
	(label, url) => `${label}: ${url}`,
	(label, url) => `- **${label}**：${url}`,
	(label, url) => `${label} → ${url}`,
	(label, url) => `[${label}](${url})`,
	(label, url) => `> ${label}: [video.mp4](${url})`,
	(label, url) => `${label}: [▶️ 播放](${url})`,
	(label, url) => `<a href="${url}">${label}</a>`,
	(label, url) => `![${label}](${url})`,
	(label, url) => `${label}: <video src="${url}" controls></video>`,
	(label, url) => `<h3>${label}</h3><video src="${url}"></video>`,
	(label, url) => `### ${label}\n\n<video src="${url}"></video>\n\n### `,
	(label, url) => `**${label}:**\n- ${url}\n- ${url}?2`,
	(label, url) => `| ${label} | ${url} |\n|---|---|\n| Size | 720p |`,
	(label, url) => `| Size | ${label} |\n|---|---|\n| 720p | ${url} |`,
	(label, url) => `<table><tr><td>${label}</td><td>${url}</td></tr></table>`,
	(label, url) => `[url=${url}]${label}[/url]`,
	(label, url) => `[source]: ${url} "${label}"`,
];

describe.each(given)('what is called %j', (label) => {
	it('is no result, even where there is no other', async () => {
		for (const say of forms) {
			const { status, videoUrl } = await summaryOf(`${say(label, old)}\n`);
			expect([say(label, ''), status, videoUrl]).toEqual([say(label, ''), 'unfinished', undefined]);
		}
	});

	it('is none before or after one', async () => {
		for (const say of forms) {
			const texts = [
				`${say(label, old)}\n\n✅ 生成完成\n\n[在线播放](${mp4})`,
				`Video: ${mp4}\n\n${say(label, old)}`,
			];
			for (const text of texts)
				expect([text, (await summaryOf(text)).videoUrl]).toEqual([text, mp4]);
		}
	});
});

it.each([
	...['Download source file', 'Original quality', 'Downloaded from', '下载源文件', 'Your video'],
	...['Edited video', 'Remixed video', '修改后的视频', '新视频', 'Final result', 'Updated video'],
])('a result may be called %j', async (label) => {
	for (const text of [`${label}: ${mp4}`, `[${label}](${mp4})`, `**${label}:**\n${mp4}`]) {
		expect(await summaryOf(text)).toMatchObject({ status: 'completed', videoUrl: mp4 });
	}
});

it.each([
	'Editing […](old)…',
	'Extending the video old',
	'正在修改 old',
	'Based on old',
	'基于 […](old)',
])('what is worked on is no result: %j', async (said) => {
	const text = said.replace('old', old);
	expect(await summaryOf(text)).toMatchObject({ status: 'unfinished' });
	expect(await summaryOf(`${text}\n\nDone!\n[Edited video](${mp4})`)).toMatchObject({
		videoUrl: mp4,
	});
});

it('a table is read by its own head', async () => {
	const text = `| Original | Size |\n|---|---|\n| ${old} | 1 |\n\n| Video | Size |\n|---|---|\n| ${mp4} | 2 |`;
	expect(await summaryOf(text)).toMatchObject({ videoUrl: mp4 });
});

const file = 'https://x.example/in/ref_01.mp4';
const link = 'https://x.example/v/9f8e7d6c5b4a3210';

it.each([
	...['原视频：', '参考视频: ', '输入视频：', '教程视频：', '示例视频：'].map(
		(words) => words + file,
	),
	...['Reference', 'Source', 'Input', 'Your uploaded', 'Tutorial', 'Example'].map(
		(words) => `${words} video: ${file}`,
	),
	...['示例视频', '参考视频', '原视频', 'Example video', 'Demo video', 'Source video'].map(
		(label) => `[${label}](${file})`,
	),
	...[
		'购买套餐',
		'查看任务',
		'官方频道',
		'View task',
		'Open dashboard',
		'Upgrade plan',
		'Discord',
	].map((label) => `[${label}](${link})`),
	...['Reference video', 'Example', '示例视频', 'Input video', 'sora-2'].map(
		(label) => `| ${label} | ${file} |\n|---|---|\n| Size | 720p |`,
	),
	...['reference_video', 'input_video_url', 'source_video', 'original_video', 'first_frame'].map(
		(name) => `<${name}>${file}</${name}>`,
	),
	...['image_url', 'prompt', 'quote'].flatMap((name) => [
		`<${name}>${file}</${name}>`,
		`[${name}]${file}[/${name}]`,
	]),
	...['User video - ', 'Original video: ', '原始视频 - ', 'Based on your clip — '].map(
		(words) => words + file,
	),
	`视频生成后将保存在：${link}`,
	`The video will be available at: ${link}`,
	`结果页面：${link}`,
	'Output: /app/output/video.mp4',
	'output: /dev/null',
	'https://youtu.be/dQw4w9WgXcQ',
	'[Watch on YouTube](https://youtu.be/dQw4w9WgXcQ)',
	'https://www.pexels.com/video/1234567/',
])('is no result: %s', async (text) => {
	expect(await summaryOf(text)).not.toHaveProperty('videoUrl');
});

it('an address may hold another as a value', async () => {
	const url = 'https://proxy.example/v.mp4?from=https://cdn.example/1';
	expect(await summaryOf(`[在线播放▶️](${url})`)).toMatchObject({ videoUrl: url });
});

it('a link without a host is one of the relay', async () => {
	const text = `![cover](/images/a.jpg)\n[在线播放](/v1/files/a.mp4) [下载](/v1/files/b.mp4)`;
	const { transcript } = await parseTranscript(text);
	const located = locate(transcript, 'https://relay.example/some/v1/chat/completions');
	expect(toOutcome(located)).toMatchObject({
		kind: 'completed',
		video: {
			url: 'https://relay.example/v1/files/a.mp4',
			downloadUrl: 'https://relay.example/v1/files/b.mp4',
			posterUrl: 'https://relay.example/images/a.jpg',
		},
	});
});

it('a link with a host stays as it is', async () => {
	const { transcript } = await parseTranscript(`[在线播放](${video})`);
	expect(locate(transcript, 'https://relay.example/v1')).toEqual(transcript);
});
