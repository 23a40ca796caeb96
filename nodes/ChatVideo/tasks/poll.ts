import type { TaskLinks } from '../chat/errors';
import { isRecord, parseJson } from '../chat/json';
import { withoutModel } from '../chat/taskIds';
import type { TaskSource } from './sources';
import { statusWords } from './statusWords';
import { idsIn, parseStatus, type TaskStatus } from './status';

export interface TaskAnswer {
	status: number;
	body: string;
}

/** What to ask for, where, and how; time and connections are brought along. */
export interface Polling {
	task: TaskLinks;
	sources: readonly TaskSource[];
	/** Asks one address; nothing when no answer came. Rejects only to end the polling. */
	ask(source: TaskSource): Promise<TaskAnswer | undefined>;
	/** Waits some milliseconds; rejects to end the polling. Without it is asked once, whatever the answer. */
	wait?(milliseconds: number): Promise<void>;
	/** Called with each status on the way. */
	onStatus?(status: TaskStatus): void;
}

export type Polled =
	| { kind: 'status'; status: TaskStatus }
	/** No address knows the task; `refused` is the status of a relay that wants another key. */
	| { kind: 'unknown'; refused: number | undefined };

const firstWait = 1_000; // ms
const longestWait = 15_000; // ms; a video takes minutes, and a relay counts calls
const growth = 1.5;
const roundsUntilUnknown = 4; // a task may be a moment late to show up where it is asked for
const patience = 60_000; // ms; addresses that never knew the task may be down for hours

/**
 * Asks for a task until it is completed or failed, at growing intervals with jitter. An address
 * that is down is asked again. It gives up soon when every one of them answers that it knows
 * nothing, and after a while when none of them has known the task at all.
 */
export async function poll(polling: Polling): Promise<Polled> {
	let wait = firstWait;
	let waited = 0;
	let unknownRounds = 0;
	let isKnown = false;
	for (;;) {
		const round = await askAll(polling);
		if (round.status !== undefined) {
			const { state } = round.status;
			const isOver = state === 'completed' || state === 'failed';
			if (!isOver) polling.onStatus?.(round.status);
			if (isOver || polling.wait === undefined) return { kind: 'status', status: round.status };
			isKnown = true;
		}
		unknownRounds = round.unknown ? unknownRounds + 1 : 0;
		const isLost = unknownRounds >= roundsUntilUnknown || (!isKnown && waited >= patience);
		if (isLost || polling.wait === undefined) {
			return { kind: 'unknown', refused: round.refused };
		}
		const pause = wait * (0.8 + Math.random() * 0.4);
		await polling.wait(pause);
		waited += pause;
		wait = Math.min(wait * growth, longestWait);
	}
}

/** An address that is down or busy may know of the task. */
export const isAnswer = (answer: TaskAnswer | undefined): answer is TaskAnswer =>
	answer !== undefined && answer.status < 500 && answer.status !== 429;

interface Round {
	/** The most that was learnt: an end before a state on the way. */
	status: TaskStatus | undefined;
	/** Every address answered, and none knows the task. */
	unknown: boolean;
	refused: number | undefined;
}

async function askAll({ task, sources, ask }: Polling): Promise<Round> {
	const said: Partial<Record<Said['as'], TaskStatus>> = {};
	let refused: number | undefined;
	let unknown = true;
	for (const source of sources) {
		const answer = await ask(source);
		if (answer?.status === 401 || answer?.status === 403) refused ??= answer.status;
		const heard = isAnswer(answer) ? read(answer, source, task.taskId) : 'down';
		if (heard === 'unknown') continue;
		unknown = false;
		if (heard === 'down') continue;
		said[heard.as] ??= heard.status;
		if (heard.as === 'end') break;
	}
	const status = said.end ?? said.withoutLink ?? said.underway ?? said.doubtfulEnd;
	return { status, unknown, refused };
}

/** What an address says of the task, and how far others may know better: not at all at an `end`. */
interface Said {
	as: 'end' | 'withoutLink' | 'underway' | 'doubtfulEnd';
	status: TaskStatus;
}

/** What one answer says; `unknown` where its address does not know the task. */
function read(
	{ status: code, body }: TaskAnswer,
	{ url, withKey, contentUrl }: TaskSource,
	taskId: string | undefined,
): Said | 'unknown' | 'down' {
	const said = code >= 200 && code <= 299 ? parseJson(body) : undefined;
	const status = parseStatus(entryOf(said, taskId) ?? said, url);
	if (status === undefined || !isSameTask(taskId, status.ids)) return 'unknown';
	const { state, reason, ids } = status;
	if (state === 'unknown') {
		if (!status.isDone || contentUrl === undefined) return 'unknown';
		return { as: 'withoutLink', status: { ...status, state: 'completed', videoUrl: contentUrl } };
	}
	if (state === 'completed') return { as: 'end', status };
	if (state !== 'failed') return { as: 'underway', status };
	if (!withKey) return { as: 'end', status };
	if (statusWords.notFound.test(reason)) return 'unknown';
	if (ids.length > 0) return { as: 'end', status };
	// A failure that names no task may be the relay's own.
	return statusWords.notAnswered.test(reason) ? 'down' : { as: 'doubtfulEnd', status };
}

const deepest = 4; // levels; `data.page.items[]` has three

/** Some addresses answer with all tasks of an account, of which the one that was asked for is meant. */
function entryOf(said: unknown, taskId = '', levels = deepest): unknown {
	if (levels === 0 || typeof said !== 'object' || said === null) return undefined;
	const held: unknown[] = Object.values(said);
	const tasks = Array.isArray(said) ? held.filter((entry) => idsOf(entry).length > 0) : [];
	const [own, ...doubles] = tasks.filter((entry) => isSameTask(taskId, idsOf(entry)));
	if (own !== undefined && tasks.length > 1 + doubles.length) return own;
	for (const value of held) {
		const entry = entryOf(value, taskId, levels - 1);
		if (entry !== undefined) return entry;
	}
	return undefined;
}

const idsOf = (entry: unknown): readonly string[] => (isRecord(entry) ? idsIn(entry) : []);

/** A body may carry no id at all. */
function isSameTask(asked: string | undefined, named: readonly string[]): boolean {
	if (asked === undefined || asked === '' || named.length === 0) return true;
	return named.some((id) => id.endsWith(withoutModel(asked)) || asked.endsWith(withoutModel(id)));
}
