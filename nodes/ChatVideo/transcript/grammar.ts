import { failures, stateLabel } from './failures';
import { addressed, apart, downloads, film, inputs, pages, plays, posters, takes } from './labels';
import { otherLanguage, phrasesOf } from './languages';
import {
	anchor,
	anyPicture,
	announced,
	barePath,
	bareUrl,
	either,
	givenLink,
	id,
	idOf,
	inCell,
	inParentheses,
	knownId,
	labelledAnchor,
	labelledLink,
	link,
	picture,
	pictureOrVideo,
	pictureLink,
	slash,
	statement,
	tag,
	taskForm,
} from './patterns';
import type { Row } from './row';

/** What follows "done" where the work goes on: `35%`, `，开始放大`, `, now upscaling`. */
const goesOn = String.raw`(?![a-z一-龥ぁ-ヶ]{0,20}\s{0,3}[:：(（]?\s{0,3}\d{1,3}(?:\.\d+)?\s{0,3}%|\s{0,3}[✅！!。.]?\s{0,3}[，,;；、]?\s{0,3}(?:开始|開始|正在|继续|繼續|即将|接下来|进入|now\b|start|begin|upscal|extend|proceed|continu|enhanc|processing|next\b|начина|дальше|ahora|agora|maintenant|jetzt|지금|iniciando))`;

/**
 * Everything relays are known to print, as rows. A new dialect is a new row, or a new word in
 * one. A line is read from left to right; where two rows match the same place the upper one wins,
 * and what one row took is not read by another: a word inside a link's label says nothing else.
 * What is stated counts only where it is meant (contexts.ts).
 * The variants and where they were seen: docs/relays.md.
 */
