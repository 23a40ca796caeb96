import { isUnsent } from '../../../nodes/ChatVideo/transport/n8n/isUnsent';

const failed = (fields: object, message = 'it failed'): Error =>
	Object.assign(new Error(message), fields);

describe('nothing was written', () => {
	it.each<[string, Error]>([
		['where the name is not known', failed({ code: 'ENOTFOUND', syscall: 'getaddrinfo' })],
		['where nothing listens', failed({ code: 'ECONNREFUSED', syscall: 'connect' })],
		['where several addresses refuse', failed({ code: 'ECONNREFUSED', errors: [] })],
		['where connecting takes too long', failed({ code: 'ETIMEDOUT', syscall: 'connect' })],
		['where nobody signed the certificate', failed({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })],
		['where the certificate is another host’s', failed({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' })],
		[
			'where the host speaks no TLS',
			failed(
				{ code: 'EPROTO', syscall: 'write' },
				'SSL routines:ssl3_get_record:wrong version number',
			),
		],
		[
			'where the host closes before it speaks TLS',
			failed(
				{ code: 'ECONNRESET' },
				'Client network socket disconnected before secure TLS connection was established',
			),
		],
		['where it is the cause of another error', failed({ cause: failed({ code: 'ENOTFOUND' }) })],
	])('%s', (_, cause) => {
		expect(isUnsent(cause)).toBe(true);
	});
});

describe('something may have been written', () => {
	it.each<[string, unknown]>([
		['where the connection was closed', failed({ code: 'ECONNRESET' }, 'socket hang up')],
		['where reading took too long', failed({ code: 'ETIMEDOUT', syscall: 'read' })],
		['where a pipe broke', failed({ code: 'EPIPE', syscall: 'write' })],
		[
			'where the host asks for a certificate, which it does after the request',
			failed({ code: 'EPROTO' }, 'SSL routines:ssl3_read_bytes:tlsv13 alert certificate required'),
		],
		['where nothing is known', failed({})],
		['where it is no error', 'canceled'],
	])('%s', (_, cause) => {
		expect(isUnsent(cause)).toBe(false);
	});
});
