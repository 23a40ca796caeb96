import { mediaOf, type Medium } from './media';
import type { MediaBehaviours } from './mediaBehaviour';
import type { Scene } from './scene';
import type { TaskBehaviours } from './taskBehaviour';
import type { Task } from './tasks';

/** What a relay can be asked for later: tasks by id, files by path. */
export interface Archive {
	keep(
		scene: Scene,
		behaviour: { tasks?: TaskBehaviours; media?: MediaBehaviours; reason?: string },
	): void;
	publish(medium: Medium): void;
	/** By its id, with or without a model's name and a colon before it. */
	task(id: string): Task | undefined;
	medium(path: string): Medium | undefined;
}

const neverAsked = () => ({ web: 0, source: 0, share: 0, query: 0, videos: 0, generations: 0 });

/** An empty archive. */
export function createArchive(): Archive {
	const tasks = new Map<string, Task>();
	const media = new Map<string, Medium>();

	return {
		keep(scene, { tasks: behaviours = {}, media: mediaBehaviours, reason = '' }) {
			tasks.set(scene.taskId, { scene, behaviours, reason, asked: neverAsked() });
			for (const medium of mediaOf(scene, mediaBehaviours)) media.set(medium.path, medium);
		},
		publish(medium) {
			media.set(medium.path, medium);
		},
		task: (id) => tasks.get(id) ?? tasks.get(id.slice(id.indexOf(':') + 1)),
		medium: (path) => media.get(path),
	};
}
