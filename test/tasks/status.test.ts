import { parseStatus, type TaskStatus } from '../../nodes/ChatVideo/tasks/status';

const video = 'https://a.example/v.mp4?se=2025-10-12T15%3A04%3A21Z&sig=x%2By%3D';
const picture = 'https://a.example/start.png';
const done = { state: 'completed', videoUrl: video } as const;

type Row = [name: string, body: unknown, read: Partial<TaskStatus>];

describe('a task that is completed', () => {
	const rows: Row[] = [
		[
			'at its data link',
			{
				id: 'veo3-fast:1',
				images: [{ status: 'completed', url: picture }],
				req: { model: 'veo3-fast', prompt: 'a horse', images: [picture] },
				running: false,
				status: 'completed',
				upsample_video_url: 'https://a.example/hd.mp4',
				video_url: video,
			},
			{
				...done,
				taskId: 'veo3-fast:1',
				model: 'veo3-fast',
				prompt: 'a horse',
				betterUrl: 'https://a.example/hd.mp4',
			},
		],
		[
			'of which only the upsampled video is left',
			{ status: 'completed', upsample_video_url: video },
			{ ...done, betterUrl: video },
		],
		[
			'whose upsampling failed',
			{ status: 'video_upsampling_failed', running: false, video_url: video },
			done,
		],
		[
			'where it is shared',
			{
				content: {
					id: 'gen_1',
					status: 'completed',
					url: video,
					gif_url: 'https://a.example/p.gif',
					draft_info: { downloadable_url: 'https://a.example/d.mp4' },
				},
			},
			{
				...done,
				taskId: 'gen_1',
				gifUrl: 'https://a.example/p.gif',
				downloadUrl: 'https://a.example/d.mp4',
			},
		],
		['as one of several', { status: 'completed', items: [{ url: video }, { url: picture }] }, done],
		[
			'at /v1/video/query',
			{
				id: 'sora-2:task_1',
				detail: {
					id: 'task_1',
					url: video,
					input: { prompt: 'make animate', orientation: 'landscape', images: [picture] },
				},
				status: 'completed',
				thumbnail_url: picture,
			},
			{
				...done,
				taskId: 'sora-2:task_1',
				ids: ['sora-2:task_1', 'task_1'],
				prompt: 'make animate',
				orientation: 'landscape',
				posterUrl: picture,
			},
		],
		[
			'at /v1/videos',
			{ id: 'video_1', model: 'sora-2', status: 'completed', seconds: '10', video_url: video },
			{ ...done, taskId: 'video_1', model: 'sora-2', duration: 10 },
		],
		[
			'at /v2/videos/generations',
			{
				task_id: 'veo3:1',
				status: 'SUCCESS',
				fail_reason: '',
				progress: '100%',
				data: { output: video },
			},
			{ ...done, taskId: 'veo3:1', percent: 100 },
		],
		['with a list as output', { task_id: '1', status: 'SUCCESS', data: { output: [video] } }, done],
		[
			'of new-api, which puts the link where the reason would be',
			{ code: 'success', data: { task_id: '1', status: 'SUCCESS', fail_reason: video } },
			{ ...done, taskId: '1', reason: '' },
		],
		[
			'in an envelope in an envelope',
			{ code: 'success', data: { task_id: '1', status: 'SUCCESS', data: { output: video } } },
			done,
		],
		['whose output is the link', { id: '1', status: 'SUCCEEDED', output: [video] }, done],
		['with a content', { id: 'cgt-1', status: 'succeeded', content: { video_url: video } }, done],
		[
			'with results',
			{ task_status: 'SUCCESS', video_result: [{ url: video, cover_image_url: picture }] },
			{ ...done, posterUrl: picture },
		],
		[
			'with a task_result',
			{
				code: 0,
				data: { task_id: '1', task_status: 'succeed', task_result: { videos: [{ url: video }] } },
			},
			{ ...done, taskId: '1' },
		],
		['with assets', { id: '1', state: 'completed', assets: { video } }, done],
		['whose status is a word nobody knows', { status: 'archived', video_url: video }, done],
	];

	it.each(rows)('%s', (_, body, read) => {
		expect(parseStatus(body)).toMatchObject(read);
	});
});

