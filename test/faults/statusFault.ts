import * as fc from 'fast-check';
import { refusals } from '../relay/refusals';
import type { Status } from '../relay/situations';

const json = (status: number, code = 'some_code'): Status => ({
	kind: 'status',
	status,
	body: { error: { message: `answered ${status}`, type: 'new_api_error', code } },
});

/** Refused before anything could start. */
const free: readonly Status[] = [
	refusals.badRequest(),
	refusals.unauthorized(),
	refusals.quota(),
	refusals.modelNotFound(),
	refusals.rateLimited(),
	refusals.rateLimited(1),
	refusals.rateLimited(3),
	refusals.rateLimited(100_000),
	refusals.busy('json'),
	refusals.busy('text'),
	refusals.busy('json', 2),
	...[402, 403, 404, 413, 422].map((status) => json(status)),
];

/** A generation may run behind it. */
const unclear: readonly Status[] = [
	...[408, 409, 499, 500, 502, 504].map((status) => json(status)),
	...[500, 502, 503, 504, 520, 524].map((status) => refusals.html(status)),
	...[500, 502, 503, 504].map((status) => refusals.emptyBody(status)),
	{ kind: 'status', status: 500, body: 'oops', contentType: 'text/plain' },
	{ kind: 'status', status: 503, body: 'Response timeout', contentType: 'text/plain' },
	{ kind: 'status', status: 303, body: '', headers: { location: '/v1/videos/1' } },
];

/** An answer that is no 2xx; what is unclear is billed or not, and the client cannot know. */
export const statusFault: fc.Arbitrary<Status> = fc.oneof(
	{ weight: 1, arbitrary: fc.constantFrom(...free) },
	{
		weight: 1,
		arbitrary: fc
			.tuple(fc.constantFrom(...unclear), fc.boolean())
			.map(([status, billed]): Status => ({ ...status, billed })),
	},
);
