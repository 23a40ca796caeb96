import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';
import { defined } from '../chat/defined';
import { ChatError, type TaskLinks } from '../chat/errors';
import { asCancelled, asText, toHtml, toPlain, type Line } from './description';
import { linesOf } from './errorLines';
import { InvalidInput } from './InvalidInput';
import { isTool } from './isTool';

type NodeError = NodeApiError | NodeOperationError;

/**
 * The error n8n shows for an item: what happened, which item, what it may have cost, what to do.
 *
 * @param others lines about what else was paid for, by this item before or by others of the run
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex: number,
	others: readonly Line[],
): NodeError {
	const shown = toShown(node, error, itemIndex);
	shown.message = asCancelled(shown.message);
	const lines = [...linesOf(error), ...others];
	if (lines.length > 0) shown.description = isTool(node) ? toPlain(lines) : toHtml(lines);
	// An agent gets the message alone, and must know what it cost and that it must not try again.
	if (isTool(node)) shown.message = [shown.message, shown.description].filter(Boolean).join('\n');
	if (shown.stack !== undefined) shown.stack = asCancelled(shown.stack);
	return shown;
}

function toShown(node: INode, error: unknown, itemIndex: number): NodeError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (!(error instanceof InvalidInput || error instanceof ChatError)) {
		const cause = error instanceof Error ? error : String(error);
		return new NodeOperationError(node, cause, { itemIndex });
	}
	const message = asText(`${error.message} [item ${itemIndex}]`);
	if (error instanceof InvalidInput) return new NodeOperationError(node, message, { itemIndex });
	const { status } = error.facts;
	const shown = new NodeApiError(node, toErrorResponse(error), {
		message,
		itemIndex,
		...(status !== undefined && { httpCode: String(status) }),
	});
	// n8n replaces messages that hold words like ECONNRESET by texts of its own.
	shown.message = message;
	return shown;
}

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

/** What leads to a video, as plain fields. */
export const toLinkFields = (task: TaskLinks = {}): JsonObject => defined(task) as JsonObject;