describe('a task that failed', () => {
	const rows: Row[] = [
		[
			'at its data link',
			{ running: false, status: 'failed', error_message: 'policy' },
			{ reason: 'policy' },
		],
		[
			'by another name',
			{ status: 'failed', video_generation_error: 'policy' },
			{ reason: 'policy' },
		],
		[
			'at 100 %',
			{ status: 'FAILURE', progress: '100%', fail_reason: 'policy' },
			{ reason: 'policy', percent: 100 },
		],
		[
			'as a picture',
			{ status: 'failed', failure_reason: 'input_moderation' },
			{ reason: 'input_moderation' },
		],
		[
			'while it waited',
			{ status: 'failed', detail: { pending_info: { failure_reason: 'policy' } } },
			{ reason: 'policy' },
		],
		[
			'of moderation',
			{
				status: 'failed',
				detail: { pending_info: { failure_reason: null, moderation_result: { code: 'policy' } } },
			},
			{ reason: 'policy' },
		],
		[
			'where it is shared',
			{ content: { status: 'failed', failure_reason: 'policy' } },
			{ reason: 'policy' },
		],
		[
			'with an error',
			{ status: 'failed', error: { code: 'x', message: 'policy' } },
			{ reason: 'policy' },
		],
		[
			'in an envelope',
			{ code: 'success', message: 'ok', data: { status: 'FAILURE', fail_reason: 'policy' } },
			{ reason: 'policy' },
		],
		[
			'with a message of its status',
			{ code: 0, message: 'SUCCEED', data: { task_status: 'failed', task_status_msg: 'policy' } },
			{ reason: 'policy' },
		],
		['without a reason', { status: 'cancelled' }, { reason: 'no reason was given' }],
	];

	it.each(rows)('%s', (_, body, read) => {
		expect(parseStatus(body)).toMatchObject({ state: 'failed', videoUrl: '', ...read });
	});
});

it.each<[word: string, state: string]>([
	['pending', 'queued'],
	['queued', 'queued'],
	['NOT_START', 'queued'],
	['submitted', 'queued'],
	['processing', 'generating'],
	['in_progress', 'generating'],
	['IN_PROGRESS', 'generating'],
	['image_downloading', 'generating'],
	['video_generating', 'generating'],
	['video_upsampling', 'generating'],
	['video_generation_completed', 'unknown'],
	['completed', 'unknown'],
	['archived', 'unknown'],
	['video_generation_failed', 'failed'],
	['error', 'failed'],
	['expired', 'failed'],
	['排队中', 'queued'],
	['处理中', 'generating'],
	['已完成', 'unknown'],
	['生成失败', 'failed'],
])('the word %j, without a video, is %s', (status, state) => {
	expect(parseStatus({ status })?.state).toBe(state);
});

it.each<[name: string, body: object, percent: number | undefined]>([
	['a number', { progress: 40 }, 40],
	['words', { progress: '40%' }, 40],
	['a fraction', { detail: { pending_info: { progress_pct: 0.4217 } } }, 42.2],
	['a word', { progress: 'soon' }, undefined],
	['too much', { progress: 400 }, undefined],
	['nothing', {}, undefined],
])('the percent is read from %s', (_, body, percent) => {
	expect(parseStatus({ status: 'processing', ...body })?.percent).toBe(percent);
});

it('what is still running is not completed, though it has a video', () => {
	const body = { status: 'completed', running: true, video_url: video };
	expect(parseStatus(body)).toMatchObject({ state: 'generating', videoUrl: '' });
});

it.each([
	['a picture', { status: 'completed', url: picture }],
	['a GIF', { status: 'completed', url: 'https://a.example/p.gif' }],
	["a task's page", { status: 'completed', url: 'https://a.example/web/task_1' }],
	['no link', { status: 'completed', url: 'file:///etc/passwd' }],
])('%s is not the video', (_, body) => {
	expect(parseStatus(body)).toMatchObject({ state: 'unknown', videoUrl: '' });
});

it.each([
	['an error', { error: { message: 'no such task' } }],
	['a list', [{ status: 'completed' }]],
	['text', 'completed'],
	['nothing', undefined],
	['an empty object', {}],
])('%s speaks of no task', (_, body) => {
	expect(parseStatus(body)).toBeUndefined();
});

it.each([
	['done', { status: 'success', data: { status: 'SUCCESS', video_url: video } }, 'completed'],
	[
		'failed',
		{ status: 'success', data: { status: 'FAILURE', fail_reason: 'real people' } },
		'failed',
	],
	['underway', { status: 'ok', url: video, data: { status: 'IN_PROGRESS' } }, 'generating'],
	['waiting', { status: 200, data: { task_status: 'submitted' } }, 'queued'],
])('a task that is %s stands within the success of asking for it', (_, body, state) => {
	expect(parseStatus(body)?.state).toBe(state);
});

it.each([
	'视频生成成功',
	'视频生成完成',
	'已生成',
	'处理完成',
	'渲染完成',
	'生成完毕',
	'任务已完成',
])('the word %j, with a video, is completed', (status) => {
	expect(parseStatus({ status, video_url: video })).toMatchObject(done);
});

it.each(['internal error', 'task image not found', '任务失败：参考图片不存在'])(
	'a task that failed by %j did fail',
	(reason) => {
		const body = { id: 'task_1', status: 'failed', error: reason };
		expect(parseStatus(body)).toMatchObject({ state: 'failed', reason });
	},
);

it('takes nothing from what every object inherits', () => {
	const body = JSON.parse('{"status":"failed","__proto__":{"error_message":"x"}}') as unknown;
	expect(parseStatus(body)).toMatchObject({ reason: 'no reason was given' });
});
