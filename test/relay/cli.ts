import { Command } from 'commander';
import { startRelay } from './relay';
import type { Turn } from './turn';

interface Flags {
	port: string;
	host: string;
	pace: string;
	key: string;
}

const say = (text: string) => process.stdout.write(`${text}\n`);

const shorten = (text: string) => (text.length > 40 ? `${text.slice(0, 39)}…` : text);

const line = ({
	index,
	prompt,
	body,
	status,
	billed,
	taskId,
	at,
	closedByClient,
}: Turn): string => {
	const model =
		typeof body === 'object' && body !== null && 'model' in body ? String(body.model) : '-';
	const time = new Date(at).toTimeString().slice(0, 8);
	const outcome = closedByClient ? 'closed by the client' : `answered ${status ?? 'nothing'}`;
	const bill = billed ? `billed ${taskId}` : 'not billed';
	return `${time}  turn ${index + 1}  ${model}  ${shorten(prompt) || '-'}  ${outcome}, ${bill}`;
};

const example = (url: string, key: string) =>
	[
		`curl -N ${url}/v1/chat/completions \\`,
		`  -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' \\`,
		`  -d '{"model":"sora-2","stream":true,"messages":[{"role":"user","content":"A calico kitten asleep in the sun"}]}'`,
	].join('\n');

/** What the system's codes mean to somebody at a terminal. */
const sentences: Record<string, (flags: Flags) => string> = {
	EADDRINUSE: ({ port, host }) =>
		`Port ${port} on ${host} is taken. Choose another one with --port, or 0 for any free one.`,
	EACCES: ({ port }) => `Port ${port} needs more rights than this user has. Try one above 1023.`,
	EADDRNOTAVAIL: ({ host }) => `${host} is not an address of this machine.`,
	ENOTFOUND: ({ host }) => `${host} is not a name this machine knows.`,
};

const number = (name: string, text: string, highest: number): number => {
	const value = Number(text);
	if (text.trim() !== '' && Number.isInteger(value) && value >= 0 && value <= highest) return value;
	throw new Error(`--${name} takes a whole number from 0 to ${highest}, not "${text}".`);
};

const run = async (flags: Flags): Promise<void> => {
	const relay = await startRelay({
		port: number('port', flags.port, 65_535),
		pace: number('pace', flags.pace, 600_000),
		host: flags.host,
		apiKey: flags.key,
		models: 'any',
		onTurn: (turn) => say(line(turn)),
	});
	say(`Simulated relay on ${relay.url}, key ${relay.apiKey}. Ctrl-C ends it.\n`);
	say(`${example(relay.url, relay.apiKey)}\n`);

	const end = () => {
		say(`\n${relay.turns.length} turns, ${relay.billed} billed.`);
		void relay.close();
	};
	process.once('SIGINT', end);
	process.once('SIGTERM', end);
};

const explain = (cause: unknown, flags: Flags): string => {
	const { code, message } = cause as NodeJS.ErrnoException;
	return (code && sentences[code]?.(flags)) ?? message;
};

void new Command('relay')
	.description('A relay on this machine that speaks the chat video format and makes tiny videos.')
	.option('--port <number>', 'port to listen on, 0 for a free one', '8790')
	.option('--host <address>', 'address to listen on', '127.0.0.1')
	.option('--pace <ms>', 'milliseconds between two events', '60')
	.option('--key <key>', 'API key it accepts', 'test-key')
	.action(async (flags: Flags) => {
		await run(flags).catch((cause: unknown) => {
			process.stderr.write(`${explain(cause, flags)}\n`);
			process.exitCode = 1;
		});
	})
	.parseAsync();
