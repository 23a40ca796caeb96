import { fixture } from '../support/fixture';
import { summaryOf, type Summary } from './summary';

/** A sample of each relay's dialect, and all that is read from it; what is learnt of a relay goes in here. */
const dialects: Array<[dialect: string, fixture: string, summary: Summary]> = [
	[
		'sora2api: progress as reasoning, the video in a tag',
		'reasoning-then-video.sse',
		{
			status: 'completed',
			sid: 's_68f8d4e5f6a78191c0ebfaa9b8c7d6e5',
			videoUrl:
				'https://videos.openai.com/az/vg-assets/task_01k9%2Fraw?se=2025-10-28T09%3A00%3A00Z&sig=Qm%2Bx%2F7w%3D',
			percents: [12, 63],
			stages: ['generating', 'completed'],
		},
	],
	[
		'veo: a preview, then the final video and its twin',
		'preview-then-final.md',
		{
			status: 'completed',
			taskId: 'veo3:5b0f7a52-6c1d-4e8f-9a3b-2c4d6e8f0a1b',
			previewUrl: 'https://pro.asyncdata.net/web/veo3:5b0f7a52-6c1d-4e8f-9a3b-2c4d6e8f0a1b',
			sourceUrl: 'https://pro.asyncdata.net/source/veo3:5b0f7a52-6c1d-4e8f-9a3b-2c4d6e8f0a1b',
			videoUrl: 'https://filesystem.site/cdn/20251101/final4LpKoJiHuGy.mp4',
			downloadUrl: 'https://filesystem.site/cdn/download/20251101/final4LpKoJiHuGy.mp4',
			percents: [],
			stages: ['submitted', 'queued', 'generating', 'completed'],
		},
	],
	[
		'Traditional Chinese',
		'traditional-chinese.md',
		{
			status: 'completed',
			taskId: 'task_01k9p4r6t8v0x2z4b6d8f0h2jk',
			sid: 's_69a1b2c3d4e5f60718293a4b5c6d7e8f',
			prompt: '一隻橘貓在雨中跳舞',
			orientation: 'landscape',
			previewUrl: 'https://tasks.example.com/web/task_01k9p4r6t8v0x2z4b6d8f0h2jk',
			sourceUrl: 'https://tasks.example.com/source/task_01k9p4r6t8v0x2z4b6d8f0h2jk',
			posterUrl: 'https://media.example.com/20251108/rain.webp',
			videoUrl: 'https://media.example.com/20251108/rain?sig=Zm9v%2Bbar',
			percents: [24, 57, 88],
			stages: ['submitted', 'queued', 'generating', 'completed'],
		},
	],
	[
		'rendering, then ready',
		'rendering-then-ready.md',
		{
			status: 'completed',
			taskId: 'kling-2:7f3e9a10-41d2-4c55-8a6e-0b9d2f7c1e34',
			videoUrl: 'https://cdn.example.net/kling/7f3e9a10?token=a%2Fb%3D',
			percents: [12, 48, 91],
			stages: ['submitted', 'queued', 'generating', 'completed'],
		},
	],
];

it.each(dialects)('%s', async (_, name, summary) => {
	const { videoUrl } = summary;
	expect(await summaryOf(fixture(name).toString())).toEqual({ ...summary, videoUrls: [videoUrl] });
});
