import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where n8n is kept: outside of the project, as it is three gigabytes and takes minutes to install. */
export function cacheFolder(...parts: string[]): string {
	const { CHAT_VIDEO_CACHE, XDG_CACHE_HOME } = process.env;
	const root = XDG_CACHE_HOME || join(homedir(), '.cache');
	return join(CHAT_VIDEO_CACHE || join(root, 'n8n-nodes-chat-video'), ...parts);
}
