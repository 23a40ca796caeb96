import { ChatError, type TaskFacts } from '../chat/errors';
import { failedBefore, toFailed, type CallId, type Ledger, type LedgerEntry } from './ledger';
import { recover } from './recover';
import { toPartialResult, type VideoResult } from '../transcript/result';
import type { LogEntry } from '../transcript/progressLog';
import type { Transcript } from '../transcript/transcript';
import { refusedByPolicy } from '../transport/connection';
import type { HttpClient } from '../transport/httpClient';
import { sleep } from '../transport/sleep';
import { untilAborted } from '../transport/untilAborted';
import { createDeadline, type Deadline } from '../transport/deadline';
import { toConversation } from '../transcript/conversation';
import { isFinal, takeTurn, toFacts, type BrokenTurn, type Turn, type TurnOutcome } from './turn';
import { redact } from './redact';

/** One call, and how far it may go. */
export interface Submission {
	turn: Turn;
	baseUrl: string;
	apiKey: string;
	/** Names the call in the ledger. */
	call: CallId;
	/** Milliseconds. */
	timeout: number;
	idleTimeout: number;
	/** Ask for the task when the stream breaks. */
	recover: boolean;
	/** Send again although an earlier try may have been charged. */
	submitAgain: boolean;
	/** How often to send what was refused free of charge. */
	maxTries: number;
}

/** What a submission needs of the world. */
export interface Services {
	client: HttpClient;
	ledger: Ledger;
	cancel: AbortSignal | undefined;
	/** Resolves when what the ledger has recorded outlives this process, or cannot. */
	saved(): Promise<void>;
	/** n8n's policy for outgoing connections. */
	allows(url: string): Promise<boolean>;
	/** A task id was seen: it is being paid for. */
	onTask(task: TaskFacts): void;
	onProgress(transcript: Transcript | undefined, entries: readonly LogEntry[]): void;
}

/**
 * Gets the video of a call, and sends it at most once: what an earlier try finished is given
 * again, what it started is asked for, and what it may have paid for is not sent a second time.
 *
 * @throws {ChatError} when there is no video, with whatever is known of the task
 */
export async function submit(submission: Submission, services: Services): Promise<VideoResult> {
	const startedAt = Date.now();
	const deadline = createDeadline({ timeout: submission.timeout, cancel: services.cancel });
	try {
		const found = await resume(submission, services, deadline);
		const { messages, attachment, ...result } = redact(found, submission.apiKey);
		const times = {
			startedAt: new Date(startedAt).toISOString(),
			completedAt: new Date().toISOString(),
			elapsedMs: Date.now() - startedAt,
		};
		const kept = { ...times, ...result };
		services.ledger.record(submission.call, { state: 'done', result: kept });
		return { ...kept, messages, attachment };
	} catch (cause) {
		throw redact(cause, submission.apiKey);
	} finally {
		deadline.close();
	}
}

async function resume(
	submission: Submission,
	services: Services,
	deadline: Deadline,
): Promise<VideoResult> {
	const { call, turn } = submission;
	const entry = services.ledger.find(call);
	// Once for a run of the user's, not once for each of its tries.
	const submitAgain = submission.submitAgain && !services.ledger.isOwn(call);
	if (entry?.state === 'done') {
		return { ...entry.result, messages: toConversation(turn.messages, entry.result) };
	}
	if (entry?.state === 'task') {
		const error = notFinished(entry);
		const found = await ask(submission, services, deadline, {
			kind: 'broken',
			error,
			log: [],
			partial: entry.partial ?? {},
		}).catch(asChatError);
		if (!(found instanceof ChatError)) return found;
		if (!submitAgain || !isUnknownTask(found)) throw found;
		return await sendAndRecover(submission, services, deadline);
	}
	if (entry !== undefined && !submitAgain) throw failedBefore(entry);
	return await sendAndRecover(submission, services, deadline);
}

/** Sends, and settles in the ledger what comes back. */
async function sendAndRecover(
	submission: Submission,
	services: Services,
	deadline: Deadline,
): Promise<VideoResult> {
	const outcome = await postUntilAccepted(submission, services, deadline);
	if (outcome.kind === 'completed') return outcome.result;
	if (outcome.kind === 'failed') throw recordFailure(submission, services, outcome.error);
	const { error } = outcome;
	if (!tellsTask(error) || deadline.signal.aborted)
		throw recordFailure(submission, services, error);
	return await ask(submission, services, deadline, outcome);
}

/** Posts until the relay accepts; what it refused free of charge is tried again after a while. */
async function postUntilAccepted(
	submission: Submission,
	services: Services,
	deadline: Deadline,
): Promise<TurnOutcome> {
	const { turn, maxTries } = submission;
	const allowed = untilAborted(services.allows(turn.url), deadline.signal);
	if (!(await allowed.catch(asFree))) throw refusedByPolicy(turn.url);
	for (let tried = 1; ; tried += 1) {
		const outcome = await attempt(submission, services, deadline).catch(asChatError);
		if (!(outcome instanceof ChatError)) return outcome;
		if (outcome.facts.task !== undefined && !isFinal(outcome)) {
			services.onTask(outcome.facts.task);
			return { kind: 'broken', error: outcome, log: [], partial: {} };
		}
		const wait = waitBefore(outcome, tried);
		if (!isFree(outcome) || tried >= maxTries || wait >= deadline.left) throw outcome;
		await sleep(wait, deadline.signal).catch(asFree);
	}
}

