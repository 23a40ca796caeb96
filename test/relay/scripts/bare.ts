import type { Beat } from '../beat';
import type { Scene } from '../scene';
import type { Story } from '../situations';
import { say } from './say';

/** Words that run straight into a bare URL, which comes in one chunk with the finish reason. */
export function bareScript(scene: Scene, story: Story): Beat[] {
	const last = story.fails ? `❌ 生成失败: ${story.fails.reason}` : scene.urls.video;
	return [
		...say('🎬 开始生成视频...'),
		...say(...(story.fails ? [] : ['✅ 视频生成完成', '🔗 解析无水印URL...'])),
		{
			delta: { content: last },
			finishReason: 'stop',
			reaches: 'afterProgress',
			...(story.fails ? {} : { result: true as const }),
		},
	];
}
