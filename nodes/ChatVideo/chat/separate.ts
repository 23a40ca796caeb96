import { isRecord, parseJson } from './json';

/**
 * The events in what came as one. Some relays leave out the empty line between events; then each
 * line is one of its own, while JSON that is printed over several lines is whole in none of them.
 */
export function separate(data: string): readonly string[] {
	const end = data.indexOf('\n');
	if (end === -1) return [data];
	return isRecord(parseJson(data.slice(0, end))) ? data.split('\n') : [data];
}
