import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Misuse } from '../parseCommand';
import { readService, simulate, type Service } from '../service';
import { addPackage } from './addPackage';
import { cacheFolder } from './cacheFolder';
import { openClient, owner } from './client';
import { keepCredential, nameOf } from './credential';
import { faultWorkflow } from './faultWorkflow';
import { parseFlags, type Flags } from './flags';
import { importWorkflows, readExamples } from './importWorkflows';
import { install } from './install';
import { launch, type N8n } from './launch';
import { freePort } from './port';
import { say, step } from './say';
import { Unusable } from './Unusable';

const root = join(__dirname, '..');

/** @returns the exit code */
async function main(): Promise<number> {
	const flags = parseFlags(process.argv.slice(2));
	if (!flags) return 0;
	const configured = readService(process.env);
	await checkPorts(flags);
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
	const simulated = await simulateFaults(flags);
	started.push(simulated.close);
	// Two that run at the same time must not write into one database.
	const folder = cacheFolder(`editor-${flags.n8n.n8n}-${flags.port}`);
	if (flags.fresh) await rm(folder, { recursive: true, force: true });
	await step('Packing the node', () => addPackage(root, folder));
	const n8n = await step(`Starting n8n ${flags.n8n.n8n} (up to a minute the first time)`, () =>
		launch(installation, { folder, port: flags.port, env: { ...reachable(), ...logged } }),
	);
	started.push(() => n8n.stop());
	const client = await openClient(n8n.url);
	const free = await keepCredential(client, 'Simulated relay (free)', simulated);
	const charging = configured && (await keepCredential(client, nameOf(configured), configured));
	const examples = await readExamples(join(root, 'examples'));
	await importWorkflows(client, examples, charging ?? free);
	await importWorkflows(client, [faultWorkflow], free);
	say(`
n8n          http://localhost:${flags.port}
Sign in      ${owner.email}, ${owner.password}
Credentials  ${[`${free.name}: makes up videos on this machine`, ...(charging ? [`${charging.name}: charges for each video`] : [])].join('\n             ')}
Workflows    ${[...examples, faultWorkflow].map(({ name }) => name).join('\n             ')}
Log          ${join(folder, 'n8n.log')}

What you change in there is kept for the next time on this port. Workflows keep the
credential they have: choose the other one in a node to change who makes its videos.
Ctrl-C stops n8n and the simulated relay.`);
	return n8n;
}

/** Does what a prompt asks for, so that each error can be tried. */
async function simulateFaults({ relayPort, pace }: Flags): Promise<Required<Service>> {
	const { faultOf } = await import('../../test/relay/faultPrompts');
	return await simulate({
		...(relayPort !== undefined && { port: relayPort }),
		pace,
		models: 'any',
		history: 'any',
		// Task ids of its own: n8n remembers those of earlier runs.
		seed: Date.now(),
		situation: ({ prompt }) => faultOf(prompt),
	});
}

async function checkPorts({ port, relayPort }: Flags): Promise<void> {
	if ((await freePort(port)) === undefined) {
		throw new Unusable(`Port ${port} is taken. Choose another one with --port.`);
	}
	if (relayPort !== undefined && (await freePort(relayPort)) === undefined) {
		throw new Unusable(`Port ${relayPort} is taken. Choose another one with --relay-port.`);
	}
}

/** Each task id is written to the log the moment it is known. */
const logged = { N8N_LOG_LEVEL: 'info' };

/** A proxy is not asked for a relay on this machine. */
function reachable(): Record<string, string> {
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
