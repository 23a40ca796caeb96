/** The package under test: the one for n8n Cloud with CHAT_VIDEO_BUILD=cloud, else the main one. */
export const builtPackage =
	process.env.CHAT_VIDEO_BUILD === 'cloud'
		? { name: 'n8n-nodes-chat-video-cloud', folder: 'build/cloud', build: 'build:cloud' }
		: { name: 'n8n-nodes-chat-video', folder: '.', build: 'build' };
