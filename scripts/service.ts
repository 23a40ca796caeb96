import type { RelayOptions } from '../test/relay/relay';
import type { Account } from './n8n/credential';
import { Misuse } from './parseCommand';

/** A service to use: one that charges, or the simulated relay, which this process ends. */
export interface Service extends Account {
	close?(): Promise<void>;
}

export async function simulate(options: RelayOptions): Promise<Required<Service>> {
	const { startRelay } = await import('../test/relay/relay');
	const relay = await startRelay(options);
	return { baseUrl: relay.url, apiKey: relay.apiKey, close: () => relay.close() };
}

/**
 * The service that the environment names.
 *
 * @returns undefined when nothing is set, so that the simulated relay answers
 * @throws Misuse
 */
export function readService(env: NodeJS.ProcessEnv): Service | undefined {
	const { CHAT_VIDEO_BASE_URL: baseUrl, CHAT_VIDEO_API_KEY: apiKey } = env;
	if (!baseUrl && !apiKey) return undefined;
	if (!apiKey) throw new Misuse('CHAT_VIDEO_BASE_URL is set, CHAT_VIDEO_API_KEY is not: set both.');
	if (!baseUrl)
		throw new Misuse('CHAT_VIDEO_API_KEY is set, CHAT_VIDEO_BASE_URL is not: set both.');
	if (!/^https?:\/\//i.test(baseUrl) || !URL.canParse(baseUrl)) {
		throw new Misuse(`CHAT_VIDEO_BASE_URL is "${baseUrl}", which is not an http(s) address.`);
	}
	return { baseUrl, apiKey };
}
