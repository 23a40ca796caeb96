import { ChatError, withOpening, type ChatErrorFacts, type ErrorKind } from './errors';
import { parseErrorBody, type ErrorBody } from './errorBody';
import { isFree } from './free';
import { headerTasks, type Headers } from './headerTasks';
import { namesTask, ownTasks } from './ownTasks';
import { advices, wrongPath } from './refusalWords';

/** An answer that is not 2xx. */
export interface Refusal {
	status: number;
	body: string;
	/** Milliseconds from the written request to the head of the answer. */
	elapsed: number;
	/** Who answered in the relay's place, as a subject. */
	by?: string | undefined;
	/** The request: a task that stands in it was not started by it. */
	sent: string;
	headers: Headers;
}

/** What statuses mean that say it by themselves. */
const kinds: ReadonlyMap<number, ErrorKind> = new Map([
	[400, 'badRequest'],
	[401, 'unauthorized'],
	[402, 'quota'],
	[403, 'unauthorized'],
	[404, 'modelNotFound'],
	[413, 'badRequest'],
	[415, 'badRequest'],
	[422, 'badRequest'],
	[429, 'rateLimited'],
	[431, 'badRequest'],
	[503, 'unavailable'],
]);

/** Others say that something else than the relay's chat stands at this address. */
const kindOfStatus = (status: number): ErrorKind =>
	kinds.get(status) ??
	(status < 500 && status !== 408 && status !== 409 && status !== 499
		? 'malformed'
		: 'unavailable');

/** Turns an answer outside 2xx into the error it is, with what it may have cost. */
export function toRefusal(answer: Refusal): ChatError {
	const { status, body, headers, elapsed, sent } = answer;
	const said = parseErrorBody(body);
	const isGate = status < 500 || status === 503;
	const taskIds = [...new Set([...headerTasks(headers, sent), ...ownTasks(body, sent, isGate)])];
	const isNamed = taskIds.length > 0 || namesTask(body, sent);
	const isFreeOfCharge = !isNamed && isFree({ status, body, elapsed });
	const requestId =
		said.requestId ?? header(headers, 'x-oneapi-request-id') ?? header(headers, 'x-request-id');
	const retryAfter = parseRetryAfter(header(headers, 'retry-after'));
	const kind = toKind(status, said);
	return new ChatError(kind, toMessage(kind, answer, said), {
		billing: isFreeOfCharge ? 'none' : 'possible',
		status,
		...taskFacts(taskIds),
		code: said.code,
		advice: toAdvice(kind, status, said),
		requestId,
		retryAfter,
	});
}

function toAdvice(kind: ErrorKind, status: number, said: ErrorBody): string | undefined {
	if (said.kind === kind || (status === 404 && kind === 'malformed')) return undefined;
	return advices.find(([of, words]) => of === status && words.test(said.message))?.[2];
}

/** The facts of tasks that were named; without any, none. */
function taskFacts(taskIds: readonly string[]): Partial<ChatErrorFacts> {
	const taskId = taskIds.at(-1);
	if (taskId === undefined) return {};
	return {
		billing: 'started',
		task: { taskId, ...(taskIds.length > 1 && { taskIds: [...taskIds] }) },
	};
}

function toKind(status: number, said: ErrorBody): ErrorKind {
	const isPage = said.format === 'html';
	const { kind } = said;
	if (!isPage && (kind === 'quota' || kind === 'modelNotFound' || kind === 'moderated'))
		return kind;
	if (status === 400 && kind === 'unauthorized') return kind;
	if (status === 404 && (isPage || wrongPath.test(said.message))) return 'malformed';
	if (status === 403 && isPage) return 'malformed';
	return kindOfStatus(status);
}

/** What another answered in the service's place says nothing of the service. */
function toMessage(kind: ErrorKind, answer: Refusal, said: ErrorBody): string {
	const words = sentence(answer, said);
	if (answer.by !== undefined) return words;
	// A key that may not use one model, or one place, was accepted all the same.
	const isForbidden = answer.status === 403 && kind === 'unauthorized' && said.kind !== kind;
	if (isForbidden) return `The API key may not do this. ${words}`;
	return answer.status === 404 && said.kind !== kind ? words : withOpening(kind, words);
}

function sentence({ status, headers, sent, by }: Refusal, said: ErrorBody): string {
	const location = header(headers, 'location');
	if (status === 413 && sent.includes(';base64,')) {
		const size = `${(sent.length / 1024 / 1024).toFixed(1)} MB`;
		return `${by ?? 'The service'} answered 413: ${size} are too much for it, and pictures are most of them`;
	}
	if (status < 400 && location !== undefined) {
		return `The service answered ${status} and points to ${location} instead`;
	}
	if (said.message === '') return `${by ?? 'The service'} answered ${status} without a word`;
	const usual = said.format === 'html' ? 'A gateway' : 'The service';
	return `${by ?? usual} answered ${status}: “${said.message}”`;
}

function header(headers: Headers, name: string): string | undefined {
	const value = headers[name];
	return Array.isArray(value) ? value[0] : value;
}

const longestWait = 10 * 60_000; // ms; a relay that asks for more is asked again by the schedule

/** `Retry-After` is seconds or a date; the answer is milliseconds from now. */
function parseRetryAfter(value: string | undefined): number | undefined {
	if (value === undefined) return undefined;
	const wait = /^\d+(?:\.\d+)?$/.test(value.trim())
		? Number(value) * 1_000
		: Date.parse(value) - Date.now();
	return Number.isFinite(wait) && wait >= 0 ? Math.min(wait, longestWait) : undefined;
}
