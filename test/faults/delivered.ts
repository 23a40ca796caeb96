import type { Turn } from '../relay/turn';
import { offsetOf } from '../relay/wire';
import { earlierVideo } from './earlierVideo';
import { sentText } from './sentText';

/** What of a generation certainly reached the client before anything broke. */
export interface Delivered {
	taskId: boolean;
	video: boolean;
	/** Further tasks, of an earlier try of the relay's or of another choice, and its video. */
	others: readonly string[];
}

/** What came so shortly before the client gave up may lie unread in the socket. */
const lastMoment = 1_000; // ms

/** @param stoppedAt when Stop was pressed */
export function delivered(turn: Turn, stoppedAt = Infinity): Delivered {
	const { billed, finished, taskId = '', videoUrl = '', sentAt = 0 } = turn;
	const gaveUpAt = Math.min(timedOutAt(turn), stoppedAt);
	if (!billed || gaveUpAt - sentAt < lastMoment) {
		return { taskId: false, video: false, others: [] };
	}
	const { text, otherText, whole } = sentText(turn);
	const [, behindVideo = ''] = text.split(videoUrl);
	return {
		taskId: text.includes(taskId) || endsWithTrailer(turn),
		video: finished && whole && behindVideo !== '',
		others: [
			...new Set([...matches(`${text} ${otherText}`, taskForm), ...matches(otherText, otherVideo)]),
		].filter((id) => id !== taskId && id !== earlierVideo.taskId),
	};
}

/** A task that is named after the body alone, which ends before its result: then it is read to its end. */
const endsWithTrailer = ({ situation, wire }: Turn): boolean =>
	situation.kind === 'generate' &&
	situation.trailers !== undefined &&
	situation.cutBy === 'end' &&
	situation.cutAt !== undefined &&
	wire !== undefined &&
	offsetOf(wire, situation.cutAt) < offsetOf(wire, 'midResult');

const matches = (text: string, pattern: RegExp): readonly string[] => text.match(pattern) ?? [];

/** Whole, as something stands after it. */
const taskForm = /task_01\w{20,}(?=\W)/g;
const otherVideo = /http[^\s()[\]"]*\/cdn\/other-[^\s()[\]"]*\.mp4(?=[\s()[\]"])/g;

/** A client that closes sooner, in its first request, has read why. */
const soonest = 9_000; // ms; no timeout of a schedule is shorter

const timedOutAt = ({ closedByClient, at: askedAt, attempt }: Turn): number =>
	closedByClient === undefined || (attempt === 1 && closedByClient.at - askedAt < soonest)
		? Infinity
		: closedByClient.at;