/** What ends a wait in which nothing is on its way. */
function asFree(cause: unknown): never {
	throw asChatError(cause).with({ billing: 'none' });
}

async function attempt(
	submission: Submission,
	services: Services,
	whole: Deadline,
): Promise<TurnOutcome> {
	const { call, apiKey, turn, idleTimeout } = submission;
	const { client, ledger, onTask, onProgress } = services;
	// Before it leaves: who finds nothing of a call after a crash may send it.
	ledger.record(call, { state: 'sent' });
	await services.saved();
	const deadline = createDeadline({ idleTimeout, cancel: whole.signal });
	let written = '';
	try {
		return await takeTurn(client, turn, deadline, {
			onProgress(transcript, entries) {
				const { taskId, sid, previewUrl, sourceUrl, videos } = transcript;
				const facts = [taskId, sid, previewUrl, sourceUrl, videos.length].join(' ');
				if (taskId !== '' && facts !== written) {
					const { task = {}, videoUrl } = redact(toFacts(transcript), apiKey);
					const partial = redact(toPartialResult(transcript), apiKey);
					ledger.record(call, { state: 'task', task, videoUrl, partial });
					onTask(task);
					written = facts;
				}
				onProgress(transcript, entries);
			},
		});
	} catch (cause) {
		throw recordFailure(submission, services, asChatError(cause));
	} finally {
		deadline.close();
	}
}

/** Asks for the task the ledger knows; where nobody knows it, the turn's own error stands. */
async function ask(
	submission: Submission,
	services: Services,
	deadline: Deadline,
	{ error: broken, log, partial }: BrokenTurn,
): Promise<VideoResult> {
	const { baseUrl, apiKey, turn } = submission;
	const { client, allows, onProgress } = services;
	const { task = {}, videoUrl } = redact(broken, apiKey).facts;
	if (!submission.recover) throw broken;
	const recovering: LogEntry = { stage: 'recovering', at: new Date().toISOString() };
	onProgress(undefined, [recovering]);
	const onEntry = (entry: LogEntry): void => onProgress(undefined, [entry]);
	const { model, prompt } = turn;
	const known = { baseUrl, apiKey, task, model, prompt, partial, log: [...log, recovering] };
	const found = await recover(client, { ...known, allows, onEntry }, deadline).catch(asChatError);
	if (found instanceof ChatError) {
		const error = videoUrl === undefined ? found : found.with({ videoUrl });
		throw recordFailure(submission, services, isUnknownTask(found) ? broken : error);
	}
	return { ...found, recovered: true, messages: toConversation(turn.messages, found) };
}

/**
 * Keeps a failure for the next try: what was refused free of charge may be sent again, a task that
 * may still end is asked for, and anything else stays what it is, as asking again would cost.
 */
function recordFailure(
	{ call, apiKey }: Submission,
	{ ledger }: Services,
	thrown: ChatError,
): ChatError {
	const error = redact(thrown, apiKey);
	const { billing, task, videoUrl } = error.facts;
	if (billing === 'none') ledger.clear(call);
	else if (task?.taskId === undefined || isFinal(error)) ledger.record(call, toFailed(error));
	else if (ledger.find(call)?.state !== 'task')
		ledger.record(call, { state: 'task', task, videoUrl });
	return error;
}

const notFinished = ({ task, videoUrl }: Extract<LedgerEntry, { state: 'task' }>): ChatError =>
	new ChatError('disconnected', 'An earlier try started this video and did not see its end', {
		billing: 'started',
		task,
		...(videoUrl !== undefined && { videoUrl }),
		again: true,
	});

/** Our own errors are an answer; any other is a fault of this program and goes on. */
function asChatError(cause: unknown): ChatError {
	if (cause instanceof ChatError) return cause;
	throw cause;
}

const tellsTask = ({ facts }: ChatError): boolean => facts.task?.taskId !== undefined;

/** Nobody who was asked knows the task. */
const isUnknownTask = ({ kind }: ChatError): boolean =>
	['unavailable', 'unauthorized', 'disconnected'].includes(kind);

/** Nothing was started, and it may go better in a moment. */
const isFree = ({ kind, facts }: ChatError): boolean =>
	facts.billing === 'none' && (kind === 'unavailable' || kind === 'rateLimited');

const firstWait = 1_000; // ms, doubled with every try

/** What the relay asks for, or ever longer; with jitter, as many items wait at once. */
const waitBefore = ({ facts }: ChatError, tried: number): number =>
	(facts.retryAfter ?? firstWait * 2 ** (tried - 1)) + Math.random() * 250;
