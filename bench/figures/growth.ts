import { startEngine, type Engine } from '../engine';
import { chain, chatVideoNode } from '../../test/support/engineWorkflow';
import { readChunks } from '../../nodes/ChatVideo/chat/chunks';
import { readDeltas } from '../../nodes/ChatVideo/chat/deltas';
import { readEvents } from '../../nodes/ChatVideo/chat/events';
import { transcribe } from '../../nodes/ChatVideo/transcript/transcribe';
import { openClient } from '../clients/openClient';
import { apiKey, ask } from '../clients/ask';
import { cpuOf, repeat, settle } from '../cpu';
import { exponentOf, type Point } from '../exponent';
import { spreadOf } from '../spread';
import { tokenStream } from '../wire/streams';
import type { Figure } from './figure';

/** An amount of work of one kind, ready to be done. */
type Task = (amount: number) => Promise<() => Promise<unknown>>;

/** How the cost grows with the work. */
export const growth: Figure = async ({ wire, quick, of }) => {
	const { amounts, open } = kinds[of.kind ?? ''] ?? { amounts: [] };
	const engine = await startEngine();
	const task = open?.(wire, engine);
	try {
		const points: Point[] = [];
		for (const amount of quick ? amounts.slice(0, 3) : amounts) {
			const work = await task?.(amount);
			if (work !== undefined) points.push({ amount, cost: await costOf(work, quick ? 3 : 9) });
		}
		return { points, exponent: exponentOf(points) };
	} finally {
		await engine.close();
	}
};

const warmUp = 500; // ms of computing until the compiler has seen it all
const sample = 40; // ms of computing in a measurement; short work is repeated

async function costOf(work: () => Promise<unknown>, times: number): Promise<number> {
	let last = 0;
	for (let spent = 0; spent < warmUp; spent += last) last = await cpuOf(work);
	const repeated = Math.max(1, Math.round(sample / last));
	const costs: number[] = [];
	for (let time = 0; time < times; time += 1) {
		await settle();
		costs.push((await cpuOf(() => repeat(repeated, work))) / repeated);
	}
	return spreadOf(costs).median;
}

const kinds: Record<
	string,
	{ amounts: readonly number[]; open: (wire: string, engine: Engine) => Task }
> = {
	items: {
		amounts: [1, 10, 100, 1_000],
		open: (wire, engine) => (count) => {
			const items = Array.from({ length: count }, (_, index) => ({ json: { index } }));
			const parameters = { operation: 'generate', prompt: '={{ "kitten " + $json.index }}' };
			return inEngine(engine, wire, parameters, items);
		},
	},
	deltas: {
		amounts: [100, 1_000, 10_000, 100_000],
		open: (wire) => async (count) => {
			const node = await openClient('node');
			return () => node.read(`${wire}/plain/tokens-${count}`);
		},
	},
	'deltas that arrive alone': {
		amounts: [100, 1_000, 10_000, 100_000],
		open: (wire) => (count) => {
			const events = tokenStream(count, wire)
				.body.toString()
				.split(/(?<=\n\n)/);
			const pieces = events.map((event) => Buffer.from(event));
			return Promise.resolve(() =>
				transcribe(readDeltas(readChunks(readEvents(arriving(pieces)))), () => {}),
			);
		},
	},
	'turns of history': {
		amounts: [1, 10, 50],
		open: (wire, engine) => (count) => {
			const messages = Array.from({ length: count }, () => [
				ask.messages[0],
				{ role: 'assistant', content: 'A turn that was taken before. '.repeat(20) },
			]).flat();
			const parameters = {
				operation: 'modify',
				prompt: 'At night',
				history: 'json',
				messages: JSON.stringify(messages),
			};
			return inEngine(engine, wire, parameters);
		},
	},
};

async function* arriving(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
	yield* pieces;
}

function inEngine(
	engine: Engine,
	wire: string,
	parameters: Record<string, string>,
	items?: Array<{ json: { index: number } }>,
): Promise<() => Promise<void>> {
	const workflow = chain(chatVideoNode({ parameters }));
	const credentials = { chatVideoApi: { baseUrl: `${wire}/plain/reference`, apiKey } };
	return Promise.resolve(async () => {
		const run = await engine.run(workflow, { credentials, ...(items && { items }) });
		if (run.status !== 'success') throw run.error() ?? new Error(run.status);
	});
}
