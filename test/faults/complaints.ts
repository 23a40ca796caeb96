import type { Engine } from '../support/engine';
import { invariants } from './invariants/invariants';
import { runSchedule } from './runSchedule';
import type { Schedule } from './schedule';
import { stalls } from './stalls';

/** Runs a schedule and says which rules were broken, and how. */
export const complaints = (engine: Engine, schedule: Schedule): Promise<string[]> =>
	stalls.without(
		async () => {
			const ran = await runSchedule(engine, schedule);
			return invariants.flatMap((invariant) =>
				invariant(ran).map((complaint) => `${invariant.name}: ${complaint}`),
			);
		},
		(said) => said.length > 0,
	);
