import * as fc from 'fast-check';
import type { Situation } from '../relay/situations';
import { statusFault } from './statusFault';
import { streamFault } from './streamFault';
import { taskFault } from './taskFault';

const when = fc.constantFrom('beforeHeaders' as const, 'afterHeaders' as const);

const jsonError = fc.constantFrom(
	{ error: { message: 'user quota is not enough', code: 'insufficient_user_quota' } },
	{ error: { message: 'This content may violate our guardrails' } },
	{ error: 'boom (request id: abc123)' },
	{ code: 'fail', message: 'upstream gone' },
);

/** What one request meets. Where the client cannot know whether it was billed, it is or is not. */
export const fault: fc.Arbitrary<Situation> = fc.oneof(
	{ weight: 14, arbitrary: streamFault },
	{ weight: 5, arbitrary: statusFault },
	{ weight: 2, arbitrary: fc.constant<Situation>({ kind: 'generate' }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('reset'), when, billed: fc.boolean() }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('silent'), when, billed: fc.boolean() }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('html200'), billed: fc.boolean() }) },
	{
		weight: 1,
		arbitrary: fc.record({ kind: fc.constant('json'), body: jsonError, billed: fc.boolean() }),
	},
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('completion'), tasks: taskFault }) },
);
