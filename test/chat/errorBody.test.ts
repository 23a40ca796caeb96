import { kindOfReason, parseErrorBody, type ErrorBody } from '../../nodes/ChatVideo/chat/errorBody';
import { timeOf } from '../support/timeOf';
import { fixture } from '../support/fixture';

const rows: Array<[name: string, body: string, said: ErrorBody]> = [
	[
		'an error of new-api',
		'{"error":{"message":"分组 default 下模型 sora-2 无可用渠道（distributor）","type":"new_api_error","code":"model_not_found"}}',
		{
			format: 'json',
			kind: 'modelNotFound',
			message: '分组 default 下模型 sora-2 无可用渠道（distributor）',
			code: 'model_not_found',
			type: 'new_api_error',
		},
	],
	[
		'the same in English',
		'{"error":{"message":"No available channel for model sora-2 under group default","type":"relay_error","code":""}}',
		{
			format: 'json',
			kind: 'modelNotFound',
			message: 'No available channel for model sora-2 under group default',
			code: 'model_not_found',
			type: 'relay_error',
		},
	],
	[
		'the code in its type alone',
		'{"error":{"message":"nope","type":"model_not_found","code":null}}',
		{
			format: 'json',
			kind: 'modelNotFound',
			message: 'nope',
			code: 'model_not_found',
			type: 'model_not_found',
		},
	],
	[
		'a quota by its code',
		'{"error":{"message":"no","type":"x","code":"insufficient_user_quota"}}',
		{ format: 'json', kind: 'quota', message: 'no', code: 'insufficient_user_quota', type: 'x' },
	],
	[
		'a quota by its type',
		'{"error":{"message":"no","type":"insufficient_quota"}}',
		{
			format: 'json',
			kind: 'quota',
			message: 'no',
			code: 'insufficient_quota',
			type: 'insufficient_quota',
		},
	],
	[
		'a quota in words',
		'预扣费额度失败, 用户剩余额度: ＄2.5, 需要预扣费额度: ＄2.6 (request id: 20260511202459747)',
		{
			format: 'text',
			kind: 'quota',
			message:
				'预扣费额度失败, 用户剩余额度: ＄2.5, 需要预扣费额度: ＄2.6 (request id: 20260511202459747)',
			code: 'insufficient_user_quota',
			requestId: '20260511202459747',
		},
	],
	[
		'a quota in English words',
		'{"error":{"message":"user quota is not enough"}}',
		{
			format: 'json',
			kind: 'quota',
			message: 'user quota is not enough',
			code: 'insufficient_user_quota',
		},
	],
	[
		'a balance',
		'{"message":"Insufficient balance"}',
		{
			format: 'json',
			kind: 'quota',
			message: 'Insufficient balance',
			code: 'insufficient_user_quota',
		},
	],
	[
		'a full group',
		'{"error":{"message":"当前分组上游负载已饱和，请稍后再试 (request id: abc-1)","type":"upstream_error","code":429}}',
		{
			format: 'json',
			kind: 'rateLimited',
			message: '当前分组上游负载已饱和，请稍后再试 (request id: abc-1)',
			code: '429',
			type: 'upstream_error',
			requestId: 'abc-1',
		},
	],
	[
		'a bad key',
		'{"code":"","message":"Invalid token","message_zh":"无效的令牌"}',
		{ format: 'json', kind: 'unauthorized', message: 'Invalid token', code: 'invalid_api_key' },
	],
	[
		'a bad key in Chinese alone',
		'{"message_zh":"无效的令牌"}',
		{ format: 'json', kind: 'unauthorized', message: '无效的令牌', code: 'invalid_api_key' },
	],
	['a bare string', '{"error":"overloaded"}', { format: 'json', message: 'overloaded' }],
	[
		'a list of errors',
		'{"errors":[{"message":"overloaded","code":"busy"}]}',
		{ format: 'json', message: 'overloaded', code: 'busy' },
	],
	['a detail', '{"detail":"Not authenticated"}', { format: 'json', message: 'Not authenticated' }],
	['msg', '{"code":-1,"msg":"overloaded"}', { format: 'json', message: 'overloaded', code: '-1' }],
	['a reason', '{"reason":"overloaded"}', { format: 'json', message: 'overloaded' }],
	[
		'an empty error next to a message',
		'{"error":"","message":"overloaded"}',
		{ format: 'json', message: 'overloaded' },
	],
	[
		'a message next to an error without one',
		'{"error":{"code":"busy"},"message":"overloaded"}',
		{ format: 'json', message: 'busy', code: 'busy' },
	],
	['a code alone', '{"code":"busy"}', { format: 'json', message: 'busy', code: 'busy' }],
	['an unknown shape', '{"ok":false}', { format: 'json', message: '{"ok":false}' }],
	['a list', '[1]', { format: 'json', message: '[1]' }],
	['a string', '"overloaded"', { format: 'json', message: 'overloaded' }],
	[
		'a request id of its own',
		'{"error":{"message":"no"},"request_id":"r1"}',
		{ format: 'json', message: 'no', requestId: 'r1' },
	],
	[
		'a request id in camel case',
		'{"message":"no","requestId":"r1"}',
		{ format: 'json', message: 'no', requestId: 'r1' },
	],
	[
		'JSON in its message',
		JSON.stringify({
			error: {
				message: JSON.stringify({
					error: { message: 'flagged', code: 'moderation_blocked', type: 't' },
				}),
				code: 'upstream',
			},
		}),
		{
			format: 'json',
			kind: 'moderated',
			message: 'flagged',
			code: 'moderation_blocked',
			type: 't',
		},
	],
	[
		'JSON in JSON in its message',
		JSON.stringify({
			message: JSON.stringify({ message: JSON.stringify({ error: 'overloaded' }) }),
		}),
		{ format: 'json', message: 'overloaded' },
	],
	[
		'words that look like JSON',
		'{"message":"{not JSON}"}',
		{ format: 'json', message: '{not JSON}' },
	],
	[
		'a page',
		fixture('gateway-504.html').toString(),
		{ format: 'html', message: '504: Gateway time-out' },
	],
	[
		'a page after a comment',
		'<!-- a --><html><title> 502  Bad\nGateway </title>',
		{ format: 'html', message: '502 Bad Gateway' },
	],
	[
		'a page with a heading alone',
		"<html><body><h1>504 Gateway Time-out</h1>\nThe server didn't respond.</body></html>",
		{ format: 'html', message: '504 Gateway Time-out' },
	],
	[
		'a page with an empty title',
		'<html><title> </title><h2 class="x">Too large</h2></html>',
		{ format: 'html', message: 'Too large' },
	],
	['a page without a title', '<html><body>no</body></html>', { format: 'html', message: '' }],
	['a page as XML', '<?xml version="1.0"?><Error/>', { format: 'html', message: '' }],
	[
		'the message of XML',
		'<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
		{ format: 'html', message: 'Access Denied' },
	],
	[
		'a page with words after an empty title',
		'<!DOCTYPE html><title>Error</title><pre>Cannot POST /v1/v1/chat/completions</pre>',
		{ format: 'html', message: 'Cannot POST /v1/v1/chat/completions' },
	],
	[
		'the line in place of a page',
		'error code: 1010',
		{ format: 'html', message: 'error code: 1010' },
	],
	[
		'an error in a list',
		'[{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}]',
		{ format: 'json', message: 'The model is overloaded.', code: '503' },
	],
	[
		'a line',
		'image queue is full, please retry later\n',
		{ format: 'text', message: 'image queue is full, please retry later' },
	],
	['lines', ' no\n  video ', { format: 'text', message: 'no video' }],
	['a byte order mark', '\uFEFF{"error":"overloaded"}', { format: 'json', message: 'overloaded' }],
	[
		'an empty list of errors',
		'{"errors":[],"code":"busy"}',
		{ format: 'json', message: '', code: 'busy' },
	],
	['nothing', '', { format: 'empty', message: '' }],
	['blanks', ' \n', { format: 'empty', message: '' }],
];

