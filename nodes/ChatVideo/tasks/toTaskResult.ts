import type { TaskLinks } from '../chat/errors';
import type { Message } from '../chat/messages';
import type { PartialResult, VideoResult } from '../transcript/result';
import type { LogEntry } from '../transcript/progressLog';
import { rebuildAnswer, toConversation } from '../transcript/rebuild';
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
	const isDone = status.state === 'completed';
	const videoUrls = [status.videoUrl, status.betterUrl, ...(partial.videoUrls ?? [])];
	const result: VideoResult = {
		...task,
		...partial,
		taskId: task.taskId ?? (status.taskId || undefined),
		status: isDone ? 'completed' : status.state === 'generating' ? 'generating' : 'queued',
		model: model || status.model || undefined,
		prompt: partial.prompt ?? (status.prompt || prompt || undefined),
		orientation: partial.orientation ?? (status.orientation || undefined),
		posterUrl: status.posterUrl || undefined,
		videoUrl: status.videoUrl || undefined,
		progressLog,
		duration: partial.duration ?? status.duration,
		downloadUrl: status.downloadUrl || undefined,
		gifUrl: status.gifUrl || undefined,
		videoUrls: isDone ? [...new Set(videoUrls.filter((url) => url !== ''))] : undefined,
	};
	if (!isDone) return result;
	const transcript = rebuildAnswer(result);
	const question: Message[] = result.prompt ? [{ role: 'user', content: result.prompt }] : [];
	return { ...result, messages: toConversation(question, { ...result, transcript }), transcript };
}
