import { earlierVideo, isVideo } from '../earlierVideo';
import { wishOf } from '../item';
import type { Invariant } from './invariant';

const ofCall = ['taskId', 'taskIds', 'sid', 'videoUrl', 'posterUrl', 'previewUrl', 'sourceUrl'];

/** Nothing of the video that is modified reads as the new one's, and what is no video is not modified. */
export const keepsVideosApart: Invariant = ({ schedule, executions, relay }) => {
	if (schedule.operation !== 'modify') return [];
	const taken = executions
		.flatMap(({ run }) => [...run.json('Chat Video', 0), ...run.json('Chat Video', 1)])
		.map((json) => JSON.stringify(ofCall.map((field) => json[field])))
		.filter((shown) => Object.values(earlierVideo).some((old) => shown.includes(old)));
	const sent = schedule.items.flatMap(({ input }, index) =>
		!isVideo(input) && relay.turns.some(({ prompt }) => prompt === wishOf(index)) ? [index] : [],
	);
	return [
		...taken.map((shown) => `the earlier video is shown as this one's: ${shown}`),
		...sent.map((item) => `item ${item} has no video to modify, and was sent`),
	];
};
