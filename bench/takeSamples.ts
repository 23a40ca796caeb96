import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Measure, Setting } from './measure';

interface Process {
	/** The Node that measures; this one unless said otherwise. */
	node?: string;
	/** Where a CPU profile goes. */
	profile?: string | undefined;
}

/** The room for what is thrown away is small, so that memory does not grow with the work. */
const frugal = ['--max-semi-space-size=2'];

/**
 * Measures in a process of its own.
 *
 * @throws {Error} when that does not come to its end
 */
export async function takeSamples(
	measure: Measure,
	setting: Setting,
	{ node = process.execPath, profile }: Process = {},
): Promise<number[]> {
	const worker = fork(join(__dirname, 'benchWorker.js'), [JSON.stringify([measure, setting])], {
		execPath: node,
		execArgv: [
			'--expose-gc',
			...(measure === 'memory' ? frugal : []),
			...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]),
		],
		env: { ...process.env, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' },
	});
	let samples: number[] | undefined;
	worker.once('message', (message: number[]) => {
		samples = message;
	});
	await once(worker, 'exit');
	if (samples === undefined) throw new Error(`${measure} did not come to its end`);
	return samples;
}
