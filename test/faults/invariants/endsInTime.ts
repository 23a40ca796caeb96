import type { Invariant } from './invariant';

/** Every execution ends within the timeouts of its items. */
export const endsInTime: Invariant = ({ hung, executions }) =>
	hung === undefined ? [] : [`execution ${executions.length} did not end within ${hung} ms`];
