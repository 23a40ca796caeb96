import { ChatError } from '../../chat/errors';
import { toReason } from '../connection';
import type { Proxy } from './findProxy';

/** A proxy that cannot be asked; the request has not left. */
export function toProxyError(cause: unknown, { origin, variable }: Proxy): ChatError {
	if (cause instanceof ChatError) return cause.with({ billing: 'none' });
	const reason = toReason(cause);
	return proxyFailed(
		`Could not connect to the proxy ${hostOf(origin)}: ${reason}`,
		variable,
		cause,
	);
}

/** A proxy's own answer to the request for a tunnel. */
export const tunnelRefused = (
	{ origin, variable }: Proxy,
	host: string,
	answer: string,
): ChatError =>
	proxyFailed(
		`The proxy ${hostOf(origin)} did not connect to ${host}: it answered ${answer}`,
		variable,
	);

const proxyFailed = (message: string, variable: string, cause?: unknown): ChatError =>
	new ChatError('unavailable', message, {
		billing: 'none',
		advice: `The variable ${variable} of this n8n names the proxy; its administrator can correct it, or name the host in NO_PROXY.`,
		cause,
	});

const hostOf = (origin: string): string => new URL(origin).host;
