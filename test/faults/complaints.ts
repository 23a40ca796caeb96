import type { Engine } from '../support/engine';
import { invariants } from './invariants/invariants';
import { runSchedule } from './runSchedule';
import type { Schedule } from './schedule';

/** Runs a schedule and says which rules were broken, and how. */
export async function complaints(engine: Engine, schedule: Schedule): Promise<string[]> {
	const ran = await runSchedule(engine, schedule);
	return invariants.flatMap((invariant) =>
		invariant(ran).map((complaint) => `${invariant.name}: ${complaint}`),
	);
}
