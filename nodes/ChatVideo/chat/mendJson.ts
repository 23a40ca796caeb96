import { parseJson } from './json';

/** What can be missing behind a cut inside or after the text of a chunk. */
const closings = ['', '"}}]}', '}}]}', '}]}', ']}', '}', '"}}', '"}'];

/**
 * Closes a chunk that was cut off, so that the text it had already brought can be read: the task
 * id may be in it, and that is paid for. Returns `[DONE]` and whole JSON unchanged, and
 * `undefined` when nothing can be read.
 */
export function mendJson(data: string): string | undefined {
	const trimmed = data.trim();
	if (/^\[DONE\s*\]$/.test(trimmed) || parseJson(data) !== undefined) return data;
	const cut = trimmed.replace(/\\(?:u[0-9a-f]{0,3})?$/i, '');
	const closing = closings.find((end) => parseJson(cut + end) !== undefined);
	return closing === undefined ? undefined : cut + closing;
}
