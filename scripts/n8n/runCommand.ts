import { spawn } from 'node:child_process';

export interface CommandOptions {
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	/** Who it runs as, if not as this process. */
	uid?: number;
	gid?: number;
}

export interface CommandResult {
	/** Null when it was killed, or could not be started. */
	code: number | null;
	/** What it printed, on both streams. */
	output: string;
}

/** Runs a program to its end; how it ended is for the caller to judge. */
export function runCommand(
	file: string,
	args: string[],
	options: CommandOptions = {},
): Promise<CommandResult> {
	return new Promise((resolve) => {
		let output = '';
		const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding('utf8').on('data', (text: string) => {
				output += text;
			});
		}
		const kill = () => void child.kill();
		process.once('exit', kill);
		const finish = (result: CommandResult) => {
			process.off('exit', kill);
			resolve(result);
		};
		child.once('error', ({ message }) => finish({ code: null, output: message }));
		child.once('close', (code) => finish({ code, output }));
	});
}
