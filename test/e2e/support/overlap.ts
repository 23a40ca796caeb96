import type { Box } from './Box';

/** What lies in both; undefined if nothing does. */
export function overlap(a: Box, b: Box): Box | undefined {
	const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)];
	const right = Math.min(a.x + a.width, b.x + b.width);
	const bottom = Math.min(a.y + a.height, b.y + b.height);
	if (right <= x || bottom <= y) return undefined;
	return { x, y, width: right - x, height: bottom - y };
}
