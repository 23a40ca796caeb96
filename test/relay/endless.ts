import { chunk } from './chunk';
import type { Scene } from './scene';
import type { Generate } from './situations';
import type { Endless } from './send';
import { offsetOf, type Wire } from './wire';

/** Big enough to be fast, small enough to notice soon that the reader has gone. */
const blockSize = 64 * 1024;

const dots = 200; // of one delta; single ones would take a reader 800 MB to its limit

/** What an endless turn sends once its task block is out. */
export function endlessFrom(
	wire: Wire,
	scene: Scene,
	kind: Generate['endless'],
): Endless | undefined {
	if (!kind) return undefined;
	const from = offsetOf(wire, 'afterTask');
	const event = `data: ${JSON.stringify(chunk(scene, { delta: { content: '.'.repeat(dots) } }, {}))}\n\n`;
	if (kind === 'transcript') {
		const block = Buffer.from(event.repeat(Math.ceil(blockSize / event.length)));
		return { from, opening: Buffer.alloc(0), block };
	}
	const opening = Buffer.from(event.slice(0, event.indexOf('"..') + 1));
	return { from, opening, block: Buffer.alloc(blockSize, '.') };
}
