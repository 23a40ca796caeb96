import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { startRelay } from '../test/relay/relay';
import { startEngine, type Engine } from '../test/support/engine';
import { chain, chatVideoNode } from '../test/support/engineWorkflow';

/**
 * Downloads a large video into n8n's storage and prints how much memory that took. The relay runs
 * in a process of its own, so that only the node and n8n are measured.
 */

const megabyte = 1024 ** 2;
const large = 300; // MB
const most = 64; // MB of growth: a few buffers, and never the file
const every = 10; // ms between two looks at the memory

type Service = { baseUrl: string; apiKey: string };

/** The prompt says how many megabytes the video has. */
async function serve(): Promise<void> {
	const relay = await startRelay({
		situation: ({ prompt }) => ({
			kind: 'generate',
			media: { each: { video: { size: Number(prompt) * megabyte } } },
		}),
	});
	process.send?.({ baseUrl: relay.url, apiKey: relay.apiKey } satisfies Service);
	process.once('disconnect', () => void relay.close());
}

async function measure(): Promise<number> {
	const relay = fork(process.argv[1] ?? '', ['relay']);
	const engine = await startEngine();
	try {
		const [service] = (await once(relay, 'message')) as [Service];
		await download(engine, service, 1);
		await settle();
		const before = process.memoryUsage.rss();
		const watching = watchMemory();
		const startedAt = Date.now();
		const bytes = await download(engine, service, large);
		const seconds = (Date.now() - startedAt) / 1_000;
		const growth = (watching.end() - before) / megabyte;
		print(`Downloaded  ${bytes / megabyte} MB in ${seconds.toFixed(1)} s`);
		print(`Before      ${Math.round(before / megabyte)} MB`);
		print(`Growth      ${Math.round(growth)} MB at its peak; ${most} MB is the limit`);
		return bytes === large * megabyte && growth < most ? 0 : 1;
	} finally {
		await engine.close();
		await end(relay);
	}
}

/** @returns the bytes n8n says it has stored */
async function download(engine: Engine, service: Service, size: number): Promise<number> {
	const parameters = { operation: 'generate', prompt: String(size), downloadVideo: true };
	const run = await engine.run(chain(chatVideoNode({ parameters })), {
		credentials: { chatVideoApi: { ...service } },
		binary: 'filesystem',
	});
	const error = run.error();
	if (error !== undefined) throw error;
	return run.items('Chat Video')[0]?.binary?.data?.bytes ?? 0;
}

/** What the first run has left is no growth of the second. */
async function settle(): Promise<void> {
	await wait(500);
	globalThis.gc?.();
}

function watchMemory(): { end(): number } {
	let peak = process.memoryUsage.rss();
	const look = (): void => {
		peak = Math.max(peak, process.memoryUsage.rss());
	};
	const timer = setInterval(look, every);
	return {
		end() {
			look();
			clearInterval(timer);
			return peak;
		},
	};
}

async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null) return;
	child.disconnect();
	await once(child, 'exit');
}

function print(line: string): void {
	process.stdout.write(`${line}\n`);
}

async function main(): Promise<void> {
	if (process.argv[2] === 'relay') return await serve();
	process.exitCode = await measure();
}

void main();
