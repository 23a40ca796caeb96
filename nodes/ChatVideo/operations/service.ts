import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { InvalidInput } from '../n8n/InvalidInput';
import type { Item } from '../n8n/item';
import type { ServiceKey } from '../transport/serviceKey';
import { withoutUser } from '../transport/withoutUser';

/**
 * The service of the credential, and the key to it.
 *
 * @throws {InvalidInput} when it cannot be one
 */
export async function serviceParameter({ context, index }: Item): Promise<ServiceKey> {
	return toService(await context.getCredentials('chatVideoApi', index));
}

/** @throws {InvalidInput} when it cannot be one */
export const toService = ({ baseUrl, apiKey }: ICredentialDataDecryptedObject): ServiceKey => ({
	baseUrl: toBaseUrl(baseUrl),
	apiKey: toApiKey(apiKey),
});

/**
 * The service's address without `/v1` and trailing slashes; both are accepted, and so is the
 * whole address of the endpoint.
 *
 * @throws {InvalidInput} when it is not an http(s) URL, or has more than the way to the service
 */
export function toBaseUrl(value: unknown): string {
	const address = typeof value === 'string' ? value.trim() : '';
	// new URL() silently removes line breaks.
	const url = !/[\s\p{Cc}]/u.test(address) && URL.canParse(address) ? new URL(address) : undefined;
	if (url === undefined || !/^https?:$/.test(url.protocol) || url.host === '') {
		throw new InvalidInput(
			`Base URL of the credential is not an http(s) address: ${shown(address)}`,
			'Enter the address of the service in the credential, e.g. https://api.jxincm.cn',
		);
	}
	if (url.username !== '' || url.password !== '') {
		throw new InvalidInput(
			`Base URL of the credential has a user or a password before ${url.host}`,
			'Enter the address without them; the key goes into API Key, and other headers into the option Headers.',
		);
	}
	const extra = url.search || url.hash;
	if (extra !== '') {
		throw new InvalidInput(
			`Base URL of the credential ends with ${extra.slice(0, 200)}, which would not be sent`,
			'Enter the address without it; a service that needs such a query is not supported.',
		);
	}
	const path = withoutSlashes(url.pathname).replace(/\/chat\/completions$/, '');
	return url.origin + withoutSlashes(withoutSlashes(path).replace(/\/v1$/, ''));
}

const shown = (address: string): string =>
	address === '' ? 'it is empty' : withoutUser(address.replace(/\p{Cc}+/gu, ' ')).slice(0, 200);

/** The look-behind tries each run of slashes once; a plain `\/+$` would be quadratic. */
const withoutSlashes = (path: string): string => path.replace(/(?<!\/)\/+$/, '');

/**
 * The key, without the blanks around it that copying brings along.
 *
 * @throws {InvalidInput} when it cannot be one
 */
function toApiKey(value: unknown): string {
	const key = typeof value === 'string' ? value.trim() : '';
	if (!/^[\x21-\x7e]+$/.test(key)) {
		throw new InvalidInput(
			'API Key of the credential is empty or holds characters no key has',
			'Enter the key of the service in the credential.',
		);
	}
	return key;
}
