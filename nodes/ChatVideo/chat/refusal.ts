import { ChatError, type Billing, type ErrorKind } from './errors';
import { parseErrorBody, type ErrorBody } from './errorBody';

/** An answer that is not 2xx. */
export interface Refusal {
	status: number;
	body: string;
	/** Milliseconds from the written request to the head of the answer. */
	elapsed?: number;
	/** Who answered in the relay's place, as a subject. */
	by?: string | undefined;
	/** The request: a task that stands in it was not started by it. */
	sent?: string;
	/** Lower-case names, as HTTP clients give them. */
	headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Statuses a relay gives before it starts anything, and what they mean. */
const refusedBy: ReadonlyMap<number, ErrorKind> = new Map([
	[401, 'unauthorized'],
	[402, 'quota'],
	[403, 'unauthorized'],
	[404, 'modelNotFound'],
	[429, 'rateLimited'],
	[503, 'unavailable'],
]);

/** Other statuses by which a request is turned away unread; 303, 409 or 499 may follow a start. */
const turnedAway: ReadonlySet<number> = new Set([
	300, 301, 302, 304, 305, 307, 308, 400, 405, 406, 407, 411, 413, 414, 415, 417, 421, 422, 426,
	431,
]);

/**
 * Turns an answer outside 2xx into the error it is. Only what is certainly refused before a
 * generation could start is free: a gateway's page or a 5xx can come after the relay has begun.
 */
export function toRefusal({ status, body, headers, by, sent = '' }: Refusal): ChatError {
	const said = parseErrorBody(body);
	const [kind, cost] = judge(status, said);
	// What a refusal that is free names is another task, as a limit does.
	const isOwn = cost === 'possible' && said.taskId !== undefined && !sent.includes(said.taskId);
	const taskId = isOwn ? said.taskId : undefined;
	const billing = isOwn ? 'started' : cost;
	const requestId =
		said.requestId ?? header(headers, 'x-oneapi-request-id') ?? header(headers, 'x-request-id');
	const retryAfter = parseRetryAfter(header(headers, 'retry-after'));
	return new ChatError(kind, sentence(status, said, headers, by), {
		billing,
		status,
		...(taskId !== undefined && { task: { taskId } }),
		...(said.code !== undefined && { code: said.code }),
		...(requestId !== undefined && { requestId }),
		...(retryAfter !== undefined && { retryAfter }),
	});
}

function judge(status: number, said: ErrorBody): [ErrorKind, Billing] {
	if (said.format === 'html' && status >= 400) return ['unavailable', 'possible'];
	if (status >= 500 && (said.format === 'empty' || said.isLoss)) return ['unavailable', 'possible'];
	if (said.kind === 'quota' || said.kind === 'modelNotFound') return [said.kind, 'none'];
	const kind = refusedBy.get(status);
	if (kind !== undefined) return [kind, 'none'];
	if (turnedAway.has(status)) return ['badRequest', 'none'];
	return ['unavailable', 'possible'];
}

function sentence(
	status: number,
	said: ErrorBody,
	headers: Refusal['headers'],
	by?: string,
): string {
	const location = header(headers, 'location');
	if (status < 400 && location !== undefined) {
		return `The relay answered ${status} and points to ${location} instead`;
	}
	if (said.message === '') return `${by ?? 'The relay'} answered ${status} without a word`;
	const usual = said.format === 'html' ? 'A gateway' : 'The relay';
	return `${by ?? usual} answered ${status}: ${said.message}`;
}

function header(headers: Refusal['headers'], name: string): string | undefined {
	const value = headers[name];
	return Array.isArray(value) ? value[0] : value;
}

const longestWait = 10 * 60_000; // ms; a relay that asks for more is asked again by the schedule

/** `Retry-After` is seconds or a date; the answer is milliseconds from now. */
function parseRetryAfter(value: string | undefined): number | undefined {
	if (value === undefined) return undefined;
	const wait = /^\d+$/.test(value.trim()) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
	return Number.isFinite(wait) && wait >= 0 ? Math.min(wait, longestWait) : undefined;
}
