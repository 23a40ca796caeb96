import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { EngineRun } from '../../test/support/engineRun';
import type { WorkflowJson } from '../../test/support/engineWorkflow';
import { Misuse } from '../parseCommand';
import { readService, simulate, type Service } from '../service';
import { type Flags, parseFlags } from './flags';
import exported from '../../examples/generate-then-modify.json';
import { onInterrupt } from './interrupt';
import { paintFor } from './paint';
import { ProgressBar } from './progressBar';
import { ProgressLines } from './progressLines';
import { saveFiles } from './saveFiles';
import { summarize } from './summarize';
import { Watch } from './watch';

const turns = ['Generate video', 'Modify video'];
/** Milliseconds between two chunks of the simulated relay: slow enough to watch. */
const pace = 40;

const { stdout, stderr } = process;
const paint = paintFor(stdout);

/** @returns the exit code */
async function main(): Promise<number> {
	const flags = parseFlags(process.argv.slice(2));
	if (!flags) return 0;
	const configured = readService(process.env);
	const service = configured ?? (await simulate({ pace }));
	try {
		const by =
			configured?.baseUrl ?? 'a simulated relay: free of charge, and its links end with it';
		print(`${paint('bold', 'Generate a video, then modify it')}\n${paint('dim', `by ${by}`)}\n`);
		return await runExample(toWorkflow(flags), service);
	} finally {
		await service.close?.();
	}
}

async function runExample(workflow: WorkflowJson, { baseUrl, apiKey }: Service): Promise<number> {
	// n8n takes a second to load: not for --help, and not for a wrong flag
	const { startEngine } = await import('../../test/support/engine');
	const { projectRoot } = await import('../../test/support/engineNodeTypes');
	const engine = await startEngine();
	const interrupt = onInterrupt();
	// A moving bar on a terminal, a line for each step elsewhere.
	const progress = stdout.isTTY ? new ProgressBar(stdout, paint) : new ProgressLines(stdout);
	const watch = new Watch(turns, progress);
	try {
		const run = await engine.run(workflow, {
			credentials: { chatVideoApi: { baseUrl, apiKey } },
			binary: 'filesystem',
			signal: interrupt.signal,
			onChunk: (chunk) => watch.hear(chunk),
			hooks: {
				nodeExecuteBefore: (node) => watch.begin(node),
				nodeExecuteAfter: (_, { executionStatus }) =>
					watch.end(executionStatus === 'success' ? 'completed' : 'failed'),
			},
		});
		watch.end('stopped');
		const folder = join(projectRoot(), 'out');
		const file = join(folder, 'items.json');
		await saveItems(run, file);
		const files = new Map<string, string[]>();
		for (const turn of turns) {
			const paths = await saveFiles(run, turn, folder);
			files.set(
				turn,
				paths.map((path) => relative(process.cwd(), path)),
			);
		}
		const { code, paragraphs } = summarize(run, {
			turns,
			taskOf: (turn) => watch.taskOf(turn),
			filesOf: (turn) => files.get(turn) ?? [],
			file: relative(process.cwd(), file),
			columns: stdout.columns,
			paint,
		});
		for (const paragraph of paragraphs) print(`\n${paragraph}`);
		return code;
	} finally {
		watch.end('failed');
		interrupt.release();
		await engine.close();
	}
}

function toWorkflow({ prompt, change, model }: Flags): WorkflowJson {
	const workflow = structuredClone(exported) as unknown as WorkflowJson;
	for (const [index, words] of [prompt, change].entries()) {
		const { parameters } = workflow.nodes.find(({ name }) => name === turns[index]) ?? {};
		if (!parameters) continue;
		if (words !== undefined) parameters.prompt = words;
		if (model !== undefined) parameters.model = { __rl: true, mode: 'id', value: model };
	}
	return workflow;
}

async function saveItems(run: EngineRun, file: string): Promise<void> {
	const items = turns.flatMap((turn) => run.json(turn));
	if (items.length === 0) return;
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, `${JSON.stringify(items, null, 2)}\n`);
}

function print(text: string): void {
	stdout.write(`${text}\n`);
}

main()
	.catch((error: Error) => {
		stderr.write(`${error.message}\n`);
		return error instanceof Misuse ? 2 : 1;
	})
	.then((code) => {
		process.exitCode = code;
	});
