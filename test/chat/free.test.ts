import { isFree } from '../../nodes/ChatVideo/chat/free';

const free = (status: number, body: unknown = '', elapsed = 100): boolean =>
	isFree({ status, body: typeof body === 'string' ? body : JSON.stringify(body), elapsed });

const page = '<!DOCTYPE html><html><head><title>no</title></head><body>no</body></html>';
const turnedAway = [
	301, 302, 307, 308, 400, 401, 402, 403, 404, 405, 407, 413, 415, 422, 426, 429, 431,
];

it.each(turnedAway)('%d is free whatever says it, if it came soon', (status) => {
	for (const body of ['', 'no', page, { error: { message: 'no', code: 'some_code' } }]) {
		expect(free(status, body)).toBe(true);
		expect(free(status, body, 10_001)).toBe(false);
	}
});

it.each([
	300, 303, 304, 305, 406, 408, 409, 410, 411, 418, 425, 451, 499, 500, 501, 502, 504, 520, 524,
])('%d is not, whatever it says', (status) => {
	for (const body of ['', 'no', page, { error: { code: 'insufficient_user_quota' } }]) {
		expect(free(status, body)).toBe(false);
	}
});

const refusals: unknown[] = [
	{
		error: {
			message: '分组 default 下模型 sora-2 无可用渠道（distributor）',
			code: 'model_not_found',
		},
	},
	{ error: { message: 'No available channel for model sora-2', type: 'new_api_error' } },
	{ error: { message: 'no available account' } },
	{ error: { message: '当前分组上游负载已饱和，请稍后再试', type: 'upstream_error' } },
	{ error: { message: 'The engine is currently overloaded, please try again later' } },
	{ detail: 'The server is busy' },
	{ message: JSON.stringify({ error: { message: 'under maintenance' } }) },
	'image queue is full, please retry later',
	{
		error: {
			message: '没有可用的Token进行视频生成。所有Token都处于禁用、冷却、配额耗尽或已过期状态。',
			code: 'generation_failed',
			status_code: 503,
		},
	},
	{ error: { message: '没有可用的Token进行图片生成', code: 'generation_failed' } },
	{ error: { message: '没有可用账号用于视频生成，请稍后再试', code: 'video_generation_failed' } },
	{
		error: {
			message: 'No active tokens available for video generation',
			code: 'generation_failed',
		},
	},
	'no healthy upstream',
	'服务维护中',
	'Server is busy. Please retry after 20 seconds.',
	'The server is currently overloaded. Please try again later. (request id: 2026504abc)',
	'There are no available channels for model sora-2 under group vip (distributor)',
	'No active tokens available for video generation',
	'system cpu overloaded (current: 91.2%, threshold: 90%)',
	'当前排队人数过多，队列已满',
	'暂无可用账号，请稍后再试',
	'no available server',
	'no endpoints available for service "relay"',
	{ error: { message: 'Queue is full, estimated wait 40s', code: 'queue_full' } },
	[
		{
			error: {
				code: 503,
				message:
					'This model is currently experiencing high demand. Spikes in demand are usually temporary. Please try again later.',
				status: 'UNAVAILABLE',
			},
		},
	],
	{
		error: {
			message:
				'That model is currently overloaded with other requests. You can retry your request, or contact us through our help center at help.openai.com if the error persists. (Please include the request ID af42b52f9af987ee356f902de5410c82 in your message.)',
			type: 'server_error',
		},
	},
];

it.each(refusals)('503 is free with words known as a refusal: %j', (body) => {
	expect(free(503, body)).toBe(true);
	expect(free(503, body, 10_001)).toBe(false);
});

