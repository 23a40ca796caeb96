import { delivered } from '../delivered';
import { itemOf } from '../item';
import { pairOf } from '../pairOf';
import type { Execution } from '../ran';
import type { Schedule } from '../schedule';
import { shownOf } from '../shownOf';
import type { Invariant } from './invariant';

/** What is said of one item, where all that is known is: a simplified result has what leads to it. */
function ownWords({ run }: Execution, item: number, { simplify }: Schedule): string | undefined {
	const error = run.error('Chat Video');
	if (error?.message.includes(`[item ${item}]`)) return `${error.message} ${error.description}`;
	const outcome = [0, 1]
		.flatMap((output) => run.items('Chat Video', output))
		.find((each) => pairOf(each) === item);
	return outcome === undefined || (simplify && !('error' in outcome.json))
		? undefined
		: JSON.stringify(outcome.json);
}

/** A task or a video that reached the node is in the outcome of every execution from then on. */
export const losesNothing: Invariant = ({ schedule, relay, executions }) => {
	const lost: string[] = [];
	let logged = '';
	for (const [at, execution] of executions.entries()) {
		if (execution.hasLost) break;
		const shown = shownOf(execution);
		const notes = execution.run.logs.filter(({ level }) => level === 'info');
		logged += notes.map(({ message }) => message).join('\n');
		for (const turn of relay.turns.slice(0, execution.turns)) {
			const { taskId = '', videoUrl = '', prompt } = turn;
			const { taskId: task, video, others } = delivered(turn, execution.stoppedAt);
			const where = `of "${prompt}" in execution ${at}`;
			if (task && !logged.includes(taskId)) lost.push(`task ${taskId} ${where} is not in the log`);
			if (execution.stoppedAt !== undefined) continue;
			if (task && !shown.includes(taskId)) lost.push(`task ${taskId} ${where} is not in ${shown}`);
			if (video && !shown.includes(task ? taskId : videoUrl)) {
				lost.push(`video ${videoUrl} ${where} is not in ${shown}`);
			}
			const own = ownWords(execution, itemOf(prompt), schedule);
			for (const other of others) {
				if (own?.includes(other) === false) lost.push(`${other}, too, ${where} is not in ${shown}`);
			}
		}
	}
	return lost;
};
