import { parseErrorBody, toErrorBody } from '../chat/errorBody';
import { isRecord, parseJson, textOf } from '../chat/json';
import { redact } from '../call/redact';
import { toConnectionError } from '../transport/connection';
import type { ServiceKey } from '../transport/serviceKey';

/** What a service answers that is asked for its models. */
type ModelList =
	| { kind: 'listed'; ids: readonly string[] }
	/** It may serve models all the same. */
	| { kind: 'noList' }
	| { kind: 'refused'; message: string };

/** Milliseconds for an answer; a user waits for it. */
export const patience = 30_000;

/**
 * Asks a service for its models, which costs nothing.
 *
 * @param get asks with the key, by one of n8n's helpers: goes along with no redirect, which would take
 * the key along, and gives the whole response, whatever its status
 */
export async function fetchModelList(
	{ baseUrl, apiKey }: ServiceKey,
	get: (url: string) => Promise<unknown>,
): Promise<ModelList> {
	const url = `${baseUrl}/v1/models`;
	try {
		return redact(readModelList(await get(url)), apiKey);
	} catch (cause) {
		// The error of the request may hold its headers, and with them the key: its words are ours.
		return refused(toConnectionError(cause, url, 'none').message);
	}
}

/**
 * Distinguishes a list from everything else that a web server may answer.
 *
 * @param response as n8n's helpers give it, which have made a value of some JSON
 */
export function readModelList(response: unknown): ModelList {
	const { statusCode, body, headers } = isRecord(response) ? response : {};
	const status = Number(statusCode);
	const value = typeof body === 'string' ? (parseJson(body) ?? body) : body;
	if (status === 404 || status === 405) return { kind: 'noList' };
	if (status >= 300 && status < 400) return refused(redirected(headers));
	if (status === 401 || status === 403)
		return refused(`The service refuses the API key${said(value)}`);
	if (status < 200 || status > 299)
		return refused(`The service answers with status ${status}${said(value)}`);
	const ids = readIds(value);
	if (ids !== undefined) return { kind: 'listed', ids };
	if (isRecord(value) && value.error) return refused(`The service refuses${said(value)}`);
	return refused(
		'The server answers, but is no such service: it gave no list of models. Check the Base URL.',
	);
}

const refused = (message: string): ModelList => ({ kind: 'refused', message });

function redirected(headers: unknown): string {
	const location = isRecord(headers) ? textOf(headers.location) : undefined;
	return location === undefined
		? 'The service answers with a redirect: the key does not go along. Check the Base URL.'
		: `The service redirects to ${location.slice(0, 200)}: the key does not go along. Enter the address it answers at as the Base URL.`;
}

function said(value: unknown): string {
	const { message } = typeof value === 'string' ? parseErrorBody(value) : toErrorBody(value);
	return message === '' ? '' : `: “${message.slice(0, 300)}”`;
}

/** `{ data: [{ id }] }`; some give the list alone, and some the names alone. */
function readIds(value: unknown): readonly string[] | undefined {
	const models = isRecord(value) ? (value.data ?? value.models) : value;
	if (!Array.isArray(models)) return undefined;
	const ids = models.flatMap(
		(model) => textOf(isRecord(model) ? (model.id ?? model.name) : model) ?? [],
	);
	return [...new Set(ids)];
}
