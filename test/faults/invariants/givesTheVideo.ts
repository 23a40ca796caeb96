import { wishOf } from '../item';
import { pairOf } from '../pairOf';
import type { Invariant } from './invariant';

/** The same file under its other address: what is left where the event with the first was damaged. */
const twinOf = (url: string | undefined): string | undefined =>
	url?.replace('/cdn/', '/cdn/download/');

/** A success is the video that was made for this very item. */
export const givesTheVideo: Invariant = ({ relay, executions }) =>
	executions.flatMap(({ run }) =>
		run.items('Chat Video').flatMap((outcome) => {
			const { json } = outcome;
			if ('error' in json) return [];
			const item = pairOf(outcome);
			const turn = relay.turns.find(({ prompt, billed }) => billed && prompt === wishOf(item));
			const right =
				json.status === 'completed' &&
				[turn?.videoUrl, twinOf(turn?.videoUrl)].includes(json.videoUrl as string) &&
				(json.taskId === undefined || json.taskId === turn?.taskId);
			return right ? [] : [`item ${item} is ${json.status} with ${json.videoUrl}`];
		}),
	);
