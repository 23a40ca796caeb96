import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const isRoot = (folder: string): boolean => {
	const manifest = path.join(folder, 'package.json');
	return existsSync(manifest) && readFileSync(manifest, 'utf8').includes('"n8n-nodes-chat-video"');
};

/** Found from the repository's root, because the bundled command lies in `build/` and this file does not. */
export function mediaFolder(): string {
	let folder = __dirname;
	while (!isRoot(folder)) {
		const parent = path.dirname(folder);
		if (parent === folder) throw new Error(`No n8n-nodes-chat-video repository above ${__dirname}`);
		folder = parent;
	}
	return path.join(folder, 'test', 'relay', 'media');
}