it.each(rows)('reads %s', (_, body, said) => {
	expect(parseErrorBody(body)).toEqual(said);
});

it('shortens what is too long', () => {
	expect(parseErrorBody('x'.repeat(5_000)).message).toHaveLength(1_000);
	expect(parseErrorBody(`<html><title>${'x'.repeat(5_000)}`).message).toHaveLength(1_000);
});

it('follows messages within messages only so far', () => {
	let body = '"overloaded"';
	for (let depth = 0; depth < 12; depth += 1) body = JSON.stringify({ error: { message: body } });
	expect(() => parseErrorBody(body)).not.toThrow();
	const nested = `${'{"error":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
	expect(parseErrorBody(nested)).toEqual({ format: 'json', message: 'a deeply nested value' });
});

it.each([
	'input_moderation',
	'output_moderation',
	'sentinel_block: moderation',
	'This content may violate our guardrails concerning similarity to third-party content.',
	'This content may violate our content policies.',
	'We think it may contain real people.',
	'It may violate our usage policies',
	'The request violates the guidelines',
	'内容违反平台政策',
	'内容审核未通过',
	'提示词包含敏感词',
	'涉及真人',
	'content_policy_violation',
	'nsfw',
	'blocked by the safety system',
])('the reason %j is moderation', (reason) => {
	expect(kindOfReason(reason)).toBe('moderated');
});

it.each([
	'overloaded',
	'Request failed with status code 429',
	'上游超时',
	'无可用渠道',
	'invalid api key',
	'',
])('the reason %j is a failure', (reason) => {
	expect(kindOfReason(reason)).toBe('failed');
});

it.each<[reason: string, kind: string]>([
	['user quota is not enough', 'quota'],
	['积分不足 (错误码: 1006)', 'quota'],
	['點數不足', 'quota'],
	['Token quota exhausted', 'quota'],
	['使用次数已达上限', 'rateLimited'],
	['今日的生成次數已達上限', 'rateLimited'],
	['Too many requests', 'rateLimited'],
	['PUBLIC_ERROR_UNSAFE_GENERATION，请重试', 'moderated'],
	['PUBLIC_ERROR_MINOR_UPLOAD', 'moderated'],
	['OutputVideoSensitiveContentDetected', 'moderated'],
	['the output video may contain sensitive information', 'moderated'],
	['Content moderated', 'moderated'],
	['由于提示违反了 Google 定义的安全政策', 'moderated'],
	['內容違反使用規定', 'moderated'],
	['moderation service unavailable', 'failed'],
	['safety check timed out', 'failed'],
	['content security check timed out', 'failed'],
	['Rate limit exceeded: 10 requests per minute per key limit', 'rateLimited'],
	['Key limit exceeded (total limit)', 'quota'],
	['审核服务超时', 'failed'],
])('the reason %j is %s', (reason, kind) => {
	expect(kindOfReason(reason)).toBe(kind);
});

it('long words are read in no time', async () => {
	const runs = [
		'model ',
		'模型',
		'request id: ',
		' ',
		'{"error":',
		'<title',
		'[',
		'not have enough ',
	];
	const time = await timeOf(() => {
		for (const run of runs) parseErrorBody(`x${run.repeat(200_000)}x`);
	});
	expect(time).toBeLessThan(5_000);
});
