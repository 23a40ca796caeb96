import { textOf, type JsonRecord } from './json';
import { findTaskIds } from './taskIds';

/** What a text names, read for that alone. */
export interface Named {
	taskIds: readonly string[];
	looseUrls: readonly string[];
}

/** Texts of choices that are not the answer's: their tasks are paid for all the same. */
export interface SideText {
	/** What a further piece of a choice's text completes. */
	add(choice: JsonRecord, text: string): Named;
	/** What the last words name, once nothing can follow them. */
	end(): Named;
}

/** What text or JSON of any kind names. */
export const findNamed = (text: string): Named => ({
	taskIds: findTaskIds(text),
	looseUrls: findUrls(text),
});

const mostUrls = 100;
const longestWord = 4_000; // characters; a signed link has a thousand

export function createSideText(): SideText {
	const openWords = new Map<string, string>();
	return {
		add({ index }, text) {
			const choice = textOf(index) ?? '';
			const words = (openWords.get(choice) ?? '') + text;
			const end = Math.max(words.lastIndexOf(' '), words.lastIndexOf('\n')) + 1;
			openWords.set(choice, words.slice(Math.max(end, words.length - longestWord)));
			return findNamed(words.slice(0, end));
		},
		end() {
			const named = findNamed([...openWords.values()].join(' '));
			openWords.clear();
			return named;
		},
	};
}

/** Links in a text of any kind, JSON among it, which may write `\/` for `/`. */
function findUrls(text: string): readonly string[] {
	if (!/https?:/i.test(text)) return [];
	const found = text.replaceAll('\\/', '/').match(/https?:\/\/[^\s"'<>()[\]{}\x60\\|^]+/gi);
	return [...new Set(found)].slice(0, mostUrls);
}
