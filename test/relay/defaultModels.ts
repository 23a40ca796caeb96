/** What a relay has channels for unless a test says otherwise. */
export const defaultModels = [
	'sora-2',
	'sora-2-pro',
	'sora_video2',
	'veo3-fast',
	'veo3-pro',
	'veo3.1',
	'grok-video-3',
	'gpt-4o',
];
