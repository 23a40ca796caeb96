import type { TaskLinks } from '../chat/errors';
import type { Message } from '../chat/messages';
import type { PartialResult, VideoResult } from '../transcript/result';
import type { LogEntry } from '../transcript/progressLog';
import { rebuildTurn } from '../transcript/rebuild';
import type { TaskStatus } from './status';

/** What is known of a task besides its status. Empty text for unknown. */
export interface KnownTask {
	task: TaskLinks;
	model: string;
	/** The prompt that was sent. */
	prompt: string;
	/** By the answer that broke off. */
	partial?: PartialResult | undefined;
}

/**
 * The result of a task that was asked for. An answer was never whole, so the turn is rebuilt from
 * what is known: its ids and links.
 */
export function toTaskResult(
	status: TaskStatus,
	{ task, model, prompt, partial = {} }: KnownTask,
	progressLog: readonly LogEntry[],
): VideoResult {
	const known = partial.prompt ?? (status.prompt || prompt);
	const orientation = partial.orientation ?? (status.orientation || undefined);
	const [question, answer] = rebuildTurn({
		...task,
		prompt: known,
		orientation,
		taskId: task.taskId ?? status.taskId,
		posterUrl: status.posterUrl,
		videoUrl: status.videoUrl,
	});
	const messages = [...(known === '' || !question ? [] : [question]), ...(answer ? [answer] : [])];
	const done = status.state === 'completed';
	const videoUrls = [status.videoUrl, status.betterUrl, ...(partial.videoUrls ?? [])];
	return {
		...task,
		...partial,
		taskId: task.taskId ?? (status.taskId || undefined),
		status: done ? 'completed' : status.state === 'generating' ? 'generating' : 'queued',
		model: model || status.model || undefined,
		prompt: known || undefined,
		orientation,
		posterUrl: status.posterUrl || undefined,
		videoUrl: status.videoUrl || undefined,
		progressLog,
		messages: done ? messages : undefined,
		duration: partial.duration ?? status.duration,
		downloadUrl: status.downloadUrl || undefined,
		gifUrl: status.gifUrl || undefined,
		videoUrls: done ? [...new Set(videoUrls.filter((url) => url !== ''))] : undefined,
		transcript: done ? answerText(answer) : undefined,
	};
}

const answerText = (answer: Message | undefined): string | undefined =>
	typeof answer?.content === 'string' ? answer.content : undefined;
