import { Command, InvalidArgumentError, Option } from 'commander';
import { parseCommand } from '../parseCommand';
import { releases, type Release } from './releases';

export interface Flags {
	port: number;
	relayPort?: number;
	pace: number;
	n8n: Release;
	fresh: boolean;
}

const about = `Starts the real n8n with this node in it, a credential, and the example workflows.

The first run installs n8n into ~/.cache/n8n-nodes-chat-video (3 GB, 5 to 10 minutes).
Each port has workflows of its own, so several can run at the same time.`;

const more = `
Environment:
  CHAT_VIDEO_BASE_URL, CHAT_VIDEO_API_KEY
                        a service that charges, as a credential of its own;
                        the simulated relay on this machine is there as well
  CHAT_VIDEO_CACHE      another folder for n8n`;

/**
 * @param args what follows `npm run n8n --`
 * @returns undefined when help was asked for, and printed
 * @throws Misuse
 */
export function parseFlags(args: string[]): Flags | undefined {
	const command = new Command('npm run n8n --')
		.description(about)
		.option('--port <number>', 'port of the editor', toPort, 5678)
		.option('--relay-port <number>', 'port of the simulated relay (default: a free one)', toPort)
		.option('--pace <ms>', 'milliseconds between two events of the relay', toNumber, 150)
		.addOption(
			new Option('--n8n <version>', 'which n8n')
				.argParser(toRelease)
				.default(releases[0], releases[0].n8n),
		)
		.option('--fresh', 'forget the workflows and executions of earlier runs on this port', false)
		.addHelpText('after', more);
	return parseCommand(command, args);
}

function toNumber(text: string): number {
	const value = Number(text);
	if (text.trim() !== '' && Number.isInteger(value) && value >= 0) return value;
	throw new InvalidArgumentError('It takes a whole number.');
}

function toPort(text: string): number {
	const port = toNumber(text);
	if (port >= 1 && port <= 65_535) return port;
	throw new InvalidArgumentError('A port is from 1 to 65535.');
}

function toRelease(text: string): Release {
	const release = releases.find(({ n8n }) => n8n === text);
	if (release) return release;
	const known = releases.map(({ n8n }) => n8n).join(' and ');
	throw new InvalidArgumentError(`Known are ${known}.`);
}
