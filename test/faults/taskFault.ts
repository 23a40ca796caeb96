import * as fc from 'fast-check';
import type { TaskBehaviour, TaskBehaviours } from '../relay/taskBehaviour';

const behaviour = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.constantFrom<TaskBehaviour>('done', 'slow', 'unknown', 'wrong', 'down'),
	},
	{ weight: 2, arbitrary: fc.constantFrom<TaskBehaviour>('failed', 'pending') },
	{
		weight: 3,
		arbitrary: fc.constantFrom<TaskBehaviour>(
			{ kind: 'reset' },
			{ kind: 'silent' },
			{ kind: 'slow', pending: 1, then: 'failed' },
			{ kind: 'status', status: 401, body: { error: { message: 'Invalid token' } } },
			{ kind: 'status', status: 403, body: { error: { message: 'not yours' } } },
			{ kind: 'status', status: 200, body: { status: 'error', message: 'task not found' } },
			{ kind: 'status', status: 429, body: 'slow down', contentType: 'text/plain' },
		),
	},
);

/** What the endpoints of a task say, all the same or each its own. */
export const taskFault: fc.Arbitrary<TaskBehaviours> = fc.oneof(
	behaviour,
	fc.record(
		{
			source: behaviour,
			share: behaviour,
			query: behaviour,
			videos: behaviour,
			generations: behaviour,
		},
		{ requiredKeys: [] },
	),
);
