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

declare module 'undici/lib/dispatcher/env-http-proxy-agent.js' {
	export { EnvHttpProxyAgent as default } from 'undici';
}

declare module 'undici/lib/dispatcher/pool.js' {
	export { Pool as default } from 'undici';
}

declare module 'undici/lib/core/symbols.js' {
	const symbols: { readonly kSocket: unique symbol; readonly kParser: unique symbol };
	export default symbols;
}

declare module 'undici/lib/api/api-connect.js' {
	import type { Dispatcher } from 'undici';

	/** The method `connect` of a dispatcher: asks a proxy for a tunnel. */
	const connect: Dispatcher['connect'];
	export default connect;
}
