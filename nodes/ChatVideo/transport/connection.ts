import { ChatError, disconnected, type Billing } from '../chat/errors';
import { isRecord, textOf } from '../chat/json';

const closed = 'the connection was closed';

/** What is wrong with an answer that came and cannot be read. */
const unreadable: ReadonlyArray<readonly [RegExp, string]> = [
	[/^UND_ERR_HEADERS_OVERFLOW$/, 'the head of its answer is too long'],
	[/^(?:Z_|ERR_+(?:BROTLI|ZSTD)|ZSTD_)/, 'what it compressed is damaged'],
	[/^UND_ERR_RES_CONTENT_LENGTH_MISMATCH$/, 'its answer has another length than it says'],
	[
		/^(?:HPE_(?!.*EOF)|ERR_ASSERTION$)/,
		'what it sent is no HTTP: its port may be one of TLS, or of another protocol',
	],
];

/** Why a connection did not come about, in words; what is not here is shown by its code. */
const reasons: ReadonlyArray<readonly [RegExp, string]> = [
	...unreadable,
	[/^ENOTFOUND$/, 'the name is not known'],
	[/^EAI_AGAIN$/, 'the name could not be looked up'],
	[/^ECONNREFUSED$/, 'nothing listens there'],
	[/^(?:EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, 'the host cannot be reached'],
	[/^ETIMEDOUT$/, 'it did not answer in time'],
	[
		/^(?:CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT|HOSTNAME_)/,
		'its certificate is not trusted',
	],
	[/^(?:ERR_SSL|EPROTO|ERR_TLS)/, 'it does not speak TLS as expected'],
	[/^(?:ECONNRESET|UND_ERR_SOCKET|EPIPE)$|^HPE_.*EOF/, closed],
];

/**
 * What a failed connection was. Before the request was sent nothing can have been charged; after
 * it, nobody knows.
 */
export function toConnectionError(cause: unknown, url: string, billing: Billing): ChatError {
	if (cause instanceof ChatError) return cause.with({ billing });
	if (isRefusedByPolicy(cause)) return refusedByPolicy(url, cause);
	const { host } = new URL(url);
	const reason = toReason(cause);
	const facts = { billing, code: codeOf(cause) || undefined, cause };
	if (billing === 'none') {
		return new ChatError('unavailable', `Could not connect to ${host}: ${reason}`, facts);
	}
	if (isUnreadable(cause)) {
		return new ChatError('malformed', `${host} answered, but ${reason}`, facts);
	}
	const why = reason === closed ? '' : `: ${reason}`;
	const message = `${host} closed the connection before it answered${why}`;
	return new ChatError('unavailable', message, facts);
}

/** The administrator of this n8n does not want this host to be asked. */
export const refusedByPolicy = (url: string, cause?: unknown): ChatError =>
	new ChatError('unsafeUrl', `This n8n does not allow connections to ${new URL(url).host}`, {
		billing: 'none',
		cause,
	});

const isUnreadable = (cause: unknown): boolean =>
	unreadable.some(([pattern]) => pattern.test(codeOf(cause)));

/** An answer that stopped before it was whole. */
export function toBreak(cause: unknown): ChatError {
	if (cause instanceof ChatError) return cause;
	if (isUnreadable(cause)) {
		return disconnected('The service sent a piece of its answer that cannot be read', cause);
	}
	const reason = toReason(cause);
	const why = reason === closed ? ' before the end of its answer' : `: ${reason}`;
	return disconnected(`The service broke the connection off${why}`, cause);
}

/** Why it did not come about, in words. */
export function toReason(cause: unknown): string {
	const code = codeOf(cause);
	const words = [code, isRecord(cause) ? textOf(cause.message) : String(cause)];
	return reasons.find(([pattern]) => pattern.test(code))?.[1] ?? words.filter(Boolean).join(' ');
}

/** Connecting to several addresses fails with one error for each. */
function codeOf(cause: unknown): string {
	if (!isRecord(cause)) return '';
	const { code, errors, name, message } = cause;
	if (message === 'bad upgrade') return 'HPE_UPGRADE';
	if (typeof code === 'string') return code;
	// undici's parser gives its own code to some of its errors only.
	if (name === 'HTTPParserError') return `HPE_${String(message)}`;
	return codeOf(Array.isArray(errors) ? errors[0] : cause.cause);
}

/** n8n's egress filter fails the lookup; its errors are known by name, as n8n exports no class. */
export function isRefusedByPolicy(cause: unknown): boolean {
	if (!isRecord(cause)) return false;
	return (
		/ssrf|egress/i.test(`${textOf(cause.name)} ${cause.constructor.name}`) ||
		isRefusedByPolicy(cause.cause)
	);
}
