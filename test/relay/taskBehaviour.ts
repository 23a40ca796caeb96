/** The places where a task can be asked for. */
export type TaskEndpoint = 'web' | 'source' | 'share' | 'query' | 'videos' | 'generations';

/**
 * What an endpoint says about a task. `slow` is pending twice, then done; `down` is a 500, then a destroyed
 * connection, in turn; `wrong` is a web page, then nonsense, then another task's body, in turn; `unknown` is a 404.
 */
export type TaskBehaviour =
	| 'done'
	| 'failed'
	| 'pending'
	| 'slow'
	| 'down'
	| 'wrong'
	| 'unknown'
	| { kind: 'slow'; pending: number; then?: 'done' | 'failed' }
	/** Unknown to so many questions, then done. */
	| { kind: 'late'; unknown: number }
	| { kind: 'status'; status: number; body?: unknown; contentType?: string }
	| { kind: 'page' }
	| { kind: 'nonsense' }
	| { kind: 'other' }
	| { kind: 'reset' }
	| { kind: 'silent' };

/** One behaviour for all endpoints, or one each; what is not named is as the turn ended. */
export type TaskBehaviours = TaskBehaviour | Partial<Record<TaskEndpoint, TaskBehaviour>>;
