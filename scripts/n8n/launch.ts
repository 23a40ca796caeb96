import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Installation } from './install';
import { freePort } from './port';
import { Unusable } from './Unusable';

export interface LaunchOptions {
	/** What n8n keeps is in `.n8n` in there. */
	folder: string;
	/** 0 takes a free one. */
	port?: number;
	/** Undefined takes a variable of this process away. */
	env?: Record<string, string | undefined>;
	/** What to start, e.g. a worker. */
	command?: string[];
}

/** A running n8n. */
export interface N8n {
	readonly url: string;
	readonly folder: string;
	readonly child: ChildProcess;
	/** What it has printed. */
	log(): Promise<string>;
	/** Ends it and all it started. */
	stop(): Promise<void>;
}

/** Milliseconds for a first start with its migrations, on a slow machine. */
const patience = 180_000;
/** Milliseconds; executions get five seconds of it. */
const farewell = 15_000;

/**
 * Starts n8n and waits until it answers.
 *
 * @throws {Unusable} when the port is taken, or when it does not come up
 */
export async function launch(installation: Installation, options: LaunchOptions): Promise<N8n> {
	const { folder, command = ['start'] } = options;
	const port = await freePort(options.port);
	const broker = await freePort();
	if (port === undefined || broker === undefined) {
		throw new Unusable(`Port ${options.port} is taken. Choose another one with --port.`);
	}
	await mkdir(folder, { recursive: true });
	const file = join(folder, 'n8n.log');
	const log = openSync(file, 'a');
	// A group of its own, so that the task runner it starts goes with it.
	const child = spawn(installation.node, [installation.n8n, ...command], {
		cwd: folder,
		detached: true,
		stdio: ['ignore', log, log],
		env: {
			...hostEnvironment(),
			...quietly,
			...installation.release.settings,
			N8N_USER_FOLDER: folder,
			N8N_PORT: String(port),
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_RUNNERS_BROKER_PORT: String(broker),
			N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
			...options.env,
		},
	});
	closeSync(log);
	const kill = () => signalGroup(child, 'SIGKILL');
	process.once('exit', kill);
	const n8n: N8n = {
		url: `http://127.0.0.1:${port}`,
		folder,
		child,
		log: () => readFile(file, 'utf8'),
		async stop() {
			process.off('exit', kill);
			if (isRunning(child)) {
				const gone = once(child, 'exit');
				child.kill('SIGTERM');
				await Promise.race([gone, sleep(farewell, undefined, { ref: false })]);
			}
			kill();
		},
	};
	try {
		await untilReady(n8n, command[0] === 'start' ? [health, '/rest/settings'] : [health]);
	} catch (error) {
		await n8n.stop();
		throw error;
	}
	return n8n;
}

const health = '/healthz/readiness';

/** Some versions say that they are ready a moment before they serve the editor's own requests. */
async function untilReady({ url, child, log }: N8n, paths: readonly string[]): Promise<void> {
	const end = Date.now() + patience;
	while (Date.now() < end) {
		if (!isRunning(child)) break;
		const answers = await Promise.all(
			paths.map((path) => fetch(`${url}${path}`).catch(() => undefined)),
		);
		if (answers.every((answer) => answer?.ok)) return;
		await sleep(250);
	}
	const lastWords = (await log()).trim().split('\n').slice(-5).join('\n');
	throw new Unusable(
		`n8n ${isRunning(child) ? `did not answer within ${patience / 1000} s` : 'ended while it started'}. Its last words:\n${lastWords}`,
	);
}

const isRunning = ({ exitCode, signalCode }: ChildProcess): boolean =>
	exitCode === null && signalCode === null;

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
	try {
		if (pid !== undefined) process.kill(-pid, signal);
	} catch {
		// All of it has ended already.
	}
}

/** Settings for another n8n on this machine are none of this one's. */
const hostEnvironment = (): NodeJS.ProcessEnv =>
	Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) => !/^(?:N8N|DB|QUEUE|EXECUTIONS|WEBHOOK|NODE)_/.test(name),
		),
	);

/** n8n without look-ups, telemetry and the questions it asks a newcomer. */
const quietly: Readonly<Record<string, string>> = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LOG_LEVEL: 'warn',
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_SECURE_COOKIE: 'false',
	N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
};
