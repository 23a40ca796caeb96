import * as fc from 'fast-check';
import { refusals } from '../relay/refusals';
import type { Status } from '../relay/situations';

const json = (status: number, code = 'some_code'): Status => ({
	kind: 'status',
	status,
	body: { error: { message: `answered ${status}`, type: 'new_api_error', code } },
});

/** What a gateway makes of an answer that came from further on. */
const hidden = (message: string): Status => ({
	kind: 'status',
	status: 503,
	body: { error: { message, type: 'upstream_error', code: 'bad_response_status_code' } },
});

const late = 10_800; // ms; longer than a gate takes, and shorter than any timeout

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
	...[400, 401, 403, 404, 413, 429].map((status) => refusals.html(status)),
];

/** A generation may run all the same. */
const unclear: readonly Status[] = [
	...[408, 409, 499, 500, 502, 504].map((status) => json(status)),
	...[500, 502, 503, 504, 520, 524].map((status) => refusals.html(status)),
	...[500, 502, 503, 504].map((status) => refusals.emptyBody(status)),
	{ kind: 'status', status: 500, body: 'oops', contentType: 'text/plain' },
	{ kind: 'status', status: 503, body: 'Response timeout', contentType: 'text/plain' },
	...['', 'bad response status code 503', 'upstream error', 'socket hang up', 'sorry'].map(hidden),
	{ kind: 'status', status: 503, body: { message: 'Service Unavailable' } },
	{ kind: 'status', status: 503, body: { 'html-message': '<html>no</html>' } },
	{ kind: 'status', status: 503, body: { detail: JSON.stringify({ error: 'fetch failed' }) } },
	...[400, 403, 422].map((status): Status => ({
		kind: 'status',
		status,
		body: { error: { message: 'The generated video was flagged', code: 'output_moderation' } },
	})),
	{ kind: 'status', status: 500, body: { error: { code: 'insufficient_user_quota' } } },
	{ kind: 'status', status: 303, body: '', headers: { location: '/v1/videos/1' } },
];

/** An answer that is no 2xx; what is unclear is billed or not, and the client cannot know. */
export const statusFault: fc.Arbitrary<Status> = fc.oneof(
	{ weight: 10, arbitrary: fc.constantFrom(...free) },
	{
		weight: 10,
		arbitrary: fc
			.tuple(fc.constantFrom(...unclear), fc.boolean())
			.map(([status, billed]): Status => ({ ...status, billed })),
	},
	{
		weight: 2,
		arbitrary: fc
			.tuple(fc.constantFrom(...free), fc.boolean())
			.map(([status, billed]): Status => ({ ...status, billed, after: late })),
	},
);
