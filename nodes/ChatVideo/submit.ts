import type { Dispatcher } from 'undici';
import { ChatError, type TaskFacts } from './chat/errors';
import { failedBefore, toFailed, type Ledger, type LedgerEntry } from './ledger';
import { recover } from './recovery';
import { toTold, type VideoResult } from './result';
import type { LogEntry } from './transcript/progressLog';
import type { Transcript } from './transcript/transcript';
import { refusedByPolicy } from './transport/connection';
import { sleep } from './transport/sleep';
import { openWatch, type Watch } from './transport/watch';
import { toConversation } from './toConversation';
import { isFinal, takeTurn, toFacts, type BrokenTurn, type Turn, type TurnOutcome } from './turn';
import { withoutKey } from './withoutKey';

/** One call, and how far it may go. */
export interface Submission {
	turn: Turn;
	baseUrl: string;
	apiKey: string;
	/** Names the call in the ledger: where it stands, and what it sends. */
	key: string;
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
export interface Surroundings {
	dispatcher: Dispatcher;
	ledger: Ledger;
	cancel: AbortSignal | undefined;
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
export async function submit(submission: Submission, around: Surroundings): Promise<VideoResult> {
	const startedAt = Date.now();
	const watch = openWatch({ timeout: submission.timeout, cancel: around.cancel });
	try {
		const found = await resume(submission, around, watch);
		const { messages, ...result } = withoutKey(found, submission.apiKey);
		const times = {
			startedAt: new Date(startedAt).toISOString(),
			completedAt: new Date().toISOString(),
			elapsedMs: Date.now() - startedAt,
		};
		const kept = { ...times, ...result };
		around.ledger.write(submission.key, { state: 'done', result: kept });
		return { ...kept, messages };
	} catch (cause) {
		throw withoutKey(cause, submission.apiKey);
	} finally {
		watch.close();
	}
}

async function resume(
	submission: Submission,
	around: Surroundings,
	watch: Watch,
): Promise<VideoResult> {
	const { key, turn } = submission;
	const entry = around.ledger.find(key);
	// Once for a run of the user's, not once for each of its tries.
	const submitAgain = submission.submitAgain && !around.ledger.isOwn(key);
	if (entry?.state === 'done') {
		return { ...entry.result, messages: toConversation(turn.messages, entry.result) };
	}
	if (entry?.state === 'task') {
		const error = notFinished(entry);
		const found = await ask(submission, around, watch, {
			kind: 'broken',
			error,
			log: [],
			told: entry.told ?? {},
		}).catch(asChatError);
		if (!(found instanceof ChatError)) return found;
		if (!submitAgain || !isLost(found)) throw found;
		return await send(submission, around, watch);
	}
	if (entry !== undefined && !submitAgain) throw failedBefore(entry);
	return await send(submission, around, watch);
}

/** Sends, and settles in the ledger what comes back. */
async function send(
	submission: Submission,
	around: Surroundings,
	watch: Watch,
): Promise<VideoResult> {
	const outcome = await post(submission, around, watch);
	if (outcome.kind === 'completed') return outcome.result;
	if (outcome.kind === 'failed') throw settle(submission, around, outcome.error);
	const { error } = outcome;
	if (!tellsTask(error) || watch.signal.aborted) throw settle(submission, around, error);
	return await ask(submission, around, watch, outcome);
}

/** Posts until the relay accepts; what it refused free of charge is tried again after a while. */
async function post(
	submission: Submission,
	around: Surroundings,
	watch: Watch,
): Promise<TurnOutcome> {
	const { turn, maxTries } = submission;
	if (!(await around.allows(turn.url))) throw refusedByPolicy(turn.url);
	for (let tried = 1; ; tried += 1) {
		const outcome = await postOnce(submission, around, watch).catch(asChatError);
		if (!(outcome instanceof ChatError)) return outcome;
		if (outcome.facts.task !== undefined && !isFinal(outcome)) {
			around.onTask(outcome.facts.task);
			return { kind: 'broken', error: outcome, log: [], told: {} };
		}
		const wait = waitBefore(outcome, tried);
		if (!isFree(outcome) || tried >= maxTries || wait >= watch.left) throw outcome;
		await sleep(wait, watch.signal);
	}
}

async function postOnce(
	submission: Submission,
	around: Surroundings,
	whole: Watch,
): Promise<TurnOutcome> {
	const { key, apiKey, turn, idleTimeout } = submission;
	const { dispatcher, ledger, onTask, onProgress } = around;
	const watch = openWatch({ idleTimeout, cancel: whole.signal });
	let written = '';
	try {
		return await takeTurn(dispatcher, turn, watch, {
			onSent: () => ledger.write(key, { state: 'sent' }),
			onProgress(transcript, entries) {
				const { taskId, sid, previewUrl, sourceUrl, videos } = transcript;
				const facts = [taskId, sid, previewUrl, sourceUrl, videos.length].join(' ');
				if (taskId !== '' && facts !== written) {
					const { task = {}, videoUrl } = withoutKey(toFacts(transcript), apiKey);
					const told = withoutKey(toTold(transcript), apiKey);
					ledger.write(key, { state: 'task', task, videoUrl, told });
					onTask(task);
					written = facts;
				}
				onProgress(transcript, entries);
			},
		});
	} catch (cause) {
		throw settle(submission, around, asChatError(cause));
	} finally {
		watch.close();
	}
}

/** Asks for the task the ledger knows; where nobody knows it, the turn's own error stands. */
async function ask(
	submission: Submission,
	around: Surroundings,
	watch: Watch,
	{ error: broken, log, told }: BrokenTurn,
): Promise<VideoResult> {
	const { baseUrl, apiKey, turn } = submission;
	const { dispatcher, allows, onProgress } = around;
	const { task = {}, videoUrl } = withoutKey(broken, apiKey).facts;
	if (!submission.recover) throw broken;
	const recovering: LogEntry = { stage: 'recovering', at: new Date().toISOString() };
	onProgress(undefined, [recovering]);
	const onEntry = (entry: LogEntry): void => onProgress(undefined, [entry]);
	const { model, prompt } = turn;
	const known = { baseUrl, apiKey, task, model, prompt, told, log: [...log, recovering] };
	const found = await recover(dispatcher, { ...known, allows, onEntry }, watch).catch(asChatError);
	if (found instanceof ChatError) {
		const error = videoUrl === undefined ? found : found.with({ videoUrl });
		throw settle(submission, around, isLost(found) ? broken : error);
	}
	return { ...found, recovered: true, messages: toConversation(turn.messages, found) };
}

/**
 * Keeps a failure for the next try: what was refused free of charge may be sent again, a task that
 * may still end is asked for, and anything else stays what it is, as asking again would cost.
 */
function settle(
	{ key, apiKey }: Submission,
	{ ledger }: Surroundings,
	thrown: ChatError,
): ChatError {
	const error = withoutKey(thrown, apiKey);
	const { billing, task, videoUrl } = error.facts;
	if (billing === 'none') ledger.clear(key);
	else if (task?.taskId === undefined || isFinal(error)) ledger.write(key, toFailed(error));
	else if (ledger.find(key)?.state !== 'task') ledger.write(key, { state: 'task', task, videoUrl });
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
const isLost = ({ kind }: ChatError): boolean =>
	['unavailable', 'unauthorized', 'disconnected'].includes(kind);

/** Nothing was started, and it may go better in a moment. */
const isFree = ({ kind, facts }: ChatError): boolean =>
	facts.billing === 'none' && (kind === 'unavailable' || kind === 'rateLimited');

const firstWait = 1_000; // ms, doubled with every try

/** What the relay asks for, or ever longer; with jitter, as many items wait at once. */
const waitBefore = ({ facts }: ChatError, tried: number): number =>
	(facts.retryAfter ?? firstWait * 2 ** (tried - 1)) + Math.random() * 250;
