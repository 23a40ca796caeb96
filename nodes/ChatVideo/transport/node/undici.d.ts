/**
 * The modules of undici this project uses. Its index sets the process-wide dispatcher of
 * `fetch` when it is loaded, and a node is a guest in n8n's process.
 */
declare module 'undici/lib/api/api-request.js' {
	import type { Dispatcher } from 'undici';

	/** `undici.request` before its index wraps it: called on the dispatcher. */
	const request: (
		this: Pick<Dispatcher, 'dispatch'>,
		options: Dispatcher.RequestOptions,
	) => Promise<Dispatcher.ResponseData>;
	export default request;
}

declare module 'undici/lib/dispatcher/client.js' {
	export { Client as default } from 'undici';
}

declare module 'undici/lib/core/connect.js' {
	import type { Socket } from 'node:net';
	import type { buildConnector } from 'undici';

	/** Starts to connect; its types leave out that it gives the socket at once. */
	export type Dial = (...given: Parameters<buildConnector.connector>) => Socket;
	const build: (options: buildConnector.BuildOptions) => Dial;
	export default build;
}

declare module 'undici/lib/core/symbols.js' {
	const symbols: { readonly kSocket: unique symbol; readonly kParser: unique symbol };
	export default symbols;
}
