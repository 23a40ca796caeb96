import fc from 'fast-check';

/** The names that the tables look for, and some that must mean nothing. */
const names = [
	...[
		'status',
		'state',
		'data',
		'detail',
		'content',
		'id',
		'task_id',
		'video_url',
		'output',
		'url',
		'urls',
	],
	...[
		'items',
		'videos',
		'progress',
		'progress_pct',
		'pending_info',
		'failure_reason',
		'fail_reason',
		'running',
	],
	...[
		'draft_info',
		'downloadable_url',
		'error',
		'errors',
		'message',
		'message_zh',
		'code',
		'type',
		'msg',
	],
	...[
		'request_id',
		'prompt',
		'input',
		'req',
		'duration',
		'thumbnail_url',
		'upsample_video_url',
		'reason',
	],
	...['__proto__', 'constructor', 'prototype', 'toString', '', '0'],
];

const words = [
	...[
		'completed',
		'SUCCESS',
		'failed',
		'FAILURE',
		'queued',
		'in_progress',
		'video_generating',
		'NOT_START',
	],
	...[
		'https://a.example/b.mp4',
		'http://a/b.webp',
		'file:///etc/passwd',
		'javascript:alert(1)',
		'//a/b.mp4',
	],
	...[
		'100%',
		'0.5',
		'-1',
		'1e999',
		'NaN',
		'task_1',
		'sora-2:task_1',
		'{"error":{"message":"a"}}',
		'[1',
		'',
	],
	...[
		'model_not_found',
		'insufficient_user_quota',
		'(request id: abc)',
		'<html>',
		'\u0000',
		'生成失败',
	],
];

const anyLeaf = fc.oneof(
	{ weight: 6, arbitrary: fc.constantFrom<unknown>(...words) },
	fc.constantFrom<unknown>(null, true, false, 0, -1, 42, 1e300, Number.MAX_SAFE_INTEGER, {}, []),
	fc.string({ maxLength: 12 }),
);

const { body } = fc.letrec<{ body: unknown; entry: [string, unknown] }>((tie) => ({
	body: fc.oneof(
		{ maxDepth: 4, depthSize: 'small' },
		anyLeaf,
		// As JSON has it: `__proto__` is a name like any other.
		fc
			.array(tie('entry'), { maxLength: 8 })
			.map((entries) => Object.fromEntries(entries) as unknown),
		fc.array(tie('body'), { maxLength: 3 }),
	),
	entry: fc.tuple(fc.constantFrom(...names), tie('body')),
}));

/** What an endpoint may answer with, as the text of JSON parses. */
export const anyBody: fc.Arbitrary<unknown> = fc.oneof(
	{ weight: 1, arbitrary: body },
	{
		weight: 4,
		arbitrary: fc
			.array(fc.tuple(fc.constantFrom(...names), body), { minLength: 1, maxLength: 10 })
			.map((entries) => Object.fromEntries(entries) as unknown),
	},
);
