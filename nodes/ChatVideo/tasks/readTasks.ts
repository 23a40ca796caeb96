import { isAttached } from '../chat/attachments';
import { emptyDelta, type Delta, type TaskReport } from '../chat/deltas';
import { isRecord, type JsonRecord } from '../chat/json';
import { parseStatus } from './status';

const mostHeld = 100; // bodies; a task has a handful of states

/**
 * Some relays answer with bodies of a task endpoint and nothing else. They are read once it is sure
 * that no chat comes: a chat's own text says more.
 *
 * @param sent the request: a task or a link that stands in it is not the answer's
 */
export async function* readTasks(
	deltas: AsyncIterable<readonly Delta[]>,
	sent: string,
): AsyncGenerator<readonly Delta[], void, undefined> {
	let bodies: JsonRecord[] = [];
	let hasText = false;
	let broken: { cause: unknown } | undefined;
	try {
		for await (const batch of deltas) {
			hasText ||= batch.some(({ content, reasoning }) => content !== '' || reasoning !== '');
			const held = batch.map(({ body }) => body).filter(isRecord);
			bodies = hasText ? [] : [...bodies, ...held].slice(-mostHeld);
			yield batch.map((delta) => withoutSent(delta, sent));
		}
	} catch (cause) {
		broken = { cause };
	}
	const reports = bodies.flatMap((body) => toReport(body, sent));
	if (reports.length > 0) yield reports.map((task) => ({ ...emptyDelta, task }));
	if (broken !== undefined) throw broken.cause;
}

function withoutSent(delta: Delta, sent: string): Delta {
	const { taskIds, looseUrls } = delta;
	if (taskIds.length === 0 && looseUrls.length === 0) return delta;
	const isOwn = (named: string): boolean => !sent.includes(named);
	return { ...delta, taskIds: taskIds.filter(isOwn), looseUrls: looseUrls.filter(isOwn) };
}

/** Ids of the answer, not of a task. */
const ofAnswer = /^(?:chatcmpl|cmpl|resp|msg)[-_]/;

function toReport(body: JsonRecord, sent: string): readonly TaskReport[] {
	const status = parseStatus(body);
	const attached = findAttached(body);
	const state = attached !== undefined && status?.state !== 'failed' ? 'completed' : status?.state;
	if (state === undefined || state === 'unknown') return [];
	const { taskId = '', percent, reason = '' } = status ?? {};
	const { videoUrl = '', downloadUrl = '', posterUrl = '', gifUrl = '' } = status ?? {};
	const isNamed = taskId !== '' && !ofAnswer.test(taskId);
	if (isNamed && sent.includes(taskId)) return [];
	const files = { videoUrl: attached ?? videoUrl, downloadUrl, posterUrl, gifUrl };
	return [{ taskId: isNamed ? taskId : '', state, percent, reason, ...files }];
}

/** A video that is in the body itself, wherever it stands. */
const findAttached = (body: JsonRecord): string | undefined =>
	Object.values(body)
		.flatMap((value) => (isRecord(value) || Array.isArray(value) ? Object.values(value) : [value]))
		.flatMap((value) => (isRecord(value) ? Object.values(value) : [value]))
		.find((value): value is string => typeof value === 'string' && isAttached(value));
