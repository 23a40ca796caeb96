import { ChatError, type ChatErrorFacts } from '../chat/errors';
import { isAnswer, poll, type TaskAnswer } from '../tasks/poll';
import { toSources, type TaskSource } from '../tasks/sources';
import { toTaskResult, type KnownTask } from '../tasks/toTaskResult';
import { lastPercent, type LogEntry } from '../transcript/progressLog';
import type { HttpClient } from '../transport/httpClient';
import { inUtf8 } from '../transport/inUtf8';
import { readText } from '../transport/readText';
import { send } from '../transport/send';
import type { ServiceKey } from '../transport/serviceKey';
import { waitFor } from '../transport/waitFor';
import { untilAborted } from '../transport/untilAborted';
import { createDeadline, type Deadline } from '../transport/deadline';
import type { CallOutcome } from './callOutcome';
import { generationFailed } from './turn';

/** A task to be asked for, and what is known of it. */
export interface Recovery extends KnownTask, ServiceKey {
	/** The log so far; what is learnt is added. */
	log: readonly LogEntry[];
	/** False: ask once and say what is there, instead of waiting for the end. */
	wait: boolean;
	/** The user asks for the task, and has sent nothing. */
	isLookUp?: true;
	/** n8n's policy for links that are not the relay's own. */
	allows(url: string): Promise<boolean>;
	onEntry(entry: LogEntry): void;
}

const answerTimeout = 15_000; // ms; a status is a few KB from a database

/** Gets the result of a task that was started before, without sending anything that costs. */
export const recover = (
	client: HttpClient,
	recovery: Recovery,
	deadline: Deadline,
): Promise<CallOutcome> =>
	askUntilDone(client, recovery, deadline).catch((cause: unknown) => {
		if (!(cause instanceof ChatError)) throw cause;
		const { log, partial = {} } = recovery;
		return { kind: 'broken', error: cause.with(paidFacts(recovery)), log, partial };
	});

/** The task exists, so it was paid for, whatever went wrong with asking for it. */
const paidFacts = ({ task, isLookUp }: Recovery): ChatErrorFacts => ({
	billing: 'started',
	task,
	...(isLookUp === true && { isLookUp }),
});

async function askUntilDone(
	client: HttpClient,
	recovery: Recovery,
	deadline: Deadline,
): Promise<CallOutcome> {
	const { task } = recovery;
	const log = [...recovery.log];
	const add = (entry: Omit<LogEntry, 'at'>): void => {
		const stamped = { ...entry, at: new Date().toISOString() };
		log.push(stamped);
		recovery.onEntry(stamped);
	};
	let isDown = false;
	const polled = await poll({
		task,
		sources: toSources(recovery.baseUrl, task, recovery.model),
		async ask(source) {
			const answer = await askSource(client, recovery, source, deadline);
			isDown ||= !isAnswer(answer);
			return answer;
		},
		...(recovery.wait && {
			wait: (milliseconds: number) => waitFor(milliseconds, deadline.signal),
		}),
		onStatus: ({ state, percent }) => {
			const isStage = state === 'queued' || state === 'generating';
			if (isStage && !log.some(({ stage }) => stage === state)) add({ stage: state });
			if (percent !== undefined && percent > (lastPercent(log) ?? -1))
				add({ stage: 'progress', percent });
		},
	});
	if (polled.kind === 'unknown')
		throw notFound(polled.refused).with({ isDown: isDown || undefined });
	const { status } = polled;
	if (status.state === 'failed') {
		add({ stage: 'failed', message: status.reason });
		const error = generationFailed(status.reason).with(paidFacts(recovery));
		return { kind: 'failed', error };
	}
	if (status.state === 'completed') add({ stage: 'completed' });
	return { kind: 'completed', result: toTaskResult(status, recovery, log) };
}

async function askSource(
	client: HttpClient,
	{ apiKey, allows }: Recovery,
	{ url, withKey }: TaskSource,
	deadline: Deadline,
): Promise<TaskAnswer | undefined> {
	if (!withKey && !(await untilAborted(allows(url), deadline.signal))) return notFoundAnswer;
	const own = createDeadline({ timeout: answerTimeout, cancel: deadline.signal });
	const headers = {
		accept: 'application/json',
		...(withKey && { authorization: `Bearer ${apiKey}` }),
	};
	try {
		const answer = await send(client, { url, method: 'GET', headers, signal: own.signal });
		return { status: answer.statusCode, body: await readText(inUtf8(answer), own) };
	} catch (cause) {
		// An address that is down is asked again; one whose name nobody knows is not there.
		deadline.signal.throwIfAborted();
		return !withKey && isNameUnknown(cause) ? notFoundAnswer : undefined;
	} finally {
		own.close();
	}
}

/** Stand-in answer for an address we may not ask. */
const notFoundAnswer: TaskAnswer = { status: 404, body: '' };

const isNameUnknown = (cause: unknown): boolean =>
	cause instanceof ChatError && /^(?:ENOTFOUND|EAI_AGAIN)$/.test(cause.facts.code ?? '');

function notFound(refused: number | undefined): ChatError {
	if (refused === undefined) {
		return new ChatError('unavailable', 'The service does not know the task', {
			billing: 'started',
			advice:
				'Check the Task ID, and that the credential is the one it was made with. Some services have their tasks at the data link alone: set it in the options.',
		});
	}
	const message = `The service answered ${refused} when it was asked for the task`;
	return new ChatError('unauthorized', message, { billing: 'started', status: refused });
}
