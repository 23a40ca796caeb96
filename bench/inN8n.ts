import type { IDataObject, INodeType } from 'n8n-workflow';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine, type Engine, type RunOptions } from '../test/support/engine';
import { chain, chatVideoNode, workflowNode } from '../test/support/engineWorkflow';
import { apiKey, ask, raw } from './clients';
import { compare, growthOf, settle } from './compare';
import type { Setting } from './measure';

/** One item through n8n-core's own engine, and through a node there that reads raw bytes. */
export async function item({ wire, quick }: Setting): Promise<number[]> {
	const read = raw();
	const rawNode = {
		description: { inputs: ['main'], outputs: ['main'], properties: [] },
		execute: async () => [[{ json: { bytes: await read(`${wire}/plain/reference`) } }]],
	};
	const engine = await startEngine({ nodes: { 'bench.raw': rawNode as unknown as INodeType } });
	const rawWorkflow = chain(workflowNode({ type: 'bench.raw' }));
	return await compare(
		() => run(engine, wire, { prompt: ask.messages[0].content }),
		() => engine.run(rawWorkflow),
		quick ? { pairs: 3, time: 500, warmUp: 100 } : { pairs: 15, time: 8_000, warmUp: 1_000 },
	);
}

const effortFor = (quick: boolean) =>
	quick ? { pairs: 2, time: 0, warmUp: 100 } : { pairs: 9, time: 0, warmUp: 500 };

export async function items({ wire, quick }: Setting): Promise<number[]> {
	const engine = await startEngine();
	const workOf = (amount: number) => {
		const given = Array.from({ length: amount }, (_, index) => ({ json: { index } }));
		const parameters = { prompt: '={{ "kitten " + $json.index }}' };
		return () => run(engine, wire, parameters, { items: given });
	};
	return await growthOf(quick ? [1, 10] : [1, 10, 100, 1_000], workOf, effortFor(quick));
}

export async function turns({ wire, quick }: Setting): Promise<number[]> {
	const engine = await startEngine();
	const answer = { role: 'assistant', content: 'A turn that was taken before. '.repeat(20) };
	const workOf = (amount: number) => {
		const messages = Array.from({ length: amount }, () => [ask.messages[0], answer]).flat();
		const history = { history: 'json', messages: JSON.stringify(messages) };
		return () => run(engine, wire, { operation: 'modify', prompt: 'At night', ...history });
	};
	return await growthOf(quick ? [1, 10] : [1, 10, 50], workOf, effortFor(quick));
}

/** Speed of a file into n8n's storage on disk, that of `curl -o` being 1; the stream is included. */
export async function download({ wire, quick }: Setting): Promise<number[]> {
	await fetch(`${wire}/size/${quick ? 32 : 256}`);
	const folder = await mkdtemp(join(tmpdir(), 'chat-video-bench-'));
	const engine = await startEngine();
	const save = () =>
		run(engine, wire, { prompt: 'A kitten', downloadVideo: true }, { binary: 'filesystem' });
	try {
		await save();
		const ratios: number[] = [];
		while (ratios.length < (quick ? 2 : 9)) {
			await settle();
			const curl = await timeOf(() => runCurl(`${wire}/video.mp4`, join(folder, 'curl.mp4')));
			ratios.push(curl / (await timeOf(save)));
		}
		return ratios;
	} finally {
		await engine.close();
		await rm(folder, { recursive: true });
	}
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
	const startedAt = performance.now();
	await work();
	return performance.now() - startedAt;
}

async function runCurl(url: string, file: string): Promise<void> {
	const curl = spawn('curl', ['--silent', '--noproxy', '*', '-o', file, url]);
	const [code] = (await once(curl, 'exit')) as [number];
	if (code !== 0) throw new Error(`curl ended with ${code}`);
}

/**
 * @throws {Error} when the node gives no video, or no file where one was asked for
 */
async function run(
	engine: Engine,
	wire: string,
	parameters: IDataObject,
	options: RunOptions = {},
): Promise<void> {
	const workflow = chain(
		chatVideoNode({ parameters: { operation: 'generate', downloadVideo: false, ...parameters } }),
	);
	const credentials = { chatVideoApi: { baseUrl: `${wire}/plain/reference`, apiKey } };
	const done = await engine.run(workflow, { credentials, ...options });
	const [first] = done.items('Chat Video');
	const isThere = first?.binary?.data !== undefined || parameters.downloadVideo !== true;
	if (done.status !== 'success' || !isThere) throw done.error() ?? new Error(done.status);
}
