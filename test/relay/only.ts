import type { TaskBehaviour, TaskEndpoint } from './taskBehaviour';

export const endpoints = ['source', 'share', 'query', 'videos', 'generations'] as const;

/** What all endpoints say, but one. */
export const only = (
	endpoint: TaskEndpoint,
	behaviour: TaskBehaviour,
	others: TaskBehaviour,
): Record<TaskEndpoint, TaskBehaviour> =>
	Object.fromEntries(
		endpoints.map((name) => [name, name === endpoint ? behaviour : others]),
	) as Record<TaskEndpoint, TaskBehaviour>;
