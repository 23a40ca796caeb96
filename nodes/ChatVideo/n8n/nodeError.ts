import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';
import { defined } from '../chat/defined';
import {
	ChatError,
	rowOf,
	type Billing,
	type ChatErrorFacts,
	type ErrorKind,
	type TaskLinks,
} from '../chat/errors';
import type { PaidFacts } from '../call/ledger';
import { asCancelled, asText, toHtml, toPlain, type Line } from './description';
import { InvalidInput } from './InvalidInput';
import { isTool } from './isTool';
import { fieldNames } from './outputItem';

/** What it may have cost, as one sentence. */
const cost: Record<Billing, string> = {
	none: 'Nothing was started, so nothing was charged.',
	possible:
		'The service may have accepted it and charged for it, so it is not sent again automatically.',
	started: 'The service has started this video and charges for it.',
};

const freeLookUp = 'Get Video costs nothing.';

/**
 * The error n8n shows for an item: what happened, which item, what it may have cost, what to do.
 *
 * @param others lines about what else was paid for, by this item before or by others of the run
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex: number,
	others: readonly Line[] = [],
): NodeApiError | NodeOperationError {
	const shown = toShown(node, error, itemIndex);
	shown.message = asCancelled(shown.message);
	const lines = [...linesOf(error), ...others];
	if (lines.length > 0) shown.description = isTool(node) ? toPlain(lines) : toHtml(lines);
	// An agent gets the message alone, and must know what it cost and that it must not try again.
	if (isTool(node)) shown.message = [shown.message, shown.description].filter(Boolean).join('\n');
	if (shown.stack !== undefined) shown.stack = asCancelled(shown.stack);
	return shown;
}

/** What the error itself has to say besides its message. */
function linesOf(error: unknown): Line[] {
	if (error instanceof ChatError) return describe(error.kind, error.facts);
	if (error instanceof InvalidInput) return [error.advice];
	const isOfN8n = error instanceof NodeApiError || error instanceof NodeOperationError;
	return isOfN8n && error.description ? error.description.split('\n') : [];
}

function toShown(
	node: INode,
	error: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const where = `[item ${itemIndex}]`;
	if (error instanceof InvalidInput) {
		return new NodeOperationError(node, asText(`${error.message} ${where}`), { itemIndex });
	}
	if (!(error instanceof ChatError)) {
		return new NodeOperationError(node, error instanceof Error ? error : String(error), {
			itemIndex,
		});
	}
	const { facts } = error;
	const message = asText(`${error.message} ${where}`);
	const shown = new NodeApiError(node, toErrorResponse(error), {
		message,
		itemIndex,
		...(facts.status !== undefined && { httpCode: String(facts.status) }),
	});
	// n8n replaces messages that hold words like ECONNRESET by texts of its own.
	shown.message = message;
	return shown;
}

/**
 * The item that stands for an error when the node continues on fail. n8n sends an item that
 * carries an error to the error output, but leaves nothing of its json except the message, and
 * with it would go the task id. So the error is not enumerable (n8n copies the item, without it)
 * and the json is not replaced by n8n's own.
 */
