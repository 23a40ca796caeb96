import type { Execution } from './ran';

/** All that a user is shown of an execution: its items, and the error that ended it. */
export function shownOf({ run }: Execution): string {
	const error = run.error('Chat Video');
	const items = [...run.json('Chat Video', 0), ...run.json('Chat Video', 1)];
	return JSON.stringify([items, error?.message, error?.description]);
}
