import { isRecord, parseJson } from './json';

/**
 * The events in what came as one. Some relays leave out the empty line between events; then each
 * line is one of its own, while JSON that is printed over several lines is whole in none of them.
 * Others wrap the lines of their own upstream once more: `data: data: {…}`.
 */
export function separate(data: string): readonly string[] {
	const text = /^\s*data:/.test(data) ? data.replace(/^(?:[ \t]*data:)+[ \t]*/gm, '') : data;
	const end = text.indexOf('\n');
	if (end === -1) return [withoutCall(text)];
	return isRecord(parseJson(text.slice(0, end))) ? text.split('\n') : [text];
}

/** JSON that is handed to a function, as for a page of another site: `callback({…});`. */
export const withoutCall = (text: string): string =>
	/^\s*(?:\/\*\*\/\s*)?[\w$.]{1,80}\((?=\s*[[{])/.test(text)
		? text.slice(text.indexOf('(') + 1).replace(/\)(?:\s|;){0,8}$/, '')
		: text;
