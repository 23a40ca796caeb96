/** What a URL is made of, where no bracket or quote says where it ends. */
const urlCharacter = String.raw`[\w!#$%&*+,\-./:;=?@~]`;

/** An address: with its scheme, or one that belongs to the relay, as its own files have. */
const address = String.raw`(?:https?:\/\/|\/)[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*`;

/** An address inside Markdown's parentheses; it may hold a pair of its own. */
export const inParentheses = String.raw`\(\s*<?(${address})>?\s*(?:"[^"]*"\s*)?\)`;

/**
 * A URL without a label. One that a bracket or a quote opens counts only where that is closed
 * too: otherwise it is a link that was cut off, and half a URL.
 */
export const bareUrl = new RegExp(
	String.raw`(?<![("'<\x60])(https?:\/\/${urlCharacter}+)|(?<=[("'<\x60])(https?:\/\/${urlCharacter}+)(?=[)"'>\x60\s])`,
	'gi',
);

/** An address of the relay's own, alone on its line or in a tag. */
export const barePath = new RegExp(
	String.raw`(?=\/)(?<=^\s{0,20}|>\s{0,20})(\/${urlCharacter}+)(?=\s*(?:$|<))`,
	'g',
);

/** `[label](url)` with one of the words in its label, which does not begin with the others. */
export const link = (words: string, others = '^'): RegExp =>
	new RegExp(String.raw`\[(?!${others})(?=[^\[\]]*(?:${words}))[^\[\]]*\]${inParentheses}`, 'gi');

/** `<a href="url">label</a>` with one of the words in its label. */
export const anchor = (words: string, others = '^'): RegExp =>
	new RegExp(
		String.raw`<a\s(?=[^<>]*>(?!${others})[^<>]*(?:${words}))[^<>]*?href\s*=\s*["']?((?:https?:\/)?\/[^"'\s<>]+)[^<>]*>[^<>]*<\/a`,
		'gi',
	);

/** A picture that leads somewhere: `[![label](picture)](url)`. */
export const pictureLink = new RegExp(
	String.raw`\[\s*!\[([^\[\]]*)\]${inParentheses}\s*\]${inParentheses}`,
	'gi',
);

/** How a label begins that is an address again: the words in one say nothing. */
const notAddress = String.raw`(?![\s<]*[\w\-]+(?::\/\/|\.[\w.\-]+\/))`;

/** `![…](url)` with one of the words in its label. */
export const picture = (words: string): RegExp =>
	new RegExp(String.raw`!\[${notAddress}(?=[^\[\]]*(?:${words}))[^\[\]]*\]${inParentheses}`, 'gi');

/** `![…](url)`, whatever its label. */
export const anyPicture = new RegExp(String.raw`!\[[^\[\]]*\]${inParentheses}`, 'gi');

/** `![…](url)` that may be a video for all it says: its path or its label speaks of one. */
export const pictureOrVideo = new RegExp(
	String.raw`!\[(?![^\[\]]*(?:cover|poster|thumb|封面|缩略|縮圖))(?:[^\[\]]*\](?=\([^\s()]*\/videos?\/)|${notAddress}(?=[^\[\]]*(?:content|media|result|成品|作品|结果|結果))[^\[\]]*\])${inParentheses}`,
	'gi',
);

/** A whole tag: one that is cut off says nothing. */
export const tag = (names: string): RegExp =>
	new RegExp(String.raw`(<(?:${names})(?=[\s>/])[^<>]*>)`, 'gi');

/** An id in backticks or quotes, or as a bare word that no sentence has: with a digit, `_` or `:`. */
export const id = String.raw`[\s*]*[:：=][\s*"“']*(?:\x60([^\x60\s]{1,200})(?:\x60|$)|(?=[A-Za-z\-.]*[\d_:])([A-Za-z0-9][\w:.\-]{5,199}|s_\w{1,4}(?!\w)))`;

/** An id that is one by its form alone, wherever it stands. */
export const knownId = String.raw`(?:[A-Za-z][\w.\-]{0,40}:)?(?:(?:task|video|vid|job|gen|cgt|vgj|chatvideo)[_\-](?=[\w\-]{0,100}\d)[\w\-]{6,100}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![\w\-])`;

/** An id that no other thing has, whatever is said of it; a date or a file's name is none. */
export const taskForm = String.raw`(?<![\w./:-])(?:[A-Za-z][\w.\-]{0,40}:)?(?:(?:task|job)_(?=[a-z\-]{0,100}\d)[\da-z\-]{8,100}|video_[\da-f]{16,100}|cgt-\d{8,20}[\w\-]{0,100})(?![\w\-]|\.\w)`;

