import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine, type Engine } from '../engine';
import { chain, chatVideoNode } from '../../test/support/engineWorkflow';
import { apiKey } from '../clients/ask';
import { settle } from '../cpu';
import { spreadOf } from '../spread';
import type { Figure } from './figure';

const megabyte = 1024 ** 2;

/** How fast a file comes into n8n's storage on disk, beside `curl -o` of the same file. */
export const download: Figure = async ({ wire, quick }) => {
	const size = quick ? 32 : 256;
	await fetch(`${wire}/size/${size}`);
	const folder = await mkdtemp(join(tmpdir(), 'chat-video-bench-'));
	const engine = await startEngine();
	try {
		await fetchVideo(engine, wire);
		await settle();
		const before = process.memoryUsage.rss();
		const peak = watchMemory();
		const parts: number[] = [];
		for (let time = 0; time < (quick ? 2 : 7); time += 1) {
			const curl = await timeOf(() => runCurl(`${wire}/video.mp4`, join(folder, 'curl.mp4')));
			const own = await timeOf(() => fetchVideo(engine, wire));
			parts.push(curl / own);
		}
		return { part: spreadOf(parts), growth: (peak() - before) / megabyte, size };
	} finally {
		await engine.close();
		await rm(folder, { recursive: true });
	}
};

async function timeOf(work: () => Promise<unknown>): Promise<number> {
	const startedAt = performance.now();
	await work();
	return performance.now() - startedAt;
}

async function fetchVideo(engine: Engine, wire: string): Promise<void> {
	const parameters = { operation: 'generate', prompt: 'A kitten', downloadVideo: true };
	const run = await engine.run(chain(chatVideoNode({ parameters })), {
		credentials: { chatVideoApi: { baseUrl: `${wire}/plain/reference`, apiKey } },
		binary: 'filesystem',
	});
	const [item] = run.items('Chat Video');
	if (item?.binary?.data === undefined) throw run.error() ?? new Error(JSON.stringify(item?.json));
}

async function runCurl(url: string, file: string): Promise<void> {
	const curl = spawn('curl', ['--silent', '--noproxy', '*', '-o', file, url]);
	const [code] = (await once(curl, 'exit')) as [number];
	if (code !== 0) throw new Error(`curl ended with ${code}`);
}

function watchMemory(): () => number {
	let peak = 0;
	const timer = setInterval(() => {
		peak = Math.max(peak, process.memoryUsage.rss());
	}, 10);
	return () => {
		clearInterval(timer);
		return peak;
	};
}
