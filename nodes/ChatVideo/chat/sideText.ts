import { textOf, type JsonRecord } from './json';
import { findTaskIds } from './taskIds';
import { trimEnd } from './trimEnd';

/** What a text names, read for that alone. */
export interface Named {
	taskIds: readonly string[];
	urls: readonly string[];
}

/** What text or JSON of any kind names. */
export const findNamed = (text: string): Named => ({
	taskIds: findTaskIds(text),
	urls: findUrls(text),
});

const mostUrls = 100;
const longestLine = 4_000; // characters; a signed link has a thousand

/** Texts of choices that are not the answer's: their tasks are paid for all the same. */
export function createSideText() {
	const openLines = new Map<string, string>();
	return {
		/** What a further piece of a choice's text completes. */
		add({ index }: JsonRecord, text: string): Named {
			const choice = textOf(index) ?? '';
			const words = (openLines.get(choice) ?? '') + text;
			const end = Math.max(words.lastIndexOf(' '), words.lastIndexOf('\n')) + 1;
			// An id may be one by the label that its line begins with.
			const line = words.lastIndexOf('\n') + 1;
			openLines.set(choice, words.slice(Math.max(line, words.length - longestLine)));
			return findNamed(words.slice(0, end));
		},
		/** What the last words name, once nothing follows them; the last of a broken text may be a half. */
		end(isBroken: boolean): Named {
			const lines = [...openLines.values()].map((line) => (isBroken ? withoutHalf(line) : line));
			openLines.clear();
			return findNamed(lines.join('\n'));
		},
	};
}

/** A text that breaks off, without its last word, which may be a half of one. */
export const withoutHalf = (text: string): string => trimEnd(text, /[\w\-.:/?&=%#~+]/);

/** Links in a text of any kind, JSON among it, which may write `\/` for `/`. */
function findUrls(text: string): readonly string[] {
	if (!/https?:/i.test(text)) return [];
	const found = text.replaceAll('\\/', '/').match(/https?:\/\/[^\s"'<>()[\]{}\x60\\|^]+/gi);
	return [...new Set(found)].slice(0, mostUrls);
}
