import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { defined } from '../chat/defined';
import { ChatError } from '../chat/errors';
import type { PaidFacts } from '../call/ledger';
import { linesOfEarlierTry } from './errorLines';
import { InvalidInput } from './InvalidInput';
import { toLinkFields, toNodeError } from './nodeError';
import { fieldNames } from './outputItem';

/**
 * The item that stands for an error when the node continues on fail. n8n sends an item that
 * carries an error to the error output, but leaves nothing of its json except the message, and
 * with it would go the task id. So the error is not enumerable (n8n copies the item, without it)
 * and the json is not replaced by n8n's own.
 *
 * @param paid what its call may have cost, in this try or before
 */
export function toErrorItem(
	context: IExecuteFunctions,
	index: number,
	cause: unknown,
	paid: PaidFacts | undefined,
): INodeExecutionData {
	const error = toNodeError(context.getNode(), cause, index, linesOfEarlierTry(cause, paid));
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
	const httpCode = status === undefined ? undefined : String(status);
	return {
		errorKind: cause.kind,
		billing,
		...toLinkFields(task),
		...defined({ httpCode, requestId, lastWords }),
	};
}
