import { startEngine } from '../engine';
import { chain, chatVideoNode } from '../../test/support/engineWorkflow';
import { apiKey } from '../clients/ask';
import { spreadOf } from '../spread';
import type { Figure } from './figure';

const atOnce = 50;

/** The ideal time of many items on a paced relay, as a part of the time they took. */
export const concurrency: Figure = async ({ wire, quick }) => {
	const [count, ms] = quick ? [100, 500] : [200, 2_000];
	const engine = await startEngine();
	try {
		const items = Array.from({ length: count }, (_, index) => ({ json: { index } }));
		const parameters = {
			operation: 'generate',
			prompt: '={{ "kitten " + $json.index }}',
			options: { maxConcurrency: atOnce },
		};
		const workflow = chain(chatVideoNode({ parameters }));
		const credentials = { chatVideoApi: { baseUrl: `${wire}/paced-${ms}/reference`, apiKey } };
		const parts: number[] = [];
		for (let time = 0; time < (quick ? 1 : 5); time += 1) {
			const startedAt = performance.now();
			const run = await engine.run(workflow, { credentials, items });
			if (run.status !== 'success') throw run.error() ?? new Error(run.status);
			parts.push(((count / atOnce) * ms) / (performance.now() - startedAt));
		}
		return { part: spreadOf(parts) };
	} finally {
		await engine.close();
	}
};
