import type { Engine } from '../support/engine';
import { clock } from '../support/clock';
import { invariants } from './invariants/invariants';
import { runSchedule } from './runSchedule';
import type { Schedule } from './schedule';
import { stalls } from './stalls';

/** Runs a schedule and says which rules were broken, and how. */
export async function complaints(engine: Engine, schedule: Schedule, tries = 5): Promise<string[]> {
	const startedAt = clock.realNow();
	const ran = await runSchedule(engine, schedule);
	const said = invariants.flatMap((invariant) =>
		invariant(ran).map((complaint) => `${invariant.name}: ${complaint}`),
	);
	if (said.length === 0 || tries <= 1 || !stalls.since(startedAt)) return said;
	stalls.reruns += 1;
	return await complaints(engine, schedule, tries - 1);
}
