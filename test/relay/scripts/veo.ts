import type { Beat } from '../beat';
import type { Scene } from '../scene';
import type { Story } from '../situations';
import { say } from './say';

/** What a Veo relay calls things. */
export interface VeoWording {
	created: string;
	taskId: string;
	links: string;
	preview: string;
	raw: string;
	waiting: string;
	kind: string;
	started: string;
	previewDone: string;
	watchPreview: string;
	improving: string;
	done: string;
	watch: string;
	download: string;
	failed: string;
	reason: string;
}

const dots = (count: number) => Array.from({ length: count }, () => '.');

const ending = (scene: Scene, story: Story, words: VeoWording): Beat => {
	if (story.fails) {
		const said = `\n\n> ${words.failed}\n> ${words.reason}${story.fails.reason}`;
		return { delta: { content: said }, reaches: 'afterProgress' };
	}
	const links = `[${words.watch}](${scene.urls.video}) | [${words.download}](${scene.urls.download})`;
	const content = `\n> ${words.done}\n\n${links}`;
	return { delta: { content }, reaches: 'afterProgress', result: true };
};

/** The Veo family: no fence, no sid, no percents; first a preview, which is not the result, then the result. */
export function veoScript(words: VeoWording): (scene: Scene, story: Story) => Beat[] {
	return (scene, story) => {
		const id = `> ${words.taskId}: \`${scene.taskId}\`\n`;
		const links = `> ${words.links}\n> [${words.preview}](${scene.links.web}) | [${words.raw}](${scene.links.source})\n`;
		const block = [
			`\n\n> ${words.created}\n`,
			story.withoutTask ? '' : id,
			story.withoutTask || story.withoutLinks ? '' : links,
			`> ${words.waiting}`,
		].join('');
		const preview = `\n> ${words.previewDone}\n\n[${words.watchPreview}](${scene.urls.preview})\n`;

		return [
			{ delta: { role: 'assistant', content: '' } },
			{ delta: { content: block }, reaches: 'beforeTask' },
			{ delta: { content: '.' }, reaches: 'afterTask' },
			...say(`\n\n> ${words.kind}`, `\n> ${words.started}`, ...dots(scene.queueDots)),
			...(story.fails ? [] : say(preview, `\n> ${words.improving}`, ...dots(scene.queueDots))),
			ending(scene, story, words),
			{ delta: {}, finishReason: 'stop', reaches: 'afterResult' },
		];
	};
}
