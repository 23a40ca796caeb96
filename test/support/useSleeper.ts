import type { EngineOptions, RunOptions } from './engine';
import type { EngineRun } from './engineRun';
import type { WorkflowJson } from './engineWorkflow';
import { DataTables } from './dataTables';
import { itemsOf, useNode, type NodeUnderTest } from './useNode';

/** Runs workflows that sleep, on a clock that is put forward to when they wake. */
export interface Sleeper {
	readonly node: NodeUnderTest;
	/** New for each test. */
	readonly tables: DataTables;
	/** Milliseconds that nobody had to wait for, in this test. */
	readonly passed: number;
	/** Lets time pass. */
	pass(milliseconds: number): void;
	run(json: WorkflowJson, options?: RunOptions): Promise<EngineRun>;
	/** Wakes an execution when it is time, until it is over. */
	toEnd(json: WorkflowJson, asleep: EngineRun, options?: RunOptions): Promise<EngineRun>;
}

const patience = 40; // times that it wakes

export function useSleeper(engineOptions: EngineOptions = {}): Sleeper {
	const node = useNode({}, engineOptions);
	let tables: DataTables;
	let time: jest.SpyInstance<number, []>;
	let passed = 0;
	beforeEach(() => {
		tables = new DataTables();
		passed = 0;
		const { now } = Date;
		time = jest.spyOn(Date, 'now').mockImplementation(() => now() + passed);
	});
	afterEach(() => time.mockRestore());

	const run: Sleeper['run'] = (json, options = {}) =>
		node.engine.run(json, {
			items: itemsOf({ prompt: 'A cat' }),
			credentials: node.credentials(),
			additionalData: tables.additionalData,
			...options,
		});
	const toEnd: Sleeper['toEnd'] = async (json, asleep, options) => {
		let last = asleep;
		for (let woken = 0; last.status === 'waiting'; woken += 1) {
			if (woken > patience) throw new Error('It sleeps for ever.');
			passed += new Date(last.run.waitTill ?? 0).getTime() - Date.now();
			last = await run(json, { ...options, asleep: last });
		}
		return last;
	};
	return {
		node,
		get tables() {
			return tables;
		},
		get passed() {
			return passed;
		},
		pass(milliseconds) {
			passed += milliseconds;
		},
		run,
		toEnd,
	};
}
