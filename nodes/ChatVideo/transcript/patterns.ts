/** What a URL is made of, where no bracket or quote says where it ends. */
const urlCharacter = String.raw`[\w!#$%&*+,\-./:;=?@~]`;

/** An address: with its scheme, or one that belongs to the relay, as its own files have. */
const address = String.raw`(?:https?:\/\/|\/)[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*`;

/** An address inside Markdown's parentheses; it may hold a pair of its own. */
export const inParentheses = String.raw`\(\s*(${address})\s*(?:"[^"]*"\s*)?\)`;

/**
 * A URL without a label. One that a bracket or a quote opens counts only where that is closed
 * too: otherwise it is a link that was cut off, and half a URL.
 */
export const bareUrl = new RegExp(
	String.raw`(?<![("'<\x60])(https?:\/\/${urlCharacter}+)|(?<=[("'<\x60])(https?:\/\/${urlCharacter}+)(?=[)"'>\x60\s])`,
	'giu',
);

/** An address of the relay's own, alone on its line or in a tag. */
export const barePath = new RegExp(
	String.raw`(?=\/)(?<=^\s{0,20}|>\s{0,20})(\/${urlCharacter}+)(?=\s*(?:$|<))`,
	'gu',
);

/** `[label](url)` with one of the words in its label. */
export const link = (words: string): RegExp =>
	new RegExp(String.raw`\[(?=[^\[\]]*(?:${words}))[^\[\]]*\]${inParentheses}`, 'giu');

/** `![label](url)`. */
export const picture = (words: string): RegExp =>
	new RegExp(String.raw`!\[(?=[^\[\]]*(?:${words}))[^\[\]]*\]${inParentheses}`, 'giu');

/** A whole tag: one that is cut off says nothing. */
export const tag = (names: string): RegExp =>
	new RegExp(String.raw`(<(?:${names})(?=[\s>/])[^<>]*>)`, 'giu');

/** An id in backticks or quotes, or as a bare word that no sentence has: with a digit, `_` or `:`. */
export const id = String.raw`[\s*]*[:：=][\s*"“']*(?:\x60([^\x60\s]{1,200})(?:\x60|$)|(?=[A-Za-z\-.]*[\d_:])([A-Za-z0-9][\w:.\-]{5,199}|s_\w{1,4}(?!\w)))`;

/** An id that is one by its form alone, wherever it stands. */
export const knownId = String.raw`(?:[A-Za-z][\w.\-]{0,40}:)?(?:(?:task|video|vid|job|gen|cgt|vgj|chatvideo)[_\-](?=[\w\-]{0,100}\d)[\w\-]{6,100}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![\w\-])`;

/** `Task ID: …`, also behind the word that it was submitted. */
export const idOf = (chinese: string, english: string): RegExp =>
	new RegExp(
		String.raw`(?<![\p{L}\p{N}_])(?:(?:${chinese})(?:已?(?:提交|创建|建立)(?:成功)?[\s，,。！!✅]{0,3})?\s?(?:ID|编号|編號|号)|(?:${english})(?: (?:submitted|created)(?: successfully)?[,.!]?)?[\s_-]?id)${id}`,
		'giu',
	);

/** Words at the start of a line, behind its quote marks, bullets and emoji; cheapest test first. */
export const atStart = (words: string): string =>
	String.raw`(?=${words})(?<=^[\p{P}\p{S}\p{M}\p{Cf}\s]{0,12})(?:${words})`;

/**
 * Where a statement may start: at the start of a line or of a sentence, behind an emoji, a quote
 * mark, progress or an apology, glued behind "done". In the middle of one it is mentioned.
 */
const opening = String.raw`(?<=^[\p{P}\p{S}\p{M}\p{Cf}\s]{0,12}|[>✅❌⚠⏱️*。！!.…:：]\s{0,3}|[\d%]\s{1,3}|完成|complete|(?:抱歉|遗憾|遺憾|对不起|sorry|unfortunately|oops)[，,、！!\s]{0,3})`;

/** A statement's pattern, and its words alone: without the flag `u` they are found ten times as fast. */
const stating = (words: string, pattern: string): { within: RegExp; pattern: RegExp } => ({
	within: new RegExp(words, words.includes('\\p') ? 'iu' : 'i'),
	pattern: new RegExp(pattern, 'giu'),
});

/** The words are looked for first, which is cheaper than to look for where they may stand. */
export const statement = (words: string): ReturnType<typeof stating> =>
	stating(words, `(?=${words})${opening}(?:${words})`);

/** A statement, of which the rest of its line is the reason. */
export const told = (words: string): ReturnType<typeof stating> =>
	stating(words, String.raw`(?=❌|${words})${opening}(?:❌\s*)?(?:${words})([^]*)$`);

/** A statement that is the reason itself, with the rest of its line. */
export const sentence = (words: string): ReturnType<typeof stating> =>
	stating(words, `(?=${words})${opening}((?:${words})[^]*)$`);
