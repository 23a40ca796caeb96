const mostUrls = 100;

/** Links in a text of any kind, JSON among it, which may write `\/` for `/`. */
export function findUrls(text: string): readonly string[] {
	if (!/https?:/i.test(text)) return [];
	const found = text.replaceAll('\\/', '/').match(/https?:\/\/[^\s"'<>()[\]{}\x60\\|^]+/gi);
	return [...new Set(found)].slice(0, mostUrls);
}
