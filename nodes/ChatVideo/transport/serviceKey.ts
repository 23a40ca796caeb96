import { requestTarget } from './requestTarget';

/** The service that made a result, and the key to its endpoints. */
export interface ServiceKey {
	/** Without `/v1`. */
	baseUrl: string;
	apiKey: string;
}

/** Plain or encoded: what a server makes of it may lie outside of the path it seems to be in. */
const climbs = /(?:\.|%2e){2}/i;

/**
 * The headers that a file's address is asked with besides the usual ones: the key where the address
 * is an endpoint of the service itself, as `/v1/videos/{id}/content`, and nothing anywhere else.
 */
export function authorize(
	url: string,
	service: ServiceKey | undefined,
): Readonly<Record<string, string>> {
	if (service === undefined || !isEndpoint(url, service.baseUrl)) return {};
	return { authorization: `Bearer ${service.apiKey}` };
}

/** Judged as it is parsed, so that no user, port or longer name of a host passes for another. */
const isEndpoint = (url: string, baseUrl: string): boolean =>
	URL.canParse(url) &&
	new URL(url).href.startsWith(`${baseUrl}/v1/`) &&
	!climbs.test(requestTarget(url).path);
