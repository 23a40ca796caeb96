import type { TaskLinks } from '../chat/errors';
import { toConversation } from '../transcript/conversation';
import type { LogEntry } from '../transcript/progressLog';
import type { VideoResult } from '../transcript/result';
import { createDeadline, type Deadline } from '../transport/deadline';
import type { BrokenCall, CallOutcome } from './callOutcome';
import { recover, type Recovery } from './recover';
import { looksUntilUnknown, nextLook, shortestSleep, type Sleep } from './sleep';
import { latestLook, type Ended, type Submission, type Underway } from './underway';

/** Asks for the task of a call; where nobody knows it, what broke the call stands. */
export async function ask(underway: Underway, broken: BrokenCall): Promise<CallOutcome> {
	const { submission, services, deadline } = underway;
	if (!submission.recover) return broken;
	const { task = {} } = broken.error.facts;
	const recovering: LogEntry = { stage: 'recovering', at: new Date().toISOString() };
	services.onProgress(undefined, [recovering]);
	const known = { ...broken, log: [...broken.log, recovering] };
	const recovery = toRecovery(underway, task, known);
	const wait = broken.fallback === undefined;
	const found = await recover(services.client, { ...recovery, wait }, deadline);
	if (found.kind === 'completed') {
		return found.result.status === 'completed'
			? withConversation(submission, found.result)
			: broken;
	}
	if (isUnknownTask(found)) return broken;
	return { ...broken, kind: found.kind, error: found.error };
}

/** Asks for the task once; what is still being made sleeps on. */
export async function look(
	underway: Underway,
	broken: BrokenCall,
	{ log, unknown }: Pick<Sleep, 'log' | 'unknown'> = { log: broken.log, unknown: 0 },
): Promise<Ended> {
	const { task = {} } = broken.error.facts;
	const deadline = createDeadline({ cancel: underway.services.cancel });
	const known = { log, partial: broken.partial };
	const found = await askOnce(underway, task, deadline, known).finally(() => deadline.close());
	if (found.kind === 'completed') {
		const { progressLog, status } = found.result;
		if (status === 'completed') return withConversation(underway.submission, found.result);
		return await sleepOn(underway, broken, { log: progressLog, unknown: 0 });
	}
	if (isUnknownTask(found)) {
		const missed = found.error.facts.isDown ? unknown : unknown + 1;
		if (missed < looksUntilUnknown)
			return await sleepOn(underway, broken, { log, unknown: missed });
	}
	return found;
}

/** Leaves a task alone until its video may be done; where that takes too long, it is waited for. */
export async function sleepOn(
	underway: Underway,
	broken: BrokenCall,
	{ log, unknown }: Pick<Sleep, 'log' | 'unknown'>,
): Promise<Ended> {
	const { startedAt: since } = underway;
	const { task = {} } = broken.error.facts;
	const now = Date.now();
	const end = latestLook(underway);
	if (end - now < shortestSleep) return await ask(underway, { ...broken, log });
	const sleep = { since, log, unknown };
	const lookAt = Math.min(nextLook(sleep, now), end);
	return { kind: 'asleep', lookAt, task, partial: broken.partial, sleep };
}

export const askOnce = (
	underway: Underway,
	task: TaskLinks,
	deadline: Deadline,
	known?: Pick<BrokenCall, 'log' | 'partial'>,
): Promise<CallOutcome> =>
	recover(
		underway.services.client,
		{ ...toRecovery(underway, task, known), wait: false },
		deadline,
	);

function toRecovery(
	{ submission, services }: Underway,
	task: TaskLinks,
	{ log, partial }: Pick<BrokenCall, 'log' | 'partial'> = { log: [], partial: {} },
): Recovery {
	const { baseUrl, apiKey, turn } = submission;
	return {
		baseUrl,
		apiKey,
		task,
		model: turn.model,
		prompt: turn.prompt,
		partial,
		log,
		allows: services.allows,
		onEntry: (entry) => services.onProgress(undefined, [entry]),
	};
}

function withConversation({ turn }: Submission, found: VideoResult): CallOutcome {
	const messages = toConversation(turn.messages, found);
	return { kind: 'completed', result: { ...found, recovered: true, messages } };
}

/** Nobody who was asked knows the task. */
export const isUnknownTask = (outcome: Ended): outcome is BrokenCall =>
	outcome.kind === 'broken' &&
	['unavailable', 'unauthorized', 'disconnected'].includes(outcome.error.kind);
