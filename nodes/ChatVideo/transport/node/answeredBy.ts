import type { Proxy } from './findProxy';
import type { HttpAnswer } from '../httpClient';

/** Headers that a proxy sets on answers of its own. */
const ownSigns: ReadonlyArray<readonly [string, RegExp]> = [
	['proxy-authenticate', /./],
	['proxy-status', /error/],
	['x-squid-error', /./],
	['server', /^(?:squid|tinyproxy|privoxy|3proxy)/i],
];

/**
 * Who gave an answer that came through a proxy, for sentences; `undefined` where it is the host.
 * An answer through a tunnel cannot be the proxy's.
 */
export function answeredBy(
	{ statusCode, headers }: HttpAnswer,
	proxy: Proxy | undefined,
): string | undefined {
	if (proxy === undefined || proxy.isTunnel || statusCode < 400) return undefined;
	const { host } = new URL(proxy.origin);
	const isOwn =
		statusCode === 407 || ownSigns.some(([name, sign]) => sign.test(String(headers[name] ?? '')));
	if (isOwn) return `The proxy ${host}`;
	return [502, 503, 504].includes(statusCode)
		? `The proxy ${host}, or the service after it,`
		: undefined;
}
