import type { TaskLinks } from '../chat/errors';
import { dataLinks } from '../tasks/sources';
import type { Transcript } from '../transcript/transcript';
import type { Deadline } from '../transport/deadline';
import { askFor } from './ask';
import { shortestSleep } from './sleep';
import { toFacts } from './toFacts';
import { latestLook, type Underway } from './underway';

const pause = 15_000; // ms between two questions; a task may be a moment late to show up at its link

/**
 * Ends an answer early, once its task can be asked for without it. A link that is said may lead
 * nowhere from here, and the answer would be lost with the video. So the task is asked for first,
 * and the answer is let go when somebody knows it.
 */
export function createRelease(underway: Underway, answer: Deadline) {
	const latest = latestLook(underway);
	let isPending = false;
	let askAfter = 0;
	const look = async (task: TaskLinks): Promise<void> => {
		const found = await askFor(underway, { task, partial: {}, log: [], wait: false }, answer);
		askAfter = Date.now() + pause;
		if (found.kind !== 'completed') return;
		isPending = found.result.status !== 'completed';
		answer.endNow();
	};
	return {
		/** The transcript has grown, and may name the task and a link to its data. */
		read(transcript: Transcript): void {
			const { task = {} } = toFacts(transcript);
			const isKnown = task.taskId !== undefined && dataLinks(task).length > 0;
			const now = Date.now();
			if (!isKnown || now < askAfter || latest - now < shortestSleep) return;
			askAfter = Infinity;
			look(task).catch(() => {});
		},
		/** Whether the answer was let go while its video was being made. */
		get isPending(): boolean {
			return isPending;
		},
	};
}
