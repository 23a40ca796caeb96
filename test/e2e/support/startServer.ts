import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../scripts/n8n/port';

/** A server of this machine's packages, with a folder that goes with it. */
export interface Server {
	readonly port: number;
	/** It goes on listening, and does nothing. */
	pause(): void;
	/** Ends it in order, and starts it again with what it has on disk. */
	restart(): Promise<void>;
	stop(): Promise<void>;
}

export interface User {
	uid: number;
	gid: number;
}

interface Command {
	file: string;
	args: string[];
	/** Who it runs as, if not as this process. */
	user?: User | undefined;
}

/** Milliseconds; both take less than a second. */
const patience = 20_000;

/** @param prepare makes the folder ready, and says how to start what lives in it */
export async function startServer(
	prepare: (folder: string, port: number) => Promise<Command>,
	user?: User,
): Promise<Server> {
	const port = (await freePort()) ?? 0;
	const folder = await mkdtemp(join(tmpdir(), 'chat-video-server-'));
	if (user) await chown(folder, user.uid, user.gid);
	const { file, args } = await prepare(folder, port);
	const start = async () => {
		const started = spawn(file, args, { cwd: folder, stdio: 'ignore', ...user });
		const failed = once(started, 'error').then(([error]) => {
			throw new Error(`${file} could not be started: ${(error as Error).message}`);
		});
		await Promise.race([untilListening(port), failed]);
		return started;
	};
	let child = await start();
	const end = async (signal: NodeJS.Signals) => {
		if (child.exitCode !== null || child.signalCode !== null) return;
		const gone = once(child, 'exit');
		child.kill(signal);
		await gone;
	};
	const kill = () => void child.kill('SIGKILL');
	process.once('exit', kill);
	return {
		port,
		pause: () => void child.kill('SIGSTOP'),
		async restart() {
			await end('SIGINT');
			child = await start();
		},
		async stop() {
			process.off('exit', kill);
			await end('SIGKILL');
			await rm(folder, { recursive: true, force: true });
		},
	};
}

async function untilListening(port: number): Promise<void> {
	for (const end = Date.now() + patience; Date.now() < end; await sleep(100)) {
		if (await listens(port)) return;
	}
	throw new Error(`Nothing listens on port ${port} after ${patience / 1000} s.`);
}

const listens = (port: number): Promise<boolean> =>
	new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => resolve(true));
		socket.once('error', () => resolve(false));
		socket.once('close', () => socket.destroy());
		socket.once('connect', () => socket.end());
	});
