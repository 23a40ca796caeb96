import { CommanderError, type Command } from 'commander';

/** Something the caller has to say differently: one sentence, exit code 2. */
export class Misuse extends Error {}

/**
 * The flags in what follows a command of npm.
 *
 * @returns undefined when help was asked for, and printed
 * @throws Misuse
 */
export function parseCommand<Flags extends object>(
	command: Command,
	args: string[],
): Flags | undefined {
	command
		.usage('[flags]')
		.helpOption('--help', 'show this')
		.configureOutput({ outputError: () => {} })
		.exitOverride();
	try {
		return command.parse(args, { from: 'user' }).opts<Flags>();
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode === 0) return undefined;
		throw new Misuse(`${toSentence(error.message)} See ${command.name()} --help.`);
	}
}

/** commander says "error: unknown option '--x'", with a guess on a line of its own. */
function toSentence(message: string): string {
	const [first = '', ...rest] = message.replace(/^error: /, '').split('\n');
	const sentence = first.charAt(0).toUpperCase() + first.slice(1).replace(/\.$/, '');
	return `${[sentence, ...rest].join(' ')}.`;
}
