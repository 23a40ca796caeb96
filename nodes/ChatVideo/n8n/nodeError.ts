import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';
import { ChatError, type Billing, type ChatErrorFacts, type ErrorKind } from '../chat/errors';
import { InvalidInput } from './InvalidInput';
import { isTool } from './isTool';

/** What to do about each kind, as one sentence. */
const advice: Record<ErrorKind, string> = {
	unauthorized: 'Check the API key in the credential, and that it may use this model.',
	quota: 'Top up the account at the relay, then run again.',
	modelNotFound: 'Choose another model; the list shows what this relay offers.',
	badRequest: 'Check the parameters and options against what the relay says.',
	rateLimited: 'Wait a moment, or lower Max Concurrency.',
	unavailable: 'Check the base URL, and whether the relay is up.',
	moderated: 'Change the prompt or the pictures: the same ones will be refused again.',
	failed: 'Run again with another prompt or model, if what the relay says suggests it.',
	timeout: 'Raise Timeout or Idle Timeout in the options if the relay just needs longer.',
	disconnected: 'Look for the video at the relay before you run again.',
	malformed: 'Check that the base URL leads to a relay that speaks the OpenAI chat format.',
	cancelled: 'The relay goes on with what it has accepted.',
	unsafeUrl: 'Ask the administrator of this n8n to allow the host, or use another.',
	download:
		'Download it from its link before the link expires, or retry this execution: that costs nothing.',
};

/** What it may have cost, as one sentence. */
const cost: Record<Billing, string> = {
	none: 'Nothing was started, so nothing was charged.',
	possible:
		'The relay may have accepted it and charged for it, so it is not sent again automatically.',
	started: 'The relay has started this video and charges for it.',
};

/**
 * The error n8n shows for an item: what happened, which item, what it may have cost, what to do.
 *
 * @param others lines about what else was paid for in this run, as an error ends all of it
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex: number,
	others: readonly string[] = [],
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const shown = toShown(node, error, itemIndex, others);
	// An agent is told the message alone, and must know what it cost and that it must not try again.
	if (isTool(node)) shown.message = [shown.message, shown.description].filter(Boolean).join('\n');
	return shown;
}

function toShown(
	node: INode,
	error: unknown,
	itemIndex: number,
	others: readonly string[],
): NodeApiError | NodeOperationError {
	const where = `[item ${itemIndex}]`;
	if (error instanceof InvalidInput) {
		const options = { itemIndex, description: asText([error.advice, ...others].join('\n')) };
		return new NodeOperationError(node, asText(`${error.message} ${where}`), options);
	}
	if (!(error instanceof ChatError)) {
		return new NodeOperationError(node, error instanceof Error ? error : String(error), {
			itemIndex,
			...(others.length > 0 && { description: asText(others.join('\n')) }),
		});
	}
	const { kind, facts } = error;
	const message = asText(`${error.message} ${where}`);
	const shown = new NodeApiError(node, toErrorResponse(error), {
		message,
		description: asText([describe(kind, facts), ...others].join('\n')),
		itemIndex,
		...(facts.status !== undefined && { httpCode: String(facts.status) }),
	});
	// n8n replaces messages that hold words like ECONNRESET by texts of its own.
	shown.message = message;
	return shown;
}

/**
 * Text in which nothing is markup. n8n shows descriptions, and messages in its notifications, as
 * HTML; relays put their own words and their gateways' pages there. A `<` before a space opens no
 * tag, and the text stays readable where it is shown as text.
 */
const asText = (words: string): string => words.replace(/<(?=[a-z/!?])/gi, '< ');

/**
 * The item that stands for an error when the node continues on fail. n8n sends an item that
 * carries an error to the error output, but leaves nothing of its json except the message, and
 * with it would go the task id. So the error is not enumerable (n8n copies the item, without it)
 * and the json is not replaced by n8n's own.
 */
export function toErrorItem(
	error: NodeApiError | NodeOperationError,
	cause: unknown,
	itemIndex: number,
): INodeExecutionData {
	let json: IDataObject = { error: error.message, ...toErrorJson(cause) };
	const isMessageAlone = (value: IDataObject): boolean =>
		Object.keys(value).length === 1 && value.error === error.message;
	const item: INodeExecutionData = { json, pairedItem: { item: itemIndex } };
	return Object.defineProperties(item, {
		error: { value: error, enumerable: false, writable: true, configurable: true },
		json: {
			enumerable: true,
			configurable: true,
			get: () => json,
			set: (value: IDataObject) => {
				if (!isMessageAlone(value)) json = value;
			},
		},
	});
}

function toErrorJson(cause: unknown): IDataObject {
	if (cause instanceof InvalidInput) return { errorKind: 'badRequest', billing: 'none' };
	if (!(cause instanceof ChatError)) return { errorKind: 'failed', billing: 'possible' };
	const { status, requestId, billing, task = {}, videoUrl, posterUrl, lastWords } = cause.facts;
	return {
		errorKind: cause.kind,
		billing,
		...task,
		...(posterUrl !== undefined && { posterUrl }),
		...(videoUrl !== undefined && { videoUrl }),
		...(status !== undefined && { httpCode: String(status) }),
		...(requestId !== undefined && { requestId }),
		...(lastWords !== undefined && task.taskId === undefined && { lastWords }),
	};
}

/** What n8n keeps as the answer of the service; it never holds headers or the key. */
function toErrorResponse({ kind, message, facts }: ChatError): JsonObject {
	const { billing, code, requestId, task = {} } = facts;
	return {
		message: asText(message),
		errorKind: kind,
		billing,
		...task,
		...(code !== undefined && { relayCode: code }),
		...(requestId !== undefined && { requestId }),
	};
}

const submitAgain =
	'It is not sent again automatically. To pay for it once more, turn on the option Submit Again for one run.';

const onlyWords = 'A model that only writes text answers like this: choose one that makes videos.';

function describe(kind: ErrorKind, facts: ChatErrorFacts): string {
	const { billing, task = {}, videoUrl, posterUrl, requestId, lastWords, again = false } = facts;
	const { taskId, previewUrl, sourceUrl } = task;
	const lines: Array<[boolean, string]> = [
		[lastWords !== undefined, `Its last words: “${lastWords}”`],
		[true, cost[billing]],
		[taskId !== undefined && isOver(kind), `Task: ${taskId}.`],
		[
			taskId !== undefined && !isOver(kind),
			`Task ${taskId}: get its result with the operation Get Video.`,
		],
		[again, submitAgain],
		[lastWords !== undefined && taskId === undefined, onlyWords],
		[!again, facts.advice ?? advice[kind]],
		[previewUrl !== undefined, `Preview: ${previewUrl}`],
		[sourceUrl !== undefined, `Task data: ${sourceUrl}`],
		[posterUrl !== undefined, `Poster: ${posterUrl}`],
		[videoUrl !== undefined, `${videoOf(kind)}: ${videoUrl}`],
		[requestId !== undefined, `Request id: ${requestId}`],
	];
	return lines.flatMap(([told, line]) => (told ? [line] : [])).join('\n');
}

/** The relay said that there will be no video. */
const isOver = (kind: ErrorKind): boolean => kind === 'moderated' || kind === 'failed';

/** A turn that went wrong can still have a video: a preview, or the one that was not downloaded. */
const videoOf = (kind: ErrorKind): string =>
	kind === 'download' || kind === 'cancelled'
		? 'Video'
		: 'A link to a video arrived; it may be a preview, or cut off';
