import type { Locator } from 'playwright-core';

/** Seen without scrolling. */
export async function expectInView(found: Locator): Promise<void> {
	const { x, y, width } = (await found.first().boundingBox()) ?? { x: -1, y: -1, width: 0 };
	const { width: right, height: bottom } = found.page().viewportSize() ?? { width: 0, height: 0 };
	expect({ isIn: x >= 0 && y >= 0 && x + width <= right && y < bottom }).toEqual({ isIn: true });
}
