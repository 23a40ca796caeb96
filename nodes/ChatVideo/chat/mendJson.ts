import { parseJson } from './json';

const deepest = 64; // levels; a chunk has five

/**
 * Closes a chunk that was cut off, so that the text it had already brought can be read: the task
 * id may be in it, and that is paid for. Returns `[DONE]` and whole JSON unchanged, and
 * `undefined` when nothing can be read.
 */
export function mendJson(data: string): string | undefined {
	if (isDoneMark(data) || parseJson(data) !== undefined) return data;
	return closings(data.trim()).find((candidate) => parseJson(candidate) !== undefined);
}

/** The end of a stream. Documentation prints it over two lines. */
export const isDoneMark = (data: string): boolean => /^\s*\[DONE\s*\]\s*$/.test(data);

/** The cut JSON closed at its very end, where that is in a text, and closed after its last whole value. */
function closings(cut: string): string[] {
	const open: string[] = [];
	let inText = false;
	let start = 0; // of the text
	let end = cut.length;
	let whole = '';
	for (let at = 0; at < cut.length && open.length < deepest; at += 1) {
		const char = cut[at];
		if (inText && char === '\\') {
			const last = at + (cut[at + 1] === 'u' ? 5 : 1);
			if (last >= cut.length) end = at;
			at = last;
			continue;
		}
		if (char === '"') inText = !inText;
		if (char === '"' && inText) start = at;
		if (inText) continue;
		if (char === '{') open.unshift('}');
		if (char === '[') open.unshift(']');
		if (char === '}' || char === ']') open.shift();
		if (char === '}' || char === ']') whole = cut.slice(0, at + 1) + open.join('');
		if (char === ',') whole = cut.slice(0, at) + open.join('');
	}
	const isHalf = inText && !beforeText.test(cut.slice(Math.max(0, start - 40), start));
	const closed = cut.slice(0, end) + (inText ? '"' : '') + open.join('');
	return isHalf ? [whole] : [closed, whole];
}

/** Text may be cut. Of other values a half is worse than none: an id, a link. */
const beforeText =
	/"(?:content|text|reasoning(?:_content)?|message|error|detail|msg)"\s{0,9}:\s{0,9}$/;
