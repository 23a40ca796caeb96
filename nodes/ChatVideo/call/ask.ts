import type { TaskLinks } from '../chat/errors';
import { toConversation } from '../transcript/rebuild';
import type { LogEntry } from '../transcript/progressLog';
import type { VideoResult } from '../transcript/result';
import { createDeadline, type Deadline } from '../transport/deadline';
import type { BrokenCall, CallOutcome } from './callOutcome';
import { recover, type Recovery } from './recover';
import { looksUntilUnknown, nextLook, shortestSleep } from './sleep';
import { latestLook, type Ended, type Submission, type Underway } from './underway';

/** Asks for the task of a call; where nobody knows it, what broke the call stands. */
export async function ask(underway: Underway, broken: BrokenCall): Promise<CallOutcome> {
	const { submission, services, deadline } = underway;
	if (!submission.recover) return broken;
	const recovering: LogEntry = { stage: 'recovering', at: new Date().toISOString() };
	services.onProgress([recovering]);
	const known = { ...knownOf(broken), log: [...broken.log, recovering] };
	const found = await askFor(underway, { ...known, wait: broken.fallback === undefined }, deadline);
	if (found.kind === 'completed') {
		return found.result.status === 'completed'
			? withConversation(submission, found.result)
			: broken;
	}
	if (isUnknownTask(found)) return broken;
	return { ...broken, kind: found.kind, error: found.error };
}

/**
 * Asks for the task once; what is still being made sleeps on.
 *
 * @param unknown how many looks before this one found nobody who knows the task
 */
export async function look(underway: Underway, broken: BrokenCall, unknown = 0): Promise<Ended> {
	const deadline = createDeadline({ cancel: underway.services.cancel });
	const found = await askFor(underway, { ...knownOf(broken), wait: false }, deadline).finally(() =>
		deadline.close(),
	);
	if (found.kind === 'completed') {
		const { progressLog, status } = found.result;
		if (status === 'completed') return withConversation(underway.submission, found.result);
		return await sleepOn(underway, { ...broken, log: progressLog });
	}
	if (isUnknownTask(found)) {
		const missed = found.error.facts.isDown ? unknown : unknown + 1;
		if (missed < looksUntilUnknown) return await sleepOn(underway, broken, missed);
	}
	return found;
}

/** Leaves a task alone until its video may be done; where that takes too long, it is waited for. */
export async function sleepOn(underway: Underway, broken: BrokenCall, unknown = 0): Promise<Ended> {
	const { task, partial, log } = knownOf(broken);
	const now = Date.now();
	const end = latestLook(underway);
	if (end - now < shortestSleep) return await ask(underway, broken);
	const sleep = { since: underway.startedAt, log, unknown };
	return { kind: 'asleep', lookAt: Math.min(nextLook(sleep, now), end), task, partial, sleep };
}

/** What is known of a task before it is asked for. */
interface Known extends Pick<BrokenCall, 'partial' | 'log'> {
	task: TaskLinks;
}

const knownOf = ({ error, partial, log }: BrokenCall): Known => ({
	task: error.facts.task ?? {},
	partial,
	log,
});

/** Asks for a task of this call; nothing that costs is sent. */
export const askFor = (
	{ submission: { baseUrl, apiKey, turn }, services: { client, allows, onProgress } }: Underway,
	known: Known & Pick<Recovery, 'wait'>,
	deadline: Deadline,
): Promise<CallOutcome> =>
	recover(
		client,
		{
			...known,
			baseUrl,
			apiKey,
			model: turn.model,
			prompt: turn.prompt,
			allows,
			onEntry: (entry) => onProgress([entry]),
		},
		deadline,
	);

function withConversation({ turn }: Submission, found: VideoResult): CallOutcome {
	const messages = toConversation(turn.messages, found);
	return { kind: 'completed', result: { ...found, recovered: true, messages } };
}

/** Nobody who was asked knows the task. */
export const isUnknownTask = (outcome: Ended): outcome is BrokenCall =>
	outcome.kind === 'broken' &&
	['unavailable', 'unauthorized', 'disconnected'].includes(outcome.error.kind);
