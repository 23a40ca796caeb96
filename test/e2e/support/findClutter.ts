import type { Locator, Page } from 'playwright-core';
import { around } from './around';
import type { Box } from './Box';
import { overlap } from './overlap';

/** A sentence for everything on the canvas that hides something else, or does not fit where it stands. */
export async function findClutter(page: Page): Promise<string[]> {
	const nodes = await Promise.all((await page.locator('.vue-flow__node').all()).map(toSeen));
	const buttons = await page.locator('button:not(.vue-flow__viewport button):visible').all();
	const others = await Promise.all(
		buttons.map(async (button) => ({ name: 'A button', box: await around([button], 0) })),
	);
	const pairs = nodes.flatMap((one, index) =>
		[...nodes.slice(index + 1), ...others].map((other) => [one, other] as const),
	);
	return [
		...nodes.filter(({ cutOff }) => cutOff).map(({ name }) => `The text of ${name} is cut off`),
		...pairs
			.filter(([one, other]) => overlap(one.box, other.box))
			.map(([one, other]) => `${other.name} lies over ${one.name}`),
	];
}

interface Seen {
	name: string;
	box: Box;
	cutOff: boolean;
}

async function toSeen(found: Locator): Promise<Seen> {
	const note = found.locator('[data-test-id="sticky"]');
	if ((await note.count()) > 0) {
		const [box, text] = [await around([note], 0), await around([note.locator('h2, p')], 0)];
		return { name: 'the note', box, cutOff: text.y + text.height > box.y + box.height };
	}
	const name = await found.locator('[data-node-name]').first().getAttribute('data-node-name');
	// Its name stands below it.
	const body = found.locator('[data-canvas-node-render-type]');
	return { name: String(name), box: await around([body, body.locator('*')], 0), cutOff: false };
}
