import { isRecord, textOf } from '../../chat/json';

/** How a request fails of which no byte was written; what is in no row may have been sent. */
const rows: ReadonlyArray<readonly ['code' | 'syscall' | 'message', RegExp]> = [
	['syscall', /^(?:connect|getaddrinfo)$/],
	['code', /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/],
	['code', /^ERR_(?:INVALID_URL|INVALID_CHAR|INVALID_PROTOCOL|UNESCAPED_CHARACTERS)$/],
	// The certificate is checked before anything is written.
	['code', /^(?:CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_|ERR_TLS_CERT)/],
	// What answers speaks no TLS, or no version of it that we do; a certificate of ours that is
	// missing would be said after the request.
	[
		'message',
		/before secure TLS connection was established|SSL routines:.{0,300}(?:wrong version number|packet length too long|unsupported protocol|alert protocol version)/s,
	],
];

/** Whether the name, the connection or the certificate failed. */
export function isUnsent(cause: unknown): boolean {
	if (!isRecord(cause)) return false;
	return (
		rows.some(([field, pattern]) => pattern.test(textOf(cause[field]) ?? '')) ||
		isUnsent(cause.cause)
	);
}
