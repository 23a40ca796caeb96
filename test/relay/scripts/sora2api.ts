import type { Beat } from '../beat';
import type { Scene } from '../scene';
import type { Story } from '../situations';

const thinks = (text: string): Beat => ({
	delta: { content: null, reasoning_content: text, tool_calls: null },
});

/** The self-hosted sora2api: everything but the result is reasoning, and there is neither task id nor role chunk. */
export function sora2apiScript(scene: Scene, story: Story): Beat[] {
	const percents = scene.progress
		.filter((percent) => percent < (story.fails?.at ?? 100))
		.concat(story.fails?.at ?? []);
	const outcome = story.fails
		? `**Content Policy Violation**\n\n${story.fails.reason}\n`
		: '**Video Generation Completed**\n\nCache is disabled. Using original URL directly...\n';
	const content = story.fails
		? `❌ 生成失败: ${story.fails.reason}`
		: `\`\`\`html\n<video src='${scene.urls.video}' controls></video>\n\`\`\``;
	const output = [{ url: scene.urls.video, type: 'video' as const, task_id: scene.sid }];

	return [
		{
			delta: {
				role: 'assistant',
				content: null,
				reasoning_content: '**Generation Process Begins**\n\nInitializing generation request...\n',
				tool_calls: null,
			},
		},
		...percents.map((percent) =>
			thinks(`\n**Video Generation Progress**: ${percent}% (processing)\n`),
		),
		thinks(outcome),
		{
			delta: {
				content,
				reasoning_content: null,
				tool_calls: null,
				...(story.fails ? {} : { output }),
			},
			finishReason: 'STOP',
			reaches: 'afterProgress',
			...(story.fails ? {} : { result: true as const }),
		},
	];
}
