import { createRequire } from 'node:module';
import type {
	ClientModule,
	ClientOptions,
	HttpClient,
} from '../../nodes/ChatVideo/transport/httpClient';
// jest.cloud.config.js puts the client of the build for n8n Cloud in its place.
import * as client from '../../nodes/ChatVideo/transport/node/client';
import type { RequestHelper } from '../../nodes/ChatVideo/transport/n8n/client';

interface N8n {
	Container: { get<T>(type: new (...services: never[]) => T): T };
	OutboundHttp: new () => { requests(): { request: RequestHelper } };
	configureGlobalAxiosDefaults(): void;
}

/** n8n's own HTTP client, as nodes have it in `helpers.httpRequest`. */
function toHelper(): RequestHelper {
	const load = createRequire(require.resolve('n8n-core'));
	const { Container } = load('@n8n/di') as N8n;
	const { OutboundHttp, configureGlobalAxiosDefaults } = load('@n8n/backend-network') as N8n;
	configureGlobalAxiosDefaults();
	return Container.get(OutboundHttp).requests().request;
}

const noHelper: RequestHelper = () => Promise.reject(new Error('This build has its own client'));
const request = process.env.CHAT_VIDEO_BUILD === 'cloud' ? toHelper() : noHelper;

/** The HTTP client of the build under test. */
export const createClient = (options: Partial<ClientOptions> = {}): HttpClient =>
	(client as ClientModule).createClient({ ignoreSslIssues: false, request, ...options });
