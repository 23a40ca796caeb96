import * as fc from 'fast-check';
import type { Delivery, Framing, Generate, Stage, Story } from '../relay/situations';
import { stages } from '../relay/wire';
import { earlierVideo } from './earlierVideo';
import { rarely } from './rarely';
import { taskFault } from './taskFault';

const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => rarely(5, arbitrary);

const defined = <T extends object>(fields: T) =>
	Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
		[Name in keyof T]?: Exclude<T[Name], undefined>;
	};

const yes = fc.constant(true);

/** The relay's first try, which came to nothing. */
export const firstTask = 'task_01k0dead0000000000000000aa';

const asides: NonNullable<Story['asides']> = [
	{ before: 'beforeTask', text: `\n\n> ID: \`${firstTask}\`\n> 排队中\n> 生成失败，正在重试\n` },
	{
		before: 'beforeTask',
		text: `\nRemix of Task ID: \`${earlierVideo.taskId}\`, sid: ${earlierVideo.sid}\n${earlierVideo.videoUrl}\n`,
	},
	{ before: 'afterProgress', text: '\n[在线播放▶️]({preview})\n>🏃 进度 97..98..\n' },
];

/** What holds a connection open, in whatever form it comes. */
const noise = fc.constantFrom(
	...['null', '""', '[]', ': keep-alive', '[PING]', 'ping - 2026-11-26 10:00:00', 'data: null'],
	...['still working', 'true', '{"type":"ping"}', '[null]'],
);

const story: fc.Arbitrary<Story> = fc
	.record({
		dialect: sometimes(
			fc.constantFrom('english', 'spaced', 'veo', 'veoEnglish', 'submitted', 'sora2api', 'bare'),
		),
		asides: rarely(4, fc.subarray(asides, { minLength: 1 })),
		endsWithPage: rarely(20, yes),
		media: rarely(10, fc.constant({ fetches: 1 })),
		withoutLinks: sometimes(yes),
		withoutTask: rarely(10, yes),
		reasoning: sometimes(yes),
		oneChunk: sometimes(yes),
		deltaSize: sometimes(fc.integer({ min: 1, max: 20 })),
		tasks: rarely(2, taskFault),
	})
	.map(defined);

const framing: fc.Arbitrary<Framing> = fc
	.record({
		pingEvery: sometimes(fc.integer({ min: 1, max: 4 })),
		crlf: sometimes(yes),
		bom: sometimes(yes),
		noSpace: sometimes(yes),
		packing: rarely(10, fc.constantFrom('unseparated', 'lines')),
		prettyPrinted: sometimes(fc.constantFrom('documented', 'prefixed')),
		python: sometimes(yes),
		usageChunk: sometimes(yes),
		message: sometimes(yes),
		omitDone: sometimes(yes),
		noise: rarely(
			4,
			fc.oneof(
				noise.map((data) => `data: ${data}\n\n`),
				fc.constantFrom(
					'event: ping\ndata: 2026-11-26\n\n',
					'event: heartbeat\ndata: {}\n\n',
					'id: 7\n: hello\n\n',
				),
			),
		),
		twoChoices: rarely(8, fc.constantFrom('after', 'before', 'together')),
		indexAs: rarely(8, fc.constantFrom('text', 'absent')),
	})
	.map(defined);

/** n8n's own client decodes by the header alone and gives no trailers: what it loses is in docs/cloud.md. */
const ownClient = <T>(arbitrary: fc.Arbitrary<T>) =>
	process.env.CHAT_VIDEO_BUILD === 'cloud' ? fc.constant(undefined) : arbitrary;

const untrueEncoding = rarely(
	6,
	fc
		.constantFrom('gzip', 'br', 'deflate', 'zstd', 'gzip, gzip')
		.map((coding) => ({ 'content-encoding': coding })),
);

const untrueType = fc.constantFrom(
	...['text/plain', 'application/json', 'text/event-stream; charset=gbk'],
	'text/event-stream; charset=utf-16',
);

const delivery: fc.Arbitrary<Delivery> = fc
	.record({
		splits: sometimes(fc.integer({ min: 40, max: 900 })),
		headersAfter: sometimes(fc.integer({ min: 1, max: 600 })),
		headers: ownClient(untrueEncoding),
		encoding: ownClient(rarely(6, fc.constantFrom('gzip', 'br', 'deflate', 'utf-16le'))),
		contentType: sometimes(untrueType),
		trailers: ownClient(rarely(6, fc.constant({ 'x-task-id': '{taskId}' }))),
	})
	.map(({ headers, ...rest }) =>
		// What two headers say of the encoding is true or not, but not both.
		defined({ ...rest, headers: rest.encoding === undefined ? headers : undefined }),
	);

const stage = fc.constantFrom(...stages);

const position = fc.oneof(
	stage,
	fc.constantFrom<Stage>('afterTask', 'afterProgress', 'midResult'),
	fc.nat(7_000),
);

const said = fc.constantFrom(
	{ message: 'upstream error', type: 'upstream_error', code: 'bad_response_status_code' },
	{ message: 'user quota is not enough', code: 'insufficient_user_quota' },
	{ message: 'This content may violate our guardrails', code: 'moderation_blocked' },
	{ message: '当前分组上游负载已饱和', code: 'rate_limit_exceeded' },
	{ message: 'No available channel for model', code: 'model_not_found' },
	{ message: 'system busy' },
	...['EOF', 'Internal server error', '网络错误', 'stream disconnected', 'Too many requests'].map(
		(message) => ({ message }),
	),
	{ message: 'upstream error: context deadline exceeded', type: 'upstream_error' },
);

/** What goes wrong within a stream, if anything. */
const twist: fc.Arbitrary<Partial<Generate>> = fc.oneof(
	{ weight: 3, arbitrary: fc.constant({}) },
	{
		weight: 7,
		arbitrary: fc.record({
			cutAt: position,
			cutBy: fc.constantFrom('reset' as const, 'destroy' as const, 'end' as const),
		}),
	},
	{ weight: 2, arbitrary: fc.record({ silentAt: position }) },
	{ weight: 1, arbitrary: fc.record({ malformedAt: position }) },
	{
		weight: 2,
		arbitrary: fc.record({
			errorEvent: fc.record({
				at: position,
				error: said,
				then: fc.constantFrom('nothing' as const, 'done' as const, 'rest' as const),
			}),
		}),
	},
	{
		weight: 1,
		arbitrary: fc
			.constantFrom('This content may violate our guardrails', 'Invalid parameter')
			.map((reason) => ({ fails: { at: 92, reason } })),
	},
	{ weight: 1, arbitrary: fc.constant({ holdAfterDone: true }) },
);

/** A generation that answers with a stream, whatever becomes of it; it is always billed. */
export const streamFault: fc.Arbitrary<Generate> = fc
	.tuple(story, framing, delivery, twist)
	.map((parts): Generate => Object.assign({ kind: 'generate' as const }, ...parts) as Generate);
