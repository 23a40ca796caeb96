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
	'no healthy upstream',
	'服务维护中',
];

it.each(refusals)('503 is free with words known as a refusal: %j', (body) => {
	expect(free(503, body)).toBe(true);
	expect(free(503, body, 10_001)).toBe(false);
});

const hidden: unknown[] = [
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
	{ error: { message: 'No available channel', innererror: { reason: 'bad gateway' } } },
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
])('words about the prompt do not: %j', (words) => {
	expect(free(400, { error: { message: words } })).toBe(true);
});
