import { isAttached } from '../chat/attachments';
import { emptyDelta, type Delta, type TaskReport } from '../chat/deltas';
import { defined } from '../chat/defined';
import { toErrorBody, type ErrorBody } from '../chat/errorBody';
import { isRecord, parseJson, textOf, type JsonRecord } from '../chat/json';
import { enoughDigits } from '../chat/ownTasks';
import { stateOf } from '../chat/states';
import { textsOf } from '../chat/textsOf';
import { parseStatus } from './status';

/** `standsIn` of a request. */
type IsSent = (named: string) => boolean;

const mostHeld = 100; // bodies; a task has a handful of states

/**
 * Some relays answer with bodies of a task endpoint and nothing else. They are read once it is sure
 * that no chat comes: a chat's own text says more.
 *
 * @param isSent whether a task or a link stands in the request: then it is not the answer's
 */
export async function* readTasks(
	deltas: AsyncIterable<readonly Delta[]>,
	isSent: IsSent,
): AsyncGenerator<readonly Delta[], void, undefined> {
	let bodies: JsonRecord[] = [];
	let text = '';
	let hasText = false;
	let broken: { cause: unknown } | undefined;
	try {
		for await (const batch of deltas) {
			hasText ||= batch.some(({ content, reasoning }) => content !== '' || reasoning !== '');
			const held = batch.map(({ body }) => body).filter(isRecord);
			bodies = hasText ? [] : [...bodies, ...held].slice(-mostHeld);
			if (text.length < longestText) text += batch.map(({ content }) => content).join('');
			yield batch.map((delta) => withoutSentNames(delta, isSent));
		}
	} catch (cause) {
		broken = { cause };
	}
	const said = hasText ? bodiesIn(text) : bodies;
	const [only, second] = said;
	const states = said.flatMap((body) => toReport(body, isSent));
	const isAlone = states.length === 0 && only !== undefined && second === undefined;
	const reports = isAlone ? toSubmitted(only, isSent) : states;
	if (reports.length > 0) yield reports.map((task) => ({ ...emptyDelta, task }));
	if (broken !== undefined) throw broken.cause;
}

function withoutSentNames(delta: Delta, isSent: IsSent): Delta {
	const { taskIds, looseUrls, otherUrls } = delta;
	if (taskIds.length === 0 && looseUrls.length === 0 && otherUrls.length === 0) return delta;
	const own = (names: readonly string[]) => names.filter((name) => !isSent(name));
	return {
		...delta,
		taskIds: own(taskIds),
		looseUrls: own(looseUrls),
		otherUrls: own(otherUrls),
	};
}

const longestText = 256 * 1024; // characters; a body of a task has a few thousand

/** Bodies that a relay writes as the text of a chat: alone, in a fence, or one a line. */
function bodiesIn(text: string): JsonRecord[] {
	const said = text.replace(/^\s*<think>(?:(?!<\/think)[^])*<\/think>/i, '').trim();
	if (!said.includes('{')) return [];
	const fenced = [...said.matchAll(/```(?:json)?\s*(\{(?:(?!```)[^])*)```/gi)].map(
		([, body = '']) => body,
	);
	const whole = [said, ...fenced].map(parseJson).filter(isRecord);
	const lines = whole.length > 0 ? [] : said.split('\n').slice(-mostHeld);
	const bodies = [...whole, ...lines.map(parseJson).filter(isRecord)];
	return bodies.filter((body) => saysState(body) || (bodies.length === 1 && givesFile(body)));
}

/** A plan has a link or a size too; what has neither a state nor an error reports nothing. */
const saysState = (body: JsonRecord): boolean =>
	isRecord(body.error) || stateOf(parseStatus(body)?.word ?? '') !== 'unknown';

/** But for a link without a wish. */
const givesFile = (body: JsonRecord): boolean =>
	body.prompt === undefined && parseStatus(body)?.state === 'completed';

/** Ids of the answer, not of a task. */
const ofAnswer = /^(?:chatcmpl|cmpl|resp|msg|gen)[-_]/;

function toReport(body: JsonRecord, isSent: IsSent): readonly TaskReport[] {
	const status = parseStatus(body);
	const attached = findAttached(body);
	const taskId = ofAnswer.test(status?.taskId ?? '') ? '' : status?.taskId;
	// One that is done without a video is asked for where that is.
	const said =
		taskId && status?.isDone && status.state === 'unknown' ? 'generating' : status?.state;
	const state = attached !== undefined && said !== 'failed' ? 'completed' : said;
	const fault = faultIn(body);
	if (state === undefined && fault !== undefined) return [failedWith(fault)];
	if (state === undefined || state === 'unknown') return [];
	if (taskId && isSent(taskId)) return [];
	const videoUrl = attached ?? status?.videoUrl;
	return [{ ...status, state, ...defined({ taskId, videoUrl }) }];
}

/** A body with an id and next to nothing else, which is all of an answer: the task was taken on. */
function toSubmitted(body: JsonRecord, isSent: IsSent): readonly TaskReport[] {
	const holder = isRecord(body.data) ? body.data : body;
	const names = Object.keys(holder).length;
	const taskId = textOf(holder.id) ?? (names === 1 ? textOf(holder.request_id) : undefined);
	if (taskId === undefined || names > 2 || isSent(taskId)) return [];
	return enoughDigits(taskId) && !ofAnswer.test(taskId) ? [{ state: 'queued', taskId }] : [];
}

const failedWith = ({ code, message }: ErrorBody): TaskReport => ({
	state: 'failed',
	reason: code === undefined ? message : `${code}: ${message}`,
});

/** What a body says that has neither a task nor an answer. */
function faultIn(body: JsonRecord): ErrorBody | undefined {
	const { error, detail, base_resp: base } = body;
	const isRefused = isRecord(base) && Number(base.status_code) !== 0;
	if (isRefused) return toErrorBody({ message: base.status_msg, code: base.status_code });
	const isStated = isRecord(error) || typeof detail === 'string' || Array.isArray(detail);
	return isStated ? toErrorBody(body) : undefined;
}

/** A video that is in the body itself, wherever it stands. */
const findAttached = (body: JsonRecord): string | undefined =>
	textsOf(body).find(({ text }) => isAttached(text))?.text;
