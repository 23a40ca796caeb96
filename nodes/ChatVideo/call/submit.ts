import { ChatError, rowOf } from '../chat/errors';
import { toConversation } from '../transcript/rebuild';
import type { VideoResult } from '../transcript/result';
import { refusedByPolicy } from '../transport/connection';
import { createDeadline } from '../transport/deadline';
import { waitFor } from '../transport/waitFor';
import { untilAborted } from '../transport/untilAborted';
import { ask, isUnknownTask, look, sleepOn } from './ask';
import { resultOf, type BrokenCall, type CallOutcome } from './callOutcome';
import { factsOf, failedBefore, type CallId, type Ledger, type LedgerEntry } from './ledger';
import { createRecorder } from './recorder';
import { createRelease } from './release';
import type { Sleep, SleepingCall } from './sleep';
import { takeTurn } from './turn';
import type { Ended, Services, Submission, Underway } from './underway';

/**
 * Gets the video of a call, and sends it at most once: what an earlier try finished is given
 * again, what it started is asked for, and what it may have paid for is not sent a second time.
 *
 * @throws {ChatError} when there is no video, with whatever is known of the task
 */
export async function submit(
	submission: Submission,
	services: Services,
): Promise<VideoResult | SleepingCall> {
	const { call, apiKey, timeout } = submission;
	const { ledger, cancel, onTask } = services;
	const startedAt = sleepOf(ledger, call)?.since ?? Date.now();
	const deadline = createDeadline({ timeout, since: startedAt, cancel });
	const recorder = createRecorder(ledger, call, apiKey, onTask);
	try {
		const ended = await resume({ submission, services, recorder, deadline, startedAt });
		const outcome = ended.kind === 'completed' ? withTimes(ended.result, startedAt) : ended;
		const shown = recorder.settle(outcome);
		return shown.kind === 'asleep' ? shown : resultOf(shown);
	} finally {
		deadline.close();
	}
}

/** A result that is given again keeps the times of its making. */
const withTimes = (result: VideoResult, startedAt: number): CallOutcome => ({
	kind: 'completed',
	result: {
		startedAt: new Date(startedAt).toISOString(),
		completedAt: new Date().toISOString(),
		elapsedMs: Date.now() - startedAt,
		...result,
	},
});

/** The sleep that a call of this execution wakes from; a Retry has all its time anew. */
function sleepOf(ledger: Ledger, call: CallId): Sleep | undefined {
	const entry = ledger.find(call);
	return entry?.state === 'task' && ledger.isOwn(call) ? entry.sleep : undefined;
}

async function resume(underway: Underway): Promise<Ended> {
	const { submission, services } = underway;
	const { call, turn } = submission;
	const entry = services.ledger.find(call);
	// Once for a run of the user's, not once for each of its tries.
	const submitAgain = submission.submitAgain && !services.ledger.isOwn(call);
	if (entry === undefined) return await sendAndRecover(underway);
	if (entry.state === 'done') {
		const messages = toConversation(turn.messages, entry.result);
		return { kind: 'completed', result: { ...entry.result, messages } };
	}
	if (entry.state === 'task') {
		const sleep = sleepOf(services.ledger, call);
		const broken = interrupted(entry, sleep);
		const outcome = submission.sleeps
			? await look(underway, broken, sleep?.unknown)
			: await ask(underway, broken);
		if (!submitAgain || !isUnknownTask(outcome)) return outcome;
	} else if (!submitAgain) return { kind: 'failed', error: failedBefore(entry) };
	return chargedBefore(await sendAndRecover(underway), entry);
}

async function sendAndRecover(underway: Underway): Promise<Ended> {
	const outcome = await postUntilAccepted(underway);
	if (outcome.kind !== 'broken') return outcome;
	if (outcome.error.facts.task?.taskId === undefined) return outcome;
	underway.recorder.settle(outcome);
	const { submission, deadline } = underway;
	const { fallback } = outcome;
	const askForIt = submission.sleeps && fallback === undefined ? look : ask;
	const found = deadline.signal.aborted ? outcome : await askForIt(underway, outcome);
	if (found.kind !== 'broken' || fallback === undefined) return found;
	return { kind: 'completed', result: fallback };
}

/** Posts until the relay accepts; what it refused free of charge is tried again after a while. */
async function postUntilAccepted(underway: Underway): Promise<Ended> {
	const { submission, services, recorder, deadline, startedAt } = underway;
	const { turn, maxTries, timeout } = submission;
	const { signal } = deadline;
	const isAllowed = await untilAborted(services.allows(turn.url), signal).catch(asFree);
	if (isAllowed === false) return { kind: 'free', error: refusedByPolicy(turn.url) };
	if (isAllowed !== true) return isAllowed;
	for (let tried = 1; ; tried += 1) {
		const outcome = await attempt(underway);
		if (outcome.kind !== 'free') return outcome;
		const wait = waitBefore(outcome.error, tried);
		const isInTime = Date.now() + wait < startedAt + timeout;
		if (rowOf(outcome.error.kind).retryable !== true || tried >= maxTries || !isInTime)
			return outcome;
		recorder.settle(outcome);
		const stopped = await waitFor(wait, signal).catch(asFree);
		if (stopped) return stopped;
	}
}

/** What ends a wait in which nothing is on its way. */
function asFree(cause: unknown): CallOutcome {
	if (!(cause instanceof ChatError)) throw cause;
	return { kind: 'free', error: cause.with({ billing: 'none' }) };
}

async function attempt(underway: Underway): Promise<Ended> {
	const { submission, services, recorder, deadline } = underway;
	const { turn, idleTimeout, sleeps } = submission;
	// Before it leaves: who finds nothing of a call after a crash may send it.
	recorder.sent();
	const unsaved = await untilAborted(services.saved(), deadline.signal).catch(asFree);
	if (unsaved) return unsaved;
	const own = createDeadline({ idleTimeout, cancel: deadline.signal });
	const release = sleeps ? createRelease(underway, own) : undefined;
	try {
		const outcome = await takeTurn(services.client, turn, own, (transcript, entries) => {
			recorder.read(transcript);
			services.onProgress(entries, transcript.taskId);
			release?.read(transcript);
		});
		const isLetGo = outcome.kind === 'broken' && release?.isPending === true;
		return isLetGo && !outcome.fallback ? await sleepOn(underway, outcome) : outcome;
	} finally {
		own.close();
	}
}

const interrupted = (
	{ task, partial = {} }: Extract<LedgerEntry, { state: 'task' }>,
	sleep: Sleep | undefined,
): BrokenCall => ({
	kind: 'broken',
	error: new ChatError(
		'disconnected',
		sleep
			? 'The service does not know the task any more'
			: 'An earlier try started this video and did not see its end',
		{ task, billing: 'started', fromEarlierTry: !sleep },
	),
	log: sleep?.log ?? [],
	partial,
});

/** What was sent again and refused free of charge takes nothing from what the earlier call cost. */
function chargedBefore(outcome: Ended, earlier: LedgerEntry): Ended {
	if (outcome.kind !== 'free') return outcome;
	const error = outcome.error.with({ ...factsOf(earlier), chargedBefore: true });
	return { kind: 'free', error };
}

const firstWait = 1_000; // ms, doubled with every try

/** What the relay asks for, or ever longer; with jitter, as many items wait at once. */
const waitBefore = ({ facts }: ChatError, tried: number): number =>
	(facts.retryAfter ?? firstWait * 2 ** (tried - 1)) + Math.random() * 250;
