import type { IExecuteFunctions } from 'n8n-workflow';
import type { LookupFunction } from 'node:net';
import type { Dispatcher } from 'undici';

/** n8n's policy for connections, where this n8n has one. */
export interface EgressFilter {
	lookup: LookupFunction;
	/** Whether a URL may be asked; it is resolved for that. */
	allows(url: string): Promise<boolean>;
}

/** What all items of one execution share: connections, n8n's Stop and its policy. */
export interface Session {
	/** Connections, opened on first use: loading the client costs more than the rest of the node. */
	dispatcher(ignoreSslIssues: boolean): Promise<Dispatcher>;
	readonly egress: EgressFilter | undefined;
	readonly cancel: AbortSignal | undefined;
	/** Ends all connections, whatever is still on them. */
	close(): void;
}

export function openSession(context: IExecuteFunctions): Session {
	const egress = toEgressFilter(context);
	const dispatchers = new Map<boolean, Promise<Dispatcher>>();
	const open = async (ignoreSslIssues: boolean): Promise<Dispatcher> => {
		const { openDispatcher } = await import('./transport/dispatcher');
		return openDispatcher({ ignoreSslIssues, lookup: egress?.lookup });
	};
	return {
		dispatcher(ignoreSslIssues) {
			const opened = dispatchers.get(ignoreSslIssues) ?? open(ignoreSslIssues);
			dispatchers.set(ignoreSslIssues, opened);
			return opened;
		},
		egress,
		cancel: context.getExecutionCancelSignal(),
		close() {
			for (const opened of dispatchers.values()) {
				void opened.then((dispatcher) => dispatcher.destroy()).catch(() => {});
			}
		},
	};
}

/** Older versions of n8n have no egress filter. */
function toEgressFilter({ helpers }: IExecuteFunctions): EgressFilter | undefined {
	if (typeof helpers.getSecureEgressFilter !== 'function') return undefined;
	const filter = helpers.getSecureEgressFilter();
	return {
		lookup: filter.createSecureLookup(),
		allows: async (url) => (await filter.validateUrl(url)).ok,
	};
}
