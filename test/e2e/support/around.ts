import type { Locator } from 'playwright-core';
import type { Box } from './Box';

/** The smallest box that holds all that is seen of these, with some space. */
export async function around(parts: Locator[], space: number): Promise<Box> {
	const each = await Promise.all(parts.map((part) => part.evaluateAll(boxes)));
	const found = each.flat();
	const [x, y] = [Math.min(...found.map((it) => it.x)), Math.min(...found.map((it) => it.y))];
	const right = Math.max(...found.map((it) => it.x + it.width));
	const bottom = Math.max(...found.map((it) => it.y + it.height));
	return {
		x: Math.max(0, x - space),
		y: Math.max(0, y - space),
		width: right - x + 2 * space,
		height: bottom - y + 2 * space,
	};
}

/** Runs in the page. */
const boxes = (elements: Array<{ getBoundingClientRect(): Box }>): Box[] =>
	elements
		.map((element) => element.getBoundingClientRect())
		.map(({ x, y, width, height }) => ({ x, y, width, height }))
		.filter(({ width }) => width > 0);
