import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Job } from './plan';

export interface Bench {
	/** The Node that measures. */
	node: string;
	wire: string;
	quick: boolean;
	/** Where profiles go. */
	profile?: string | undefined;
}

/** Some clients keep all of a stream. */
const ordinary = ['--expose-gc', '--max-old-space-size=4096'];

/** Where memory is measured, the room for what is thrown away must not grow with the work. */
const frugal = [...ordinary, '--max-semi-space-size=2'];

/**
 * Measures in a process of its own.
 *
 * @throws {Error} when it does not come to its end
 */
export async function runJob({ figure, of }: Job, bench: Bench): Promise<object> {
	const { node, wire, quick, profile } = bench;
	const setting = { wire, quick, of };
	const profiling = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
	const worker = fork(join(__dirname, 'benchWorker.js'), [JSON.stringify([figure, setting])], {
		execPath: node,
		execArgv: [...(figure === 'memory' ? frugal : ordinary), ...profiling],
		env: { ...process.env, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' },
	});
	let measured: object | undefined;
	worker.once('message', (message: object) => {
		measured = message;
	});
	await once(worker, 'exit');
	if (measured === undefined) throw new Error(`${figure} ${Object.values(of).join(' ')} gave up`);
	return measured;
}
