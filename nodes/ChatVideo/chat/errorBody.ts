import { defined } from './defined';
import type { ErrorKind } from './errors';
import { errorKeys, errorTable, kindsOfNumbers, ofCheck, type ErrorRow } from './errorWords';
import { isRecord, parseJson, textOf, type JsonRecord } from './json';
import { valuesAt } from './valuesAt';

/** What a relay said went wrong, in its own words. */
export interface ErrorBody {
	message: string;
	code?: string;
	type?: string;
	requestId?: string;
	/** What the code or the words mean, when the table knows them. */
	kind?: ErrorKind;
	/** `html` is a gateway's page: the relay itself may never have answered. */
	format: 'json' | 'html' | 'text' | 'empty';
}

const deepest = 8; // errors and messages within each other; relays stand in a chain of two or three
const longestMessage = 1_000; // characters; a page of HTML in an error message helps nobody

/**
 * Reads whatever a relay or a gateway answers instead of a video: `{error: {…}}`, a bare string
 * `error`, `{message, message_zh}`, JSON inside the message, an HTML page, a line of text.
 * Never throws.
 */
export function parseErrorBody(body: string): ErrorBody {
	const trimmed = body.replace(/^\uFEFF/, '').trim();
	if (trimmed === '') return { message: '', format: 'empty' };
	if (isPage(trimmed)) return { message: titleOf(trimmed), format: 'html' };
	const value = parseJson(trimmed);
	if (value === undefined) return { ...understand({ message: trimmed }), format: 'text' };
	return toErrorBody(value);
}

/** The same for a body or an event that is JSON already. */
export const toErrorBody = (value: unknown): ErrorBody =>
	defined({ ...understand(readWords(value)), format: 'json' });

/** What a generation that had begun can end with; a key or a model was good for it. */
const ofReasons: ReadonlySet<ErrorKind> = new Set(['moderated', 'quota', 'rateLimited']);

/** What the words of a failed generation mean: a policy, a limit, or just its failure. */
export function kindOfReason(reason: string): ErrorKind {
	const kind = rowOfWords(reason)?.kind;
	return kind !== undefined && ofReasons.has(kind) ? kind : 'failed';
}

interface Words {
	message: string;
	code?: string | undefined;
	type?: string | undefined;
	requestId?: string | undefined;
}

/** Follows `error` and JSON inside messages; relays wrap their upstream's answer in their own. */
function readWords(value: unknown, depth = 0): Words {
	if (typeof value === 'string') return depth < deepest ? unwrap(value, depth) : { message: value };
	// Some gateways put the error into a list, alone.
	if (Array.isArray(value) && isRecord(value[0])) return readWords(value[0], depth + 1);
	if (!isRecord(value)) return { message: value === undefined ? '' : stringify(value) };
	const inner = insideOf(value);
	const own: Words = {
		message: '',
		code: firstText(value, errorKeys.code),
		type: textOf(value.type),
		requestId: textOf(value.request_id) ?? textOf(value.requestId),
	};
	if (inner !== undefined && inner !== null && inner !== '' && depth < deepest) {
		const words = readWords(Array.isArray(inner) ? inner[0] : inner, depth + 1);
		return { ...own, ...defined(words), message: words.message || (textOf(value.message) ?? '') };
	}
	const message = firstText(value, errorKeys.message) ?? textOf(value.title);
	if (message === undefined) return { ...own, message: own.code ?? stringify(value) };
	return { ...own, ...defined(readWords(message, depth + 1)) };
}

/** The first text at one of these keys. */
export const firstText = (value: JsonRecord, keys: readonly string[]): string | undefined =>
	keys
		.flatMap((key) => valuesAt(value, key))
		.map(textOf)
		.find((text) => text !== undefined);

/**
 * The error in an error; a flag is none. Of what a provider answered OpenRouter says no more than
 * that it did.
 */
function insideOf({ error, errors, detail, message, metadata }: JsonRecord): unknown {
	const held = [error, errors, detail].find(
		(inner) => inner != null && inner !== '' && inner !== true,
	);
	const said = isRecord(message) ? message : undefined;
	return held ?? said ?? (isRecord(metadata) ? metadata.raw : undefined);
}

/** `JSON.parse` accepts values nested thousands deep; `JSON.stringify` overflows the stack on them. */
function stringify(value: unknown): string {
	try {
		return JSON.stringify(value);
	} catch {
		return 'a deeply nested value';
	}
}

function unwrap(message: string, depth: number): Words {
	const value = /^\s*[{[]/.test(message) ? parseJson(message) : undefined;
	return isRecord(value) ? readWords(value, depth + 1) : { message };
}

function understand({ message, code, type, requestId }: Words): Omit<ErrorBody, 'format'> {
	const words = isPage(message.trim()) ? titleOf(message) : message;
	const said = words.replace(/\s+/g, ' ').trim();
	const byCode = findRow(code);
	const byType = byCode === undefined ? findRow(type) : undefined;
	const row = byCode ?? byType ?? rowOfWords(said);
	return defined({
		message: said.slice(0, longestMessage),
		code: code ?? (byType === undefined ? row?.code : type),
		type,
		requestId: requestId ?? /request[ _-]?id\s*[:：]\s*([\w-]+)/i.exec(said)?.[1],
		kind: row?.kind ?? kindsOfNumbers.get(code),
	});
}

const findRow = (code: string | undefined): ErrorRow | undefined =>
	code === undefined ? undefined : errorTable.find(({ codes }) => codes.test(code));

/** Codes stand in sentences too, as `OutputVideoSensitiveContentDetected` or `PUBLIC_ERROR_…`. */
const codeInWords =
	/(?<![\p{L}\p{N}])(?:[A-Za-z]+(?:_[A-Za-z]+)+|(?:[A-Z][a-z]+){2,}|[A-Z]{3,}(?:\.[A-Z]+)+)(?![\p{L}\p{N}])/gu;

function rowOfWords(words: string): ErrorRow | undefined {
	const codes = words.match(codeInWords) ?? (/\s/.test(words) ? [] : [words]);
	const found = errorTable.find(
		(row) => row.words.test(words) || codes.some((code) => row.codes.test(code)),
	);
	return found?.kind === 'moderated' && ofCheck.test(words) ? undefined : found;
}

/** How a page begins; a warning and an answer may begin with tags too. */
export const beginsPage = (text: string): boolean =>
	/^<(?:!doctype|html|head|body|\?xml|!--)/i.test(text);

/** Cloudflare says the same in a line to who wants no page. */
const isPage = (text: string): boolean => beginsPage(text) || /^error code: \d{3,4}$/i.test(text);

/** A title that says no more than that it is one goes without saying. */
const titles = [
	/<title[^<>]*>(?!\s*Error\s*<)([^<]*)/i,
	/<h[1-3][^<>]*>([^<]*)/i,
	/<pre[^<>]*>([^<]*)/i,
	/<message>([^<]*)/i,
	/^(error code: \d+)$/i,
];

/**
 * A page's title without the site's name: "2api.com | 504: Gateway time-out" says the latter. Pages
 * of haproxy have a heading alone.
 */
function titleOf(html: string): string {
	const title = titles.map((found) => found.exec(html)?.[1]?.trim()).find(Boolean) ?? '';
	const parts = title.replace(/\s+/g, ' ').split(' | ');
	return (parts[parts.length - 1] ?? '').trim().slice(0, longestMessage);
}
