import { findTaskIds, withoutModel } from './taskIds';

/** Files in a request are megabytes of letters that say nothing. */
const files = /data:[\w/+.-]+;base64,[\w+/=]*/g;

/**
 * Whether an id or a link stands in a request: then it is the request's, and never what the answer
 * has made. A link that leads to a task of the request is the request's too.
 */
export function standsIn(request: string): (named: string) => boolean {
	const text = request.replace(files, '').replaceAll('\\/', '/');
	const tasks = findTaskIds(text).map(withoutModel);
	const known = new Map<string, boolean>();
	const look = (named: string): boolean => {
		if (/^https?:/i.test(named)) {
			return isWhole(text, named) || tasks.some((task) => named.includes(task));
		}
		return isWhole(text, named) || isWhole(text, withoutModel(named));
	};
	return (named) => {
		const stands = known.get(named) ?? (named !== '' && look(named));
		known.set(named, stands);
		return stands;
	};
}

/** Not as a part of a longer word. */
function isWhole(text: string, word: string): boolean {
	for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
		const around = [text[at - 1] ?? '', text[at + word.length] ?? ''];
		if (!around.some((letter) => /[\w-]/.test(letter))) return true;
	}
	return false;
}
