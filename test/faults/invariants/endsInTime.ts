import type { Invariant } from './invariant';

const atOnce = 9_000; // ms; no timeout of a schedule is shorter, and the machine is shared with other processes

/** Every execution ends within the timeouts of its items, and one that is stopped at once. */
export const endsInTime: Invariant = ({ hung, executions }) => [
	...(hung === undefined ? [] : [`execution ${executions.length} did not end within ${hung} ms`]),
	...executions.flatMap(({ heldFor }) =>
		heldFor > atOnce ? [`it went on for ${heldFor} ms after Stop`] : [],
	),
];
