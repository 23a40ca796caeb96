import type { Beat } from '../beat';
import type { Scene } from '../scene';

/** The whole text in one chunk, then `[DONE]` and no finish reason: submitted, not done. */
export function submittedScript(scene: Scene): Beat[] {
	const content = [
		"I'll help you generate a video. Let me process your request.",
		`**Task ID: \`${scene.taskId}\`**`,
		'Your video generation task has been submitted successfully.',
		`- **Model**: ${scene.model}\n- **Prompt**: ${scene.prompt}\n- **Quality**: High definition`,
		'The task is now being processed. You can check the status using the task ID provided above.',
		'Once completed, the video will be available for download.',
	].join('\n\n');
	return [{ delta: { content }, reaches: 'beforeTask' }];
}
