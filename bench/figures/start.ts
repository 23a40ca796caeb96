import type { ChatVideo } from '../../nodes/ChatVideo/ChatVideo.node';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { load } from '../load';
import type { Figure } from './figure';
import { toContext } from './context';

/**
 * Milliseconds until the node is loaded, and until it has given its first item, in a process that
 * has nothing but n8n-workflow; of a library, until it is loaded.
 */
export const start: Figure = async ({ wire, of }) => {
	createRequire(__filename)('n8n-workflow');
	const startedAt = performance.now();
	if (of.load !== 'node') {
		load(of.load ?? '');
		return { load: performance.now() - startedAt };
	}
	const file = join(__dirname, '..', 'dist', 'nodes', 'ChatVideo', 'ChatVideo.node.js');
	const { ChatVideo: Node } = load<{ ChatVideo: typeof ChatVideo }>(file);
	const loaded = performance.now() - startedAt;
	const node = new Node();
	const [[item] = []] = await node.execute.call(toContext(`${wire}/plain/reference`));
	if (item?.json.status !== 'completed') throw new Error('The node gave no video');
	return { load: loaded, first: performance.now() - startedAt };
};
