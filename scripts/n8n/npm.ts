import { runCommand, type CommandResult } from './runCommand';

/** What `npm run` hands its children about this project is not meant for another folder. */
const ownFolder =
	/^(?:npm_config_(?:local_prefix|prefix|ignore_scripts)|npm_package_.*|npm_lifecycle_.*)$/i;

/** Runs npm in a folder that is not this project. */
export function npm(cwd: string, args: string[]): Promise<CommandResult> {
	const env = Object.fromEntries(
		Object.entries(process.env).filter(([name]) => !ownFolder.test(name)),
	);
	const { npm_execpath: script } = process.env;
	return script
		? runCommand(process.execPath, [script, ...args], { cwd, env })
		: runCommand('npm', args, { cwd, env });
}

/** Packages that hold nothing but Node's own binary, one for each platform. */
export const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
