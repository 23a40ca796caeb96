import type { Beat } from '../beat';
import { plan } from '../planner';
import type { Scene } from '../scene';
import type { Story } from '../situations';
import { say } from './say';

/** What a relay of the reference family calls things. */
export interface Wording {
	/** The quote mark before a link; the reference has no space after it. */
	quote: '>' | '> ';
	/** Ends a line of the task block; some relays break it the Markdown way, with two spaces. */
	lineEnd: '\n' | '  \n';
	preview: string;
	raw: string;
	queued: string;
	/** With what stands between it and the queue line. */
	generating: string;
	/** With the runner; the reference has a zero-width joiner after it. */
	progress: string;
	done: string;
	play: string;
	failed: string;
	reason: string;
	/** How the sid is printed. */
	sid: (sid: string) => string;
	/** Whether the poster is shown. */
	poster: boolean;
}

/** The task block up to the word of the queue line. */
const taskBlock = (scene: Scene, story: Story, words: Wording): string => {
	const links = `${words.quote}[${words.preview}](${scene.links.web}) | [${words.raw}](${scene.links.source})`;
	const lines = [
		...(story.withoutTask ? [] : [`> ID: \`${scene.taskId}\``]),
		...(story.withoutTask || story.withoutLinks ? [] : [links]),
		`> ${words.queued}`,
	];
	return `\n\n${lines.join(words.lineEnd)}`;
};

const result = (scene: Scene, words: Wording): string => {
	const { poster, video } = scene.urls;
	const picture = words.poster ? `![${poster}](${poster})` : '';
	return [
		`\n\n> ${words.done}${words.lineEnd}> sid: ${words.sid(scene.sid)}\n`,
		picture,
		`[${words.play}](${video})`,
	].join('\n');
};

const ending = (scene: Scene, story: Story, words: Wording): Beat => {
	if (story.fails) {
		const said = `\n\n${words.failed}\n${words.reason}${story.fails.reason}`;
		return { delta: { content: said }, reaches: 'afterProgress' };
	}
	return { delta: { content: result(scene, words) }, reaches: 'afterProgress', result: true };
};

/**
 * A turn in the order of the reference stream: role, planner, an empty delta that is not the end, task block,
 * dots, percents, the result in one piece, the finish reason.
 */
export function markdownScript(words: Wording): (scene: Scene, story: Story) => Beat[] {
	return (scene, story) => {
		const limit = story.fails?.at ?? 100;
		const percents = scene.progress
			.filter((percent) => percent < limit)
			.concat(story.fails?.at === undefined ? [] : [limit])
			.map((percent) => `${percent}..`);
		const [first = '', ...rest] = percents;
		const [dot, ...dots] = '.'.repeat(Math.max(1, scene.queueDots));

		return [
			{ delta: { role: 'assistant', content: '' } },
			...say(...plan(scene)),
			{ delta: {} },
			{ delta: { content: taskBlock(scene, story, words) }, reaches: 'beforeTask' },
			{ delta: { content: dot ?? '.' }, reaches: 'afterTask' },
			...say(...dots),
			...say(words.generating, '.'),
			...(percents.length > 0 ? say(`\n\n${words.progress} ${first}`, ...rest) : []),
			ending(scene, story, words),
			{ delta: {}, finishReason: 'stop', reaches: 'afterResult' },
		];
	};
}
