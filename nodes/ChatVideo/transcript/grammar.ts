/** What a line of a transcript can tell. */
export type Fact =
	| 'taskId'
	| 'videoId'
	| 'sid'
	| 'prompt'
	| 'previewLink'
	| 'sourceLink'
	| 'poster'
	| 'video'
	| 'download'
	| 'link'
	| 'url'
	| 'queued'
	| 'generating'
	| 'percent'
	| 'percentLink'
	| 'previewed'
	| 'completed'
	| 'retrying'
	| 'failed'
	| 'reason'
	| 'quotation';

/** One way in which relays say one fact. The capture groups are the fact's values, in order. */
export interface Row {
	fact: Fact;
	pattern: RegExp;
	/** The row counts only in lines that match this as well. */
	within?: RegExp;
}

/** A URL inside Markdown's parentheses; it may hold a pair of its own. Never decoded. */
const inParentheses = String.raw`(https?:\/\/[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)`;

/**
 * A URL without a label. One that a bracket or a quote opens counts only where that is closed
 * too: otherwise it is a link that was cut off, and half a URL.
 */
const bareUrl =
	/(?<![("'<\x60])(https?:\/\/[\w!#$%&*+,\-./:;=?@~]+)|(?<=[("'<\x60])(https?:\/\/[\w!#$%&*+,\-./:;=?@~]+)(?=[)"'>\x60\s])/giu;

/** `[label](url)` with one of the words in its label. */
const link = (words: string): RegExp =>
	new RegExp(String.raw`\[(?=[^\[\]]*(?:${words}))[^\[\]]*\]\(\s*${inParentheses}\s*\)`, 'giu');

/** `<tag … src="url" …>`; the tag is whole, or its attributes would be searched again and again. */
const tag = (names: string): RegExp =>
	new RegExp(
		String.raw`<(?:${names})\b(?=[^<>]*>)[^<>]*?\bsrc\s*=\s*["'](https?:\/\/[^"'<>\s]+)["'][^<>]*>`,
		'giu',
	);

/** An id in backticks or quotes, or as a bare word that no sentence has: with a digit, `_` or `:`. */
const id = String.raw`[\s*]*[:：][\s*"“]*(?:\x60([^\x60\s]{1,200})(?:\x60|$)|(?=[A-Za-z\-.]*[\d_:])([A-Za-z0-9][\w:.\-]{5,199}|s_\w{1,4}(?!\w)))`;

/** `Task ID: …`, also behind the word that it was submitted. */
const idOf = (chinese: string, english: string): RegExp =>
	new RegExp(
		String.raw`(?<![\p{L}\p{N}_])(?:(?:${chinese})(?:已?(?:提交|创建|建立)(?:成功)?[\s，,。！!✅]{0,3})?\s?(?:ID|编号|編號|号)|(?:${english})(?: (?:submitted|created)(?: successfully)?[,.!]?)?[\s_-]?id)${id}`,
		'giu',
	);

/** Words at the start of a line, behind its quote marks, bullets and emoji; cheapest test first. */
const atStart = (words: string): string =>
	String.raw`(?=${words})(?<=^[\p{P}\p{S}\p{M}\p{Cf}\s]{0,12})(?:${words})`;

/** Where a statement may start: a line, a quote mark, an emoji, a blank, glued behind "done". */
const opening = String.raw`(?<=^|[\s>✅❌⚠️*。！]|完成|complete)`;

/** The words are looked for first, which is cheaper than to look for where they may stand. */
const statement = (words: string): RegExp =>
	new RegExp(`(?=${words})${opening}(?:${words})`, 'giu');

/** A statement and the rest of its line. */
const told = (words: string): RegExp =>
	new RegExp(String.raw`(?=❌|${words})${opening}(?:❌\s*)?(?:${words})([^]*)$`, 'giu');

/** A statement that is taken whole, with the rest of its line. */
const sentence = (words: string): RegExp => new RegExp(`${opening}((?:${words})[^]*)$`, 'giu');

/**
 * Everything relays are known to print, as rows. A new dialect is a new row, or a new word in
 * one. A line is read from left to right; where two rows match the same place the upper one wins,
 * and what one row took is not read by another: a word inside a link's label tells nothing else.
 * The variants and where they were seen: docs/relays.md.
 */
export const grammar: readonly Row[] = [
	// Links. Task pages first: "Data Preview" is not a video, "Online Preview" is.
	{ fact: 'previewLink', pattern: link('数据预览|資料預覽|data preview|任务预览|task preview') },
	{ fact: 'sourceLink', pattern: link('原始数据|原始資料|raw data|source data') },
	{
		fact: 'percentLink',
		pattern: new RegExp(String.raw`\[(\d{1,3})%?\]\(\s*${inParentheses}\s*\)`, 'giu'),
	},
	{
		fact: 'poster',
		pattern: new RegExp(String.raw`!\[[^\[\]]*\]\(\s*${inParentheses}\s*\)`, 'giu'),
	},
	{
		fact: 'video',
		pattern: link('在线|線上|播放|观看|觀看|查看视频|play|watch|online|preview|view|▶'),
	},
	{ fact: 'download', pattern: link('下载|download|⏬') },
	{ fact: 'link', pattern: link('') },
	{ fact: 'video', pattern: tag('video|source') },
	{ fact: 'poster', pattern: tag('img') },
	{ fact: 'url', pattern: bareUrl },

	// Ids. A bare "ID" counts at the start of a quoted line only: others have ids too.
	{ fact: 'taskId', pattern: idOf('任务|任務', 'task|job') },
	{ fact: 'videoId', pattern: idOf('视频|影片', 'video') },
	{
		fact: 'taskId',
		pattern: new RegExp(String.raw`(?:${atStart('[Ii][Dd]')}|(?<=>[\s*]{0,4})[Ii][Dd])${id}`, 'gu'),
	},
	{ fact: 'sid', pattern: new RegExp(String.raw`(?<![\p{L}\p{N}_])sid${id}`, 'giu') },
	{
		fact: 'prompt',
		pattern: new RegExp(String.raw`${atStart('prompt|提示词')}\**\s*[:：]\**\s*(\S[^]*)$`, 'giu'),
	},

	// Failure, and what only sounds like it.
	{
		fact: 'retrying',
		pattern: statement(
			String.raw`(?:(?:视频|任务)?(?:生成|执行)失败[\s，,、。.…!！]*)?(?:(?:正在|将|自动|开始)[^，,。请\n]{0,12}重试|重试中)|(?:(?:video |task )?generation failed[\s,，;；.…!-]*)?(?:\bretrying\b|\bwill (?:be )?retr(?:y|ied)\b)`,
		),
	},
	{
		fact: 'failed',
		pattern: told(
			'(?:视频|任务)?(?:生成|执行|处理|创建)(?:任务)?(?:失败|超时|异常)|任务失败|(?:影片|任務)?(?:產生|生成|執行)(?:失敗|逾時)|(?:video )?generat(?:ion|e)(?: action)? (?:has )?failed|failed to generate(?: video)?|task failed|content policy violation|(?:内容)?审核(?:未通过|不通过|失败)',
		),
	},
	{ fact: 'failed', pattern: new RegExp(String.raw`${atStart('❌')}\s*(\S[^]*)$`, 'gu') },
	{
		fact: 'failed',
		pattern: new RegExp(
			String.raw`${atStart('error|错误|发生错误')}\**\s?[:：]\s*(\S[^]*)$`,
			'giu',
		),
	},
	// A model that declines says so as people do; its sentence is the reason.
	{
		fact: 'failed',
		pattern: sentence(
			String.raw`(?:sorry|(?:i'm|i am|we're|we are) (?:very )?sorry|i apologi[sz]e|很?抱歉|对不起)[^.。!！]{0,60}?(?:\bcan['’]?t\b|\bcannot\b|\bunable to\b|无法|不能|未能|無法)`,
		),
	},
	{
		fact: 'reason',
		pattern: told(
			'(?:失败|错误|失敗|錯誤)?原因\\s?[:：]|(?:failure )?reason\\s?[:：]|fail[_ ]reason\\s?[:：]',
		),
	},

	// What a planner quotes is the user's, even where it sounds like the relay.
	{
		fact: 'quotation',
		pattern:
			/"(?:(?!https?:)[^"<>[\]\x60])+"|“(?:(?!https?:)[^“”<>[\]\x60])+”|「[^「」<>[\]\x60]+」/gu,
	},

	// Done. A preview is not done: the better video is still being made.
	{
		fact: 'previewed',
		pattern:
			/(?:preview video|preview) (?:has been )?generated|预览视频(?:已)?生成(?:完成|成功)?|预览(?:版)?视频已(?:经)?生成/giu,
	},
	{
		fact: 'completed',
		pattern:
			/(?:视频|影片)?(?:生成|產生)(?:完成|成功|完毕)|(?:高质量|高清)?视频已(?:经)?(?:生成|完成)|generat(?:ion|ing) (?:is )?(?:completed?|succeeded|successful|finished)|(?:high-quality )?video (?:has been )?generated|\bvideo is ready\b|\bhere(?:['’]s| is) (?:your|the) (?:generated |finished )?video(?=\s?[:：])|(?:任务|task) ?(?:已完成|completed)/giu,
	},

	// Waiting and working.
	{
		fact: 'queued',
		pattern:
			/排队中|排隊中|正在排队|排队等待|等待(?:处理)?中|等待处理|queue?ing|\bqueued\b|\bin queue\b|waiting (?:for processing|in (?:the )?queue|for a free (?:gpu|slot|worker))/giu,
	},
	{
		fact: 'generating',
		pattern:
			/生成中|產生中|(?:开始|正在)(?:生成|优化|处理|渲染)|\bgenerating\b|\b(?:start(?:ed|ing)?|begin(?:ning)?) (?:video )?generation|generation (?:process )?(?:begins|started|in progress)|\boptimi[sz]ing\b|\brendering\b|\bupsampling\b/giu,
	},
	{
		fact: 'percent',
		within: /进度|進度|progress|🏃|生成中|\bgenerating\b|\brendering\b|^[>\s]*\d{1,3}(?:\.\.|%)/iu,
		pattern: /(?<![\w-]|\d\.)(\d{1,3}(?:\.\d+)?)(?=\s?(?:\.\.|%|…|$))/gu,
	},
];
