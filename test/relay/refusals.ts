import type { Status } from './situations';

const defaultRequestId = '202611222024597472269388268d9d6jwygcKzZ';

const error = (message: string, type: string, code: string) => ({
	error: { message, type, param: '', code },
});

/** The pages that gateways put in the place of an answer. */
const page = (status: number, title: string) =>
	[
		'<!DOCTYPE html>',
		'<!--[if gt IE 8]><!--> <html class="no-js" lang="en-US"> <!--<![endif]-->',
		'<head>',
		`<title>relay.example | ${status}: ${title}</title>`,
		'<meta charset="UTF-8" />',
		'</head>',
		`<body><h1>Error ${status}</h1><p>${title}</p><p>Cloudflare Ray ID: 8d1f0c2b7a9e4f31</p></body>`,
		'</html>',
		'',
	].join('\n');

const titles: Partial<Record<number, string>> = {
	200: 'Welcome',
	500: 'Internal server error',
	502: 'Bad gateway',
	503: 'Service unavailable',
	504: 'Gateway time-out',
	520: 'Web server is returning an unknown error',
	524: 'A timeout occurred',
};

/** Ready-made answers that are not a stream, in the words of new-api and of the gateways before it. */
export const refusals = {
	unauthorized: (): Status => ({
		kind: 'status',
		status: 401,
		body: {
			error: {
				message: 'Invalid token, please check the API key',
				message_zh: '无效的令牌，请检查 API 密钥',
				type: 'new_api_error',
				param: '',
				code: 'invalid_api_key',
			},
		},
	}),

	quota: (requestId = defaultRequestId): Status => ({
		kind: 'status',
		status: 403,
		body: error(
			`预扣费额度失败, 用户剩余额度: ＄2.533620, 需要预扣费额度: ＄2.627750 (request id: ${requestId})`,
			'new_api_error',
			'insufficient_user_quota',
		),
	}),

	modelNotFound: (model = 'sora-2', requestId = defaultRequestId): Status => ({
		kind: 'status',
		status: 503,
		body: error(
			`分组 default 下模型 ${model} 无可用渠道（distributor） (request id: ${requestId})`,
			'new_api_error',
			'model_not_found',
		),
	}),

	rateLimited: (retryAfter?: number | string): Status => ({
		kind: 'status',
		status: 429,
		body: error('当前分组上游负载已饱和，请稍后再试', 'new_api_error', 'rate_limit_exceeded'),
		...(retryAfter === undefined ? {} : { headers: { 'retry-after': String(retryAfter) } }),
	}),

	busy: (as: 'json' | 'text' = 'json', retryAfter?: number | string): Status => ({
		kind: 'status',
		status: 503,
		body:
			as === 'text'
				? 'image queue is full, please retry later'
				: error('system is busy, please retry later', 'new_api_error', 'system_busy'),
		contentType: as === 'text' ? 'text/plain; charset=utf-8' : 'application/json',
		...(retryAfter === undefined ? {} : { headers: { 'retry-after': String(retryAfter) } }),
	}),

	badRequest: (message = 'field messages is required'): Status => ({
		kind: 'status',
		status: 400,
		body: error(message, 'invalid_request_error', 'invalid_request'),
	}),

	historyMismatch: (message: string): Status => ({
		kind: 'status',
		status: 400,
		body: error(message, 'invalid_request_error', 'history_mismatch'),
	}),

	/** A gateway's page; `billed` says whether the relay went on all the same. */
	html: (status = 504, billed = false): Status => ({
		kind: 'status',
		status,
		body: page(status, titles[status] ?? 'Unknown'),
		contentType: 'text/html; charset=utf-8',
		billed,
	}),

	emptyBody: (status = 500, billed = false): Status => ({
		kind: 'status',
		status,
		body: '',
		contentType: 'text/plain',
		billed,
	}),
};