const hidden: unknown[] = [
	{ error: { message: 'no available account', code: 'generation_failed' } },
	{ error: { message: '没有可用的Token，视频生成失败', code: 'generation_failed' } },
	{ error: { message: '没有可用的Token进行视频生成', code: 'task_failed' } },
	{ error: { message: '没有可用的Token进行视频生成', code: 'bad_response_status_code' } },
	{
		error: {
			message: 'No token for video generation. Generation failed',
			code: 'generation_failed',
		},
	},
	{ error: { message: 'No channel to upscale', code: 'generation_failed' } },
	{ error: { message: '没有可用的Token。任务已过期', code: 'generation_failed' } },
	'',
	page,
	'sorry',
	'Service Unavailable',
	{ message: 'Service Unavailable' },
	{ error: { message: 'bad response status code 503', code: 'bad_response_status_code' } },
	{ error: { message: '', code: 'bad_response_status_code' } },
	{ error: { message: 'bad response status code 504' } },
	{ 'html-message': page },
	{ detail: 'upstream error' },
	...[
		'socket hang up',
		'read ECONNRESET',
		'other side closed',
		'fetch failed',
		'do request failed: Post "https://up.example/v1": EOF',
		'stream error: stream ID 5; INTERNAL_ERROR',
		'upstream request timeout',
		'Internal Server Error',
		'connection reset by peer',
	].flatMap((words) => [
		words,
		{ error: { message: words } },
		{ message: JSON.stringify({ error: words }) },
		{ error: { message: `overloaded: ${words}` } },
	]),
	...[
		'broken pipe',
		'http 502',
		'unexpected end of JSON input',
		'context canceled',
		'Premature close',
		'check your task later',
		'nobody knows these words',
		'网络错误',
		'上游返回错误',
	].map((words) => ({ error: { message: `overloaded: ${words}` } })),
	{ error: { message: 'No available channel', innererror: { reason: 'bad gateway' } } },
	{ error: { message: 'No available channel after retry: previous attempt failed' } },
	{ error: { message: 'saturated', code: 'read_response_body_failed' } },
	{ error: { message: 'saturated', code: 504 } },
	{ error: { message: 'rate limit exceeded while fetching the video' } },
	{ error: { message: 'The video was made, but storage is busy' } },
	{ error: { message: '任务已提交，但系统繁忙' } },
	{ detail: 'Service temporarily overloaded, task already queued' },
	{ error: { message: 'The server is busy. Your video is available at help.example.com' } },
	'error code: 1200',
];

it.each(hidden)('503 that may hide more is not: %j', (body) => {
	expect(free(503, body)).toBe(false);
});

it.each([
	'The generated video was flagged by our safety system',
	'Output moderation blocked the result',
	'output_moderation',
	'The video was rejected after generation',
	'Your video has been removed',
	'生成的视频违规',
	'输出内容审核未通过',
	'The video we made shows real people',
	'Your video could not be delivered',
	'post-processing check did not pass',
	'PUBLIC_ERROR_AUDIO_FILTERED',
	'rejected at frame 24',
	'rate limited while polling',
	'your task was submitted',
	'余额不足，视频已生成',
	'作品违规',
	'{"is_output_rejection":true}',
	'Too Many Requests while querying task status',
	'查询任务失败：请求过于频繁',
	'Task result not found',
	'generation failed after 3 attempts',
	'failed at 92%',
	'watermark removal failed',
	'could not upscale',
	'视频生成失败，积分已退还',
	'credits were deducted, but storage failed',
	'Your credits have been refunded',
])('words about the output come after the work: %j', (words) => {
	for (const status of [400, 403, 422, 429]) {
		for (const body of [words, { error: { message: words } }, { error: { code: words } }]) {
			expect(free(status, body)).toBe(false);
		}
	}
});

it.each([
	'This content may violate our guardrails',
	'prompt blocked by the content policy',
	'input_moderation',
	'Invalid parameter: output_format',
	'提示词包含敏感词',
	'You have not been charged',
	'Invalid parameter: watermark',
	'预扣费额度失败',
	'failed to download image_url',
])('words about the prompt do not: %j', (words) => {
	expect(free(400, { error: { message: words } })).toBe(true);
});
