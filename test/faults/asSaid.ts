import type { Situation, Story } from '../relay/situations';
import { earlierVideo } from './earlierVideo';
import type { Schedule } from './schedule';
import { firstTask } from './streamFault';

/** Whose first link is the result, wherever the answer breaks off. */
const saysDoneFirst = ({ dialect }: Story): boolean => dialect === 'bare' || dialect === 'sora2api';

/** A relay names the video that is modified, and a first try of its task, where there is one alone. */
export const asSaid = (
	fault: Situation | undefined,
	{ operation }: Pick<Schedule, 'operation'>,
): Situation | undefined => {
	if (fault === undefined || !('asides' in fault) || fault.asides === undefined) return fault;
	const absent = [
		...(operation === 'modify' ? [] : [earlierVideo.taskId]),
		...(fault.withoutTask ? [firstTask] : []),
		// The lesser video is the result where none follows that says more of itself.
		...('fails' in fault || fault.endsWithPage || saysDoneFirst(fault) ? ['{preview}'] : []),
	];
	const asides = fault.asides.filter(({ text }) => !absent.some((id) => text.includes(id)));
	return { ...fault, asides };
};