export function toErrorItem(
	error: NodeApiError | NodeOperationError,
	cause: unknown,
	{ context, index, paid }: FailedItem,
): INodeExecutionData {
	const own = { error: error.message, ...toErrorJson(cause, paid) };
	let json: IDataObject = { ...hiddenFields(context, index), ...own };
	const isMessageAlone = (value: IDataObject): boolean =>
		Object.keys(value).length === 1 && value.error === error.message;
	const item: INodeExecutionData = { json, pairedItem: { item: index } };
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

/** An item without a result. */
interface FailedItem {
	context: IExecuteFunctions;
	index: number;
	/** What its call may have cost, in this try or before. */
	paid: PaidFacts | undefined;
}

const errorFields = ['errorKind', 'billing', 'httpCode', 'requestId', 'lastWords', 'download'];

/** What a user brings along and wants to see again, as it is of the wish and not of a video. */
const ofWish: ReadonlySet<string> = new Set(['model', 'prompt', 'orientation', 'duration']);

/**
 * On the error output n8n lays the error's fields over the input item's. Those that an earlier video
 * left there would read as this call's, so they are covered by fields without a value.
 */
function hiddenFields(context: IExecuteFunctions, index: number): IDataObject {
	if (context.getNode().onError !== 'continueErrorOutput') return {};
	const input = context.getInputData()[index]?.json ?? {};
	const fields = [...fieldNames, ...errorFields].filter((name) => !ofWish.has(name));
	const found = fields.filter((name) => Object.hasOwn(input, name));
	return Object.fromEntries(found.map((name) => [name, undefined]));
}

function toErrorJson(cause: unknown, paid: PaidFacts | undefined): IDataObject {
	if (!(cause instanceof ChatError)) {
		const errorKind = cause instanceof InvalidInput ? 'badRequest' : 'failed';
		return { errorKind, billing: paid?.billing ?? 'none', ...toLinkFields(paid?.task) };
	}
	const { billing, task, status, requestId, lastWords } = cause.facts;
	return {
		errorKind: cause.kind,
		billing,
		...toLinkFields(task),
		...defined({
			httpCode: status === undefined ? undefined : String(status),
			requestId,
			lastWords,
		}),
	};
}

const toLinkFields = ({ taskIds, videoUrls, ...links }: TaskLinks = {}) =>
	defined({
		...links,
		taskIds: taskIds && [...taskIds],
		videoUrls: videoUrls && [...videoUrls],
	});

/** What n8n keeps as the answer of the service; it never holds headers or the key. */
function toErrorResponse({ kind, message, facts }: ChatError): JsonObject {
	const { billing, code: relayCode, requestId, task } = facts;
	return {
		message: asText(message),
		errorKind: kind,
		billing,
		...toLinkFields(task),
		...defined({ relayCode, requestId }),
	};
}

const submitAgain =
	'It is not sent again automatically. To pay for it once more, turn on the option Submit Again for one run.';

const onlyWords = 'A model that only writes text answers like this: choose one that makes videos.';

function describe(kind: ErrorKind, facts: ChatErrorFacts): Line[] {
	const { billing, task = {}, requestId, lastWords, fromEarlierTry = false } = facts;
	const { chargedBefore = false, endedByItself = false, isLookUp = false } = facts;
	const { taskId, taskIds = [], previewUrl, sourceUrl, posterUrl, videoUrl } = task;
	const { videoUrls = [] } = task;
	const isOnlyNamed = isLastWord(kind) || isLookUp;
	const lines: Array<[boolean, Line]> = [
		[lastWords !== undefined && taskId === undefined, `Its last words: “${lastWords}”`],
		[chargedBefore, 'Sending it again was refused free of charge. Of the earlier call:'],
		[true, isLookUp ? freeLookUp : cost[billing]],
		[taskId !== undefined && isOnlyNamed, `Task: ${taskId}`],
		[
			taskId !== undefined && !isOnlyNamed,
			`Task ${taskId}: get its result with the operation Get Video, in this node or in one that does not follow it.`,
		],
		[fromEarlierTry, submitAgain],
		[endedByItself && lastWords !== undefined && taskId === undefined, onlyWords],
		[!fromEarlierTry, facts.advice ?? rowOf(kind).advice],
		[taskIds.length > 1, `All tasks that were seen: ${taskIds.join(', ')}`],
		[previewUrl !== undefined, ['Preview: ', { link: previewUrl ?? '' }]],
		[sourceUrl !== undefined, ['Data link: ', { link: sourceUrl ?? '' }]],
		[posterUrl !== undefined, ['Poster: ', { link: posterUrl ?? '' }]],
		[videoUrl !== undefined, [`${videoOf(kind)}: `, { link: videoUrl ?? '' }]],
		...videoUrls.map((link): [boolean, Line] => [true, ['Another link that was seen: ', { link }]]),
		[requestId !== undefined, `Request id: ${requestId}`],
	];
	return lines.flatMap(([isShown, line]) => (isShown ? [line] : []));
}

/** The relay said that there will be no video. */
const isLastWord = (kind: ErrorKind): boolean => kind === 'moderated' || kind === 'failed';

/** A turn that went wrong can still have a video: a preview, or the one that was not downloaded. */
const videoOf = (kind: ErrorKind): string =>
	kind === 'download' || kind === 'cancelled'
		? 'Video'
		: 'A link to a video arrived; it may be a preview, or cut off';