export const grammar: readonly Row[] = [
	// Links. Task pages first: "Data Preview" is not a video, "Online Preview" is.
	{ fact: 'previewLink', pattern: link('数据预览|資料預覽|data preview|任务预览|task preview') },
	{ fact: 'sourceLink', pattern: link('原始数据|原始資料|raw data|source data') },
	{
		fact: 'percentLink',
		pattern: new RegExp(String.raw`\[(\d{1,3})%?\]${inParentheses}`, 'gi'),
	},
	// What the user gave is never the result, whatever shows it, and neither is a sound.
	{ fact: 'page', within: slash, pattern: labelledLink(apart) },
	{ fact: 'page', within: /<a\s/i, pattern: labelledAnchor(apart) },
	{ fact: 'page', at: 'clause', within: slash, pattern: givenLink(apart) },
	{ fact: 'page', at: 'word', within: slash, pattern: givenLink(inputs) },
	{ fact: 'page', at: 'clause', within: slash, pattern: givenLink(takes, ' ?') },
	{ fact: 'pictureLink', pattern: pictureLink },
	{ fact: 'video', pattern: picture(film) },
	{ fact: 'link', pattern: pictureOrVideo },
	{
		fact: 'poster',
		pattern: either(anyPicture, link(posters)),
	},
	{ fact: 'page', pattern: either(link(pages, 'https?:'), anchor(pages, 'https?:')) },
	{ fact: 'video', pattern: either(link(plays), anchor(`${plays}|${downloads}`)) },
	{ fact: 'download', pattern: link(downloads) },
	{ fact: 'link', pattern: link('') },
	// In words, as `Video URL: …`: what it is called makes it one, whatever the address says.
	{ fact: 'announced', at: 'clause', within: slash, pattern: announced(addressed) },
	{ fact: 'video', at: 'line', within: /^\s*\|/, pattern: inCell(addressed, pages) },
	{ fact: 'tag', pattern: tag('video|source|iframe|embed|object|img|a|think|thinking') },
	{ fact: 'closingTag', pattern: /<\/(video|a|think|thinking)\s*>/gi },
	{ fact: 'url', pattern: bareUrl },
	{ fact: 'path', pattern: barePath },

	// Ids. A bare "ID" counts at the start of a quoted line only: others have ids too.
	{
		fact: 'taskId',
		at: 'word',
		pattern: idOf(
			'任务|任務|タスク|작업|历史(?:记录)?|歷史(?:記錄)?|记录|記錄|作业|工单',
			'task|job|submit|history(?: record)?|generation|prediction|auftrags?|aufgaben',
		),
	},
	{
		fact: 'taskId',
		at: 'word',
		pattern: new RegExp(
			`(?:ID|identifiant|identificador) (?:задачи|задания|генерации|d[aeo] (?:la )?(?:tarea|tâche|tarefa|trabalho|ge(?:ne)?ra(?:ción|ção)|génération))${id}`,
			'gi',
		),
	},
	{ fact: 'videoId', at: 'word', pattern: idOf('视频|視頻|影片', 'video') },
	{ fact: 'taskId', at: 'quote', pattern: new RegExp(`id${id}`, 'gi') },
	{ fact: 'sid', at: 'word', pattern: new RegExp(`sid${id}`, 'gi') },
	{
		fact: 'sid',
		pattern: new RegExp(
			String.raw`(?:post|share|published|作品|发布|發布|分享)[\s_-]?(?:id|编号)?[\s*]*[:：=][\s\x60"]*(s_\w{4,80})`,
			'gi',
		),
	},
	// `VideoTask(id=…)`, and the marks a pipe leaves for itself: `[…:videojob:…]: #`.
	{ fact: 'taskId', pattern: /task\(\s*(?:task_)?id\s*=\s*["']?([\w:.-]{5,200})/gi },
	{ fact: 'taskId', pattern: /\[[\w.:-]{0,60}(?:job|task):([\w-]{5,200})\]:/gi },
	// In words: "任务已提交: task_…", "Video task created: …", "任务 `…` 已创建", or alone on its line.
	{
		fact: 'taskId',
		pattern: new RegExp(
			String.raw`(?:任务|任務|タスク|\btask\b|\bjob\b)[^。！!？?/\n<>()\[\]]{0,40}?[\s:：\x60"'「『(（#=](${knownId})(?!\x60?\s?(?:(?:has )?failed|(?:执行|執行|生成)?失[败敗]))`,
			'gi',
		),
	},
	{
		fact: 'videoId',
		pattern: new RegExp(String.raw`(?<=^[\s>*\x60]{0,12})(${knownId})(?=[\s*\x60.]*$)`, 'gi'),
	},
	// Whatever is said of it, but of a limit that another's task has reached.
	{
		fact: 'videoId',
		pattern: new RegExp(`(${taskForm})`, 'gi'),
		given: /^(?![^]*(?:limit|concurren|still running|already running|上限|并发|正在运行|尚未))/i,
	},
	{
		fact: 'prompt',
		at: 'line',
		pattern: /(?:prompt|提示词|提示詞|プロンプト|промпт)\**\s*[:：]\**\s*(?=\S)/gi,
		takes: 'rest',
	},

	...failures,
	// What a planner quotes is the user's, even where it sounds like the relay.
	{
		fact: 'quotation',
		pattern:
			/"(?:(?!https?:)[^"<>[\]\x60])+"|“(?:(?!https?:)[^“”<>[\]\x60])+”|«(?:(?!https?:)[^«»<>[\]\x60])+»|‘(?:(?!https?:)[^‘’<>[\]\x60])+’|[「『《](?!https?:)[^「」『』《》<>[\]\x60]+[」』》]|\x60[^\x60\s]{0,200}[\p{L}❌✅]\s[^\x60]{0,500}\x60|\x60[^\x60]{0,200}\p{Script=Han}[^\x60]{0,500}\x60/gu,
	},

	// In other languages, together: one look shows that a line is in none of them.
	{
		fact: 'completed',
		at: 'clause',
		pattern: new RegExp(`(?:${phrasesOf('completed')})${goesOn}`, 'gi'),
		within: otherLanguage,
	},
	{ fact: 'queued', pattern: new RegExp(phrasesOf('queued'), 'gi'), within: otherLanguage },
	{ fact: 'generating', pattern: new RegExp(phrasesOf('generating'), 'gi'), within: otherLanguage },

	// Done. A preview is not done: the better video is still being made.
	{
		fact: 'previewed',
		pattern:
			/(?:preview video|preview) (?:has been )?generated|预览视频(?:已)?生成(?:完成|成功)?|预览(?:版)?视频已(?:经)?生成/gi,
	},
	// Nor is what goes on: "视频已生成35%", "生成完成，开始放大", "complete, now upscaling".
	{
		fact: 'completed',
		at: 'clause',
		pattern: new RegExp(
			String.raw`(?:恭喜|您的|你的|本次|该|the |your |this |sora |veo |ai |text-to-video |image-to-video |high-quality |hd |final |video |clip |task |job ){0,6}(?:(?:视频|視頻|影片|任务|任務)?(?:生成|產生|产生)(?:任务|任務)?(?:已)?(?:完成|成功|完毕|完畢)|(?:高质量|高清)?(?:视频|視頻|影片)已(?:经|經)?(?:生成|完成|產生)|(?:動画)?生成完了|generat(?:ion|ing) (?:is )?(?:completed?|succeeded|successful|finished)|(?:high-quality )?video (?:has been )?generated|\b(?:your )?video is (?:now )?ready\b|\bhere(?:['’]s| is) (?:your|the) (?:generated |finished )?video(?=\s?[:：])|(?:任务|任務|task) ?(?:已完成|completed))${goesOn}`,
			'gi',
		),
	},

	{
		fact: 'status',
		...statement(String.raw`${stateLabel}([^\s\d.,:;!?，。：；！？(（\x60*|/[\]<>"']{2,30})`),
		within: /[:：=]/,
	},

	// Waiting and working.
	{
		fact: 'queued',
		pattern:
			/排队中|排隊中|正在排队|排队等待|等待(?:处理|處理)?中|等待处理|待機中|queue?ing|\bqueued\b|\bin queue\b|waiting (?:for processing|in (?:the )?queue|for a free (?:gpu|slot|worker))/gi,
	},
	{
		fact: 'generating',
		pattern:
			/生成中|產生中|作成中|(?:开始|開始|正在)(?:对视频进行)?(?:生成|優化|优化|处理|處理|渲染|放大|延长|拼接|超分)|\bgenerating\b|\b(?:start(?:ed|ing)?|begin(?:ning)?) (?:video )?generation|generation (?:process )?(?:begins|started|in progress)|\boptimi[sz]ing\b|\brendering\b|\b(?:upsampl|upscal|extend|stitch)ing\b/gi,
	},
	{
		fact: 'percent',
		given:
			/[█▓▒░■▰⏳⌛]|进度|進度|進捗|progress|прогресс|генер|обработк|progreso|avancement|génération|fortschritt|erstell|생성 ?중|ge(?:ne)?rando|proces+ando|진행|completado|готово|🏃|生成中|產生中|已生成|已完成|正在|完成度|\b(?:generat|render|process|upscal|upsampl|extend|runn)(?:ing|ed)\b|\bcompleted?\b|^[>\s]*\d{1,3}(?:\.\.|%)/i,
		pattern: /(?<![\w-]|\d\.)(\d{1,3}(?:\.\d+)?)(?=\s?(?:\.\.|[%％]|…)|(?<!\.\d+)\s?$)/g,
	},
	{ fact: 'fraction', pattern: /\bprogress\**\s?[:=]\s?(0?\.\d{1,4}|1\.0+)(?![\d%])/gi },
];
