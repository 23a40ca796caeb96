import type { Invariant } from './invariant';

const atOnce = 5_000; // ms; the process is shared with the other schedules

/** Every execution ends within the timeouts of its items, and one that is stopped at once. */
export const endsInTime: Invariant = ({ hung, executions }) => [
	...(hung === undefined ? [] : [`execution ${executions.length} did not end within ${hung} ms`]),
	...executions.flatMap(({ heldFor }) =>
		heldFor > atOnce ? [`it went on for ${heldFor} ms after Stop`] : [],
	),
];
