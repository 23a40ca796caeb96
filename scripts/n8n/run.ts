import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Misuse, readService, type Service } from '../start/flags';
import { addPackage } from './addPackage';
import { cacheFolder } from './cacheFolder';
import { openClient } from './client';
import { keepCredential } from './credential';
import { parseFlags, type Flags } from './flags';
import { importExamples } from './importExamples';
import { install } from './install';
import { launch, type N8n } from './launch';
import { owner } from './owner';
import { freePort } from './port';
import { say, step } from './say';
import { Unusable } from './Unusable';

const root = join(__dirname, '..');

/** @returns the exit code */
async function main(): Promise<number> {
	const flags = parseFlags(process.argv.slice(2));
	if (!flags) return 0;
	const configured = readService(process.env);
	await checkPorts(flags, configured);
	const started: Array<() => Promise<void>> = [];
	const interrupted = once(process, 'SIGINT');
	process.once('SIGTERM', () => process.emit('SIGINT'));
	try {
		const come = bringUp(flags, configured, started);
		const ended = await Promise.race([interrupted.then(() => undefined), come]);
		if (!ended) return 130;
		await Promise.race([interrupted, once(ended.child, 'exit')]);
		say('\nStopping.');
		return 0;
	} finally {
		for (const stop of started.reverse()) await stop();
	}
}

async function bringUp(
	flags: Flags,
	configured: Service | undefined,
	started: Array<() => Promise<void>>,
): Promise<N8n> {
	const installation = await install(flags.n8n);
	const service = configured ?? (await simulate(flags));
	if (service.close) started.push(service.close);
	const folder = cacheFolder(`editor-${flags.n8n.n8n}`);
	if (flags.fresh) await rm(folder, { recursive: true, force: true });
	await addPackage(root, folder);
	const n8n = await step(`Starting n8n ${flags.n8n.n8n}`, () =>
		launch(installation, { folder, port: flags.port, env: reachable(service) }),
	);
	started.push(() => n8n.stop());
	const client = await openClient(n8n.url);
	const { baseUrl, apiKey } = service;
	const credential = await keepCredential(client, { baseUrl, apiKey });
	const workflows = await importExamples(client, join(root, 'examples'), credential);
	say(`
n8n         http://localhost:${flags.port}
Sign in     ${owner.email}, ${owner.password}
Videos by   ${configured ? `${baseUrl}, which charges for them` : `a simulated relay on ${baseUrl}: free of charge`}
Workflows   ${workflows.join('\n            ')}

Ctrl-C stops it. What you change in there is kept for the next time.`);
	return n8n;
}

async function simulate({ relayPort: port, pace }: Flags): Promise<Service> {
	const { startRelay } = await import('../../test/relay/relay');
	const relay = await startRelay({ port, pace, models: 'any', history: 'any' });
	return { baseUrl: relay.url, apiKey: relay.apiKey, close: () => relay.close() };
}

async function checkPorts({ port, relayPort }: Flags, configured?: Service): Promise<void> {
	if ((await freePort(port)) === undefined) {
		throw new Unusable(`Port ${port} is taken. Choose another one with --port.`);
	}
	if (!configured && (await freePort(relayPort)) === undefined) {
		throw new Unusable(`Port ${relayPort} is taken. Choose another one with --relay-port.`);
	}
}

/** A proxy is not asked for a relay on this machine. */
function reachable({ close }: Service): Record<string, string> {
	if (!close) return {};
	const { NO_PROXY, no_proxy: noProxy = NO_PROXY } = process.env;
	const hosts = [noProxy, '127.0.0.1', 'localhost'].filter(Boolean).join(',');
	return { NO_PROXY: hosts, no_proxy: hosts };
}

main()
	.catch((error: Error) => {
		const known = error instanceof Unusable || error instanceof Misuse;
		process.stderr.write(`${known ? error.message : error.stack}\n`);
		return error instanceof Misuse ? 2 : 1;
	})
	.then((code) => process.exit(code));
