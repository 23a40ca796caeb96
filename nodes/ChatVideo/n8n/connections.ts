import type { IExecuteFunctions } from 'n8n-workflow';
import { isRefusedByPolicy } from '../transport/connection';
import type { ClientModule, HttpClient } from '../transport/httpClient';

/** Connections under n8n's policy, which all items of one run share. */
export function createConnections(context: IExecuteFunctions) {
	const egress = toEgressFilter(context);
	const clients = new Map<boolean, Promise<HttpClient>>();
	const connect = async (ignoreSslIssues: boolean): Promise<HttpClient> => {
		const { createClient }: ClientModule = await import('../transport/node/client');
		const request = context.helpers.httpRequest;
		return createClient({ ignoreSslIssues, lookup: egress?.lookup, request });
	};
	return {
		/** Opened on first use: loading the client costs more than the rest of the node. */
		client(ignoreSslIssues: boolean): Promise<HttpClient> {
			const client = clients.get(ignoreSslIssues) ?? connect(ignoreSslIssues);
			clients.set(ignoreSslIssues, client);
			return client;
		},
		/** Whether n8n's policy lets a URL be asked. */
		allows: async (url: string): Promise<boolean> =>
			egress === undefined || (await egress.allows(url)),
		/** Ends all, whatever is still on them. */
		close(): void {
			for (const created of clients.values()) {
				void created.then((client) => client.close()).catch(() => {});
			}
		},
	};
}

/** n8n's policy for connections; older versions of n8n have none. */
function toEgressFilter({ helpers }: IExecuteFunctions) {
	if (typeof helpers.getSecureEgressFilter !== 'function') return undefined;
	const filter = helpers.getSecureEgressFilter();
	return {
		lookup: filter.createSecureLookup(),
		async allows(url: string): Promise<boolean> {
			const result = await filter.validateUrl(url);
			return result.ok || !isRefusedByPolicy(result.error);
		},
	};
}
