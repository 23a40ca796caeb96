import { delivered } from '../delivered';
import { itemOf } from '../item';
import { told } from '../told';
import type { Invariant } from './invariant';

/** A task or a video that reached the node is in the outcome of every execution from then on. */
export const losesNothing: Invariant = ({ schedule, relay, executions }) => {
	const lost: string[] = [];
	let logged = '';
	for (const [at, execution] of executions.entries()) {
		const shown = told(execution);
		const notes = execution.run.logs.filter(({ level }) => level === 'info');
		logged += notes.map(({ message }) => message).join('\n');
		for (const turn of relay.turns.slice(0, execution.turns)) {
			const { taskId = '', videoUrl = '', prompt } = turn;
			// A proxy may still hold what it was sent, and nobody sees when its client gives up.
			if (schedule.items[itemOf(prompt)]?.proxy !== 'none') continue;
			const { taskId: task, video } = delivered(turn, execution.stoppedAt);
			const where = `of "${prompt}" in execution ${at}`;
			if (task && !logged.includes(taskId)) lost.push(`task ${taskId} ${where} is not in the log`);
			if (execution.stoppedAt !== undefined) continue;
			if (task && !shown.includes(taskId)) lost.push(`task ${taskId} ${where} is not told`);
			if (video && !shown.includes(task ? taskId : videoUrl)) {
				lost.push(`video ${videoUrl} ${where} is not told`);
			}
		}
	}
	return lost;
};
