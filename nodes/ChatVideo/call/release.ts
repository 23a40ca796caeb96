import type { TaskLinks } from '../chat/errors';
import { dataLinks } from '../tasks/sources';
import type { VideoResult } from '../transcript/result';
import type { Transcript } from '../transcript/transcript';
import type { Deadline } from '../transport/deadline';
import type { CallOutcome } from './callOutcome';
import { shortestSleep } from './sleep';
import { toFacts } from './toFacts';

/** Ends an answer early, once its task can be asked for without it. */
export interface Release {
	/** The transcript has grown, and may name the task and a link to its data. */
	read(transcript: Transcript): void;
	/** What the task was when the answer was let go; nothing where it was read to its end. */
	readonly status: VideoResult['status'] | undefined;
}

const pause = 15_000; // ms between two questions; a task may be a moment late to show up at its link

/**
 * A link that is said may lead nowhere from here, and the answer would be lost with the video. So
 * the task is asked for first, and the answer is let go when somebody knows it.
 *
 * @param ask asks for a task once
 * @param answer ends the answer
 * @param latest when to wake at the latest, in milliseconds since 1970
 */
export function createRelease(
	ask: (task: TaskLinks) => Promise<CallOutcome>,
	answer: Deadline,
	latest: number,
): Release {
	let status: Release['status'];
	let askAfter = 0;
	const look = async (task: TaskLinks): Promise<void> => {
		const found = await ask(task);
		askAfter = Date.now() + pause;
		if (found.kind !== 'completed') return;
		({ status } = found.result);
		answer.endNow();
	};
	return {
		read(transcript) {
			const { task = {} } = toFacts(transcript);
			const isKnown = task.taskId !== undefined && dataLinks(task).length > 0;
			const now = Date.now();
			if (!isKnown || now < askAfter || latest - now < shortestSleep) return;
			askAfter = Infinity;
			look(task).catch(() => {});
		},
		get status() {
			return status;
		},
	};
}
