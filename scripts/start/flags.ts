import { Command, InvalidArgumentError } from 'commander';
import { parseCommand } from '../parseCommand';

export interface Flags {
	prompt?: string;
	change?: string;
	model?: string;
}

const about = `Generates a video and then modifies it: the workflow
examples/generate-then-modify.json on the built node, in n8n's own engine.

Without configuration a simulated relay on this machine answers; it costs
nothing, and its videos are not real.`;

const more = `
Environment:
  CHAT_VIDEO_BASE_URL   the service to use, e.g. https://api.jxincm.cn
  CHAT_VIDEO_API_KEY    the key for it
  NO_COLOR              plain text

With both set, the service charges for two videos. Both items are written to
out/items.json, their videos and posters next to it.

Examples:
  npm start
  npm start -- --prompt "A paper boat in the rain" --change "Make it night"
  CHAT_VIDEO_BASE_URL=https://… CHAT_VIDEO_API_KEY=sk-… npm start

Exit codes:
  0    both videos are there
  1    one of them failed
  2    a flag or a variable is wrong, nothing was sent
  130  stopped by Ctrl-C`;

/**
 * @param args what follows `npm start --`
 * @returns undefined when help was asked for, and printed
 * @throws Misuse
 */
export const parseFlags = (args: string[]): Flags | undefined =>
	parseCommand(
		new Command('npm start --')
			.description(about)
			.option('--prompt <text>', 'what the first video shows', notEmpty)
			.option('--change <text>', 'what the second one changes in it', notEmpty)
			.option('--model <id>', 'the model for both, e.g. sora-2-pro', notEmpty)
			.addHelpText('after', more),
		args,
	);

function notEmpty(text: string): string {
	if (text.trim() === '') throw new InvalidArgumentError('It is empty.');
	return text;
}