/** `Task ID: …`, also after the word that it was submitted. */
export const idOf = (chinese: string, english: string): RegExp =>
	new RegExp(
		String.raw`(?:(?:${chinese})(?:已?(?:提交|创建|建立)(?:成功)?[\s，,。！!✅]{0,3})?\s?(?:ID|编号|編號|号|번호)|(?:${english})(?: (?:submitted|created)(?: successfully)?[,.!]?)?[\s_-]?id)${id}`,
		'gi',
	);

/** The start of a line, with its quote marks, bullets and emoji. */
const lineStart = /(?<=^[\p{P}\p{S}\p{M}\p{Cf}\s]{0,12})/uy;

/**
 * Where words count, each after one of these. What stands before them is looked at only where they
 * were found: a pattern for both needs the flag `u`, which makes it many times slower.
 */
export const places = {
	/** Not within a word. */
	word: [/(?<![\p{L}\p{N}_])/uy],
	line: [lineStart],
	quote: [lineStart, /(?<=>[\s*]{0,4})/y],
	/** Where a line, a sentence or a part of one may start, also glued to progress. */
	clause: [lineStart, /(?<=[\uFE0F>✅❌⚠⏱🎉🎬*。！!？?.…:：，,；;\])]\s{0,3}|[\d%]\s{1,3})/uy],
	/**
	 * Where a statement may start: a line or a sentence, after an emoji, a quote mark, progress or an
	 * apology, glued to "done". In the middle of one it is mentioned.
	 */
	statement: [
		lineStart,
		/(?<=[\uFE0F>✅❌⚠⏱*。！!.…:：]\s{0,3}|[\d%]\s{1,3}|完成|complete|(?:抱歉|遗憾|遺憾|对不起|sorry|unfortunately|oops|к сожалению|lamentablemente|malheureusement|leider|infelizmente)[，,、！!\s]{0,3})/iy,
	],
} as const;

/** What stands between a name and its value. */
const colon = String.raw`(?:[:：=→➜➔➡⇒⟶]\uFE0F?|[-=]{1,2}>|\uD83D\uDC49)`;

/** For speed: every address has one. */
export const slash = /\//;

/** What an address begins with where it is a link, unless its label has one of the other words. */
const opened = (others: string): string =>
	String.raw`(?:\[(?![^\[\]]*(?:${others}))[^\[\]]{0,100}\]\(|<a\s(?![^<>]*>[^<>]*(?:${others}))[^<>]{0,200}?href\s*=\s*["']?|<(?=https?:)|["\x60])?`;

/** An address after what it is called, with nothing but a colon between. */
export const announced = (words: string): RegExp =>
	new RegExp(
		String.raw`(?:${words})[\s*]*${colon}[\s*]*(?:<(?=https?:)|["\x60])?((?:https?:\/)?\/${urlCharacter}+)`,
		'gi',
	);

/** An address in the cell of a table after that of what it is called. */
export const inCell = (words: string, others: string): RegExp =>
	new RegExp(
		String.raw`(?:${words})[\s*\x60]*\|[\s*]*${opened(others)}((?:https?:\/)?\/[^\s|<>*\x60()"']+)`,
		'gi',
	);

/** What stands between what the user gave and its address. */
const givenBy = String.raw`[\s*\x60\]]*(?:${colon}|\||<\/\w{1,10}>)`;

/** The same of a link, a tag or an address alike, also as a cell of a table. */
export const givenLink = (words: string, between = givenBy): RegExp =>
	new RegExp(
		String.raw`(?:${words})${between}[\s*]*(?:!?\[[^\[\]]{0,100}\]\(|<(?:video|source|img|a)\s[^<>]{0,200}?(?:src|href)\s*=\s*["']?|<|["\x60])?((?:https?:\/)?\/${urlCharacter}+)`,
		'gi',
	);

/** `[label](url)` or `![label](url)` whose label says nothing but the words. */
export const labelledLink = (words: string): RegExp =>
	new RegExp(String.raw`!?\[${marks}(?:${words})${marks}\]${inParentheses}`, 'gi');

/** The same of `<a href="url">label</a>`. */
export const labelledAnchor = (words: string): RegExp =>
	anchor(`(?<=>${marks})(?:${words})(?=${marks}<)`);

/** Emoji and signs, which say nothing. */
const marks = String.raw`[\s*:：\u2000-\u2BFF\uD83C-\uDFFF\uFE0F]{0,8}`;

/** Words that state something. */
export const statement = (words: string) =>
	({ at: 'statement', pattern: new RegExp(words, 'gi') }) as const;

/** A statement, of which the rest of its line is the reason. */
export const statementAndRest = (words: string) =>
	({ ...statement(String.raw`(?:❌\s*)?(?:${words})`), takes: 'rest' }) as const;

/** A statement that is the reason itself, with the rest of its line. */
export const sentence = (words: string) => ({ ...statement(words), takes: 'sentence' }) as const;

/** One of several patterns; each row that a line is held against costs. */
export const either = (...patterns: readonly RegExp[]): RegExp =>
	new RegExp(patterns.map(({ source }) => source).join('|'), 'gi');
