import { engineFolder } from './engineEnvironment';
import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { BinaryDataService } from 'n8n-core';

/** What one run wants of services that n8n keeps once per process. */
export interface RunScope {
	binary: BinaryStorage;
	blockPrivateAddresses: boolean;
	logs: LogEntry[];
}

/** Where `prepareBinaryData` puts a file: into the item (n8n's `default` mode), on disk, or nowhere, for ever. */
export type BinaryStorage = 'memory' | 'filesystem' | 'silent';

export interface LogEntry {
	level: string;
	message: string;
	meta: Record<string, unknown>;
}

interface Container {
	get<T>(type: new (...services: never[]) => T): T;
}

interface Logger {
	setInternalLogger(logger: object): void;
}

const scopes = new AsyncLocalStorage<RunScope>();

let users = 0;
let ready: Promise<void> | undefined;

/**
 * n8n-core has its services in a container of its own: other packages bring other versions of
 * `@n8n/di` and `@n8n/config`, and what is set in those never reaches it.
 */
const load = createRequire(require.resolve('n8n-core'));

/** Prepares n8n's process-wide services; every caller gives them back with `closeHost`. */
export async function openHost(): Promise<void> {
	users += 1;
	ready ??= prepare();
	await ready;
	await mkdir(engineFolder, { recursive: true });
}

/** The last one out removes the folder with all binary data. */
export async function closeHost(): Promise<void> {
	users -= 1;
	if (users > 0) return;
	await rm(engineFolder, { recursive: true, force: true });
}

/** Everything started in `work`, however late it runs on, sees this scope: runs may overlap. */
export function inScope<T>(scope: RunScope, work: () => T): T {
	return scopes.run(scope, work);
}

export function readBinary(binaryId: string): Promise<Buffer> {
	return container().get(BinaryDataService).getAsBuffer({ id: binaryId, data: '', mimeType: '' });
}

function container(): Container {
	return (load('@n8n/di') as { Container: Container }).Container;
}

async function prepare(): Promise<void> {
	const { Logger } = load('@n8n/backend-common') as { Logger: new () => Logger };
	const { SsrfProtectionConfig } = load('@n8n/config') as {
		SsrfProtectionConfig: new () => object;
	};
	const services = container();

	services.get(Logger).setInternalLogger(scopeLog);
	defineByScope(services.get(SsrfProtectionConfig), 'enabled', (scope) => {
		return scope?.blockPrivateAddresses ?? false;
	});

	const binaryData = services.get(BinaryDataService);
	await binaryData.init();
	defineByScope(binaryData, 'mode', (scope) => {
		return modes[scope?.binary ?? 'memory'];
	});
	const silent = { store: () => new Promise<never>(() => {}) };
	Object.assign(Reflect.get(binaryData, 'managers') as object, { [modes.silent]: silent });
}

const modes = { memory: 'default', filesystem: 'filesystem-v2', silent: 's3' } as const;

/** n8n has one setting per process; a run gets its own by the async context it runs in. */
function defineByScope(
	service: object,
	setting: string,
	read: (scope: RunScope | undefined) => unknown,
): void {
	Object.defineProperty(service, setting, {
		configurable: true,
		get: () => read(scopes.getStore()),
	});
}

/** Stands where n8n has winston; what is logged outside of a run is nobody's. */
const scopeLog = {
	child: () => scopeLog,
	log: (level: string, message: string, meta: Record<string, unknown>) => {
		scopes.getStore()?.logs.push({ level, message, meta });
	},
};
