import { defined } from './defined';
import type { ErrorKind } from './errors';
import { isRecord, parseJson, textOf } from './json';

/** What a relay said went wrong, in its own words. */
export interface ErrorBody {
	message: string;
	code?: string;
	type?: string;
	requestId?: string;
	/** What the code or the words mean, when the table knows them. */
	kind?: ErrorKind;
	/** `html` is a gateway's page: the relay itself may never have answered. */
	format: 'json' | 'html' | 'text' | 'empty';
}

interface ErrorRow {
	kind: ErrorKind;
	/** The code to report when only the words were given. */
	code: string;
	codes: RegExp;
	words: RegExp;
}

/**
 * What error codes and the words around them mean; the first row that fits wins. Some relays give
 * the code as `type`; most rebrand that (new_api_error, dmx_api_error …), so it says less.
 */
export const errorTable: readonly ErrorRow[] = [
	{
		kind: 'quota',
		code: 'insufficient_user_quota',
		codes:
			/quota|budget_exceeded|insufficient_(?:balance|credit|fund|point)|billing|payment_required|arrears/i,
		words:
			/(?:额度|額度)(?:失败|不足|已?用尽|已?用完|耗尽|不够)|(?:余额|餘額|积分|積分|点数|點數|配额|配額)(?:不足|不够|不夠|已?用完|已?用尽|已?耗尽|耗盡)|欠费|欠費|(?:quota|budget) (?:is not enough|(?:has been |is |was )?(?:exhausted|exceeded|reached))|(?:insufficient|not enough|not have enough|(?:run |ran )?out of|exceeded your(?: current)?) (?:user )?(?:quota|balance|credit|fund|point)|(?:credit|balance|fund|point)s? (?:is |are )?(?:insufficient|exhausted|too low|not enough)|(?:クレジット|残高|ポイント)が?(?:不足|足りません)|недостаточно (?:средств|кредит|балл|токен)|(?:cr[ée]ditos?|saldo|fondos) insuficientes?/i,
	},
	{
		kind: 'modelNotFound',
		code: 'model_not_found',
		codes:
			/model_?not_?(?:found|exist|available|support)|(?:unknown|invalid)_model|no_available_channel/i,
		words:
			/无可用渠道|模型.{0,60}不存在|No available channel|model .{0,80}(?:not found|does not exist|not available)/i,
	},
	{
		kind: 'moderated',
		code: 'moderation',
		codes:
			/moderat|content_?(?:policy|filter)|policy_?violation|sensitive|guardrail|safety|copyright|prompt_blocked|unsafe|nsfw|(?:content|prompt|submit|text|image)_?illegal|illegal_?(?:content|prompt|text|image)|inspection_?failed|inappropriate|PUBLIC_ERROR_(?:MINOR|PROMINENT|SEXUAL|HARM|VIOLEN|CHILD|DANGER|AUDIO_FILTERED)/i,
		words:
			/moderation|content polic|policy violation|usage polic|guardrail|real people|third[- ]party|sensitive (?:content|word|information|material|topic)|(?:content|is|be) sensitive|(?:content|prompt|output|input|video|generation|request|image) (?:was |has been |is |got )?(?:moderated|blocked|flagged)|(?:blocked|flagged|filtered|rejected) by [^.]{0,30}(?:safety|filter|moderation|content)|safety (?:system|filter|polic|reason|check)|nsfw|inappropriate|copyright|likeness|risk control|violat(?:es?|ing|ion)[^.]{0,40}(?:polic|guideline|terms|rules)|审核|违规|违禁|(?:违反|違反|不符合).{0,20}(?:政策|规定|規定|规则|規則|规范|規範|准则|條款|条款)|審核|違規|違禁|敏感|真人|版权|内容政策|内容安全|ポリシー違反|不適切|(?:ポリシー|規約|ガイドライン)に違反|модераци|нарушает|нарушени[ея] (?:правил|политик)|запрещ[её]нн|(?:viola|infringe)[^.]{0,30}(?:pol[íi]tica|normas)|pol[íi]tica de contenido|moderaci[óo]n/i,
	},
	{
		kind: 'unauthorized',
		code: 'invalid_api_key',
		codes: /invalid_?(?:api_?)?(?:key|token)|unauthori[sz]ed|authentication|access_denied/i,
		words: /无效的令牌|令牌(?:已过期|不可用|无效)|invalid (?:api key|token)|incorrect api key/i,
	},
	{
		kind: 'rateLimited',
		code: 'rate_limit_exceeded',
		codes: /rate_?limit|too_?many_?requests|concurren|high_?traffic|throttl/i,
		words:
			/负载已饱和|请求(?:过于频繁|过多)|(?:次数|次數).{0,4}(?:达|達|超|用完|用尽|用盡|耗尽).{0,3}(?:上限)?|請求(?:過於頻繁|過多)|并发.{0,6}(?:上限|限制|超)|rate limit|too many requests|(?:usage|daily|monthly|concurrency|request)(?: \w+)? limit|(?:利用|使用)(?:制限|回数)|リクエストが多すぎ|слишком много запросов|(?:превышен|исчерпан|достигнут)\p{L}* (?:\p{L}+ )?(?:лимит|предел)|demasiadas (?:solicitudes|peticiones)|l[íi]mite (?:diario|de uso|de solicitudes)/iu,
	},
];

const deepest = 8; // errors and messages within each other; relays stand in a chain of two or three
const longestMessage = 1_000; // characters; a page of HTML in an error message helps nobody

/**
 * Reads whatever a relay or a gateway answers instead of a video: `{error: {…}}`, a bare string
 * `error`, `{message, message_zh}`, JSON inside the message, an HTML page, a line of text.
 * Never throws.
 */
export function parseErrorBody(body: string): ErrorBody {
	const trimmed = body.replace(/^\uFEFF/, '').trim();
	if (trimmed === '') return { message: '', format: 'empty' };
	if (isPage(trimmed)) return { message: titleOf(trimmed), format: 'html' };
	const value = parseJson(trimmed);
	if (value === undefined) return { ...understand({ message: trimmed }), format: 'text' };
	return toErrorBody(value);
}

/** The same for a body or an event that is JSON already. */
export const toErrorBody = (value: unknown): ErrorBody =>
	defined({ ...understand(readWords(value)), format: 'json' });

/** What a generation that had begun can end with; a key or a model was good for it. */
const ofReasons: ReadonlySet<ErrorKind> = new Set(['moderated', 'quota', 'rateLimited']);

/** What the words of a failed generation mean: a policy, a limit, or just its failure. */
export function kindOfReason(reason: string): ErrorKind {
	const kind = rowOfWords(reason)?.kind;
	return kind !== undefined && ofReasons.has(kind) ? kind : 'failed';
}

interface Words {
	message: string;
	code?: string | undefined;
	type?: string | undefined;
	requestId?: string | undefined;
}

/** Follows `error` and JSON inside messages; relays wrap their upstream's answer in their own. */
function readWords(value: unknown, depth = 0): Words {
	if (typeof value === 'string') return depth < deepest ? unwrap(value, depth) : { message: value };
	// Some gateways put the error into a list, alone.
	if (Array.isArray(value) && isRecord(value[0])) return readWords(value[0], depth + 1);
	if (!isRecord(value)) return { message: value === undefined ? '' : toJson(value) };
	const inner = value.error ?? value.errors ?? value.detail;
	const own: Words = {
		message: '',
		code: textOf(value.code),
		type: textOf(value.type),
		requestId: textOf(value.request_id) ?? textOf(value.requestId),
	};
	if (inner !== undefined && inner !== null && inner !== '' && depth < deepest) {
		const words = readWords(Array.isArray(inner) ? inner[0] : inner, depth + 1);
		return { ...own, ...defined(words), message: words.message || (textOf(value.message) ?? '') };
	}
	const message =
		textOf(value['html-message']) ??
		textOf(value.message) ??
		textOf(value.message_zh) ??
		textOf(value.msg) ??
		textOf(value.reason);
	if (message === undefined) return { ...own, message: own.code ?? toJson(value) };
	return { ...own, ...defined(readWords(message, depth + 1)) };
}

/** `JSON.parse` accepts values nested thousands deep; `JSON.stringify` overflows the stack on them. */
function toJson(value: unknown): string {
	try {
		return JSON.stringify(value);
	} catch {
		return 'a deeply nested value';
	}
}

function unwrap(message: string, depth: number): Words {
	const value = /^\s*[{[]/.test(message) ? parseJson(message) : undefined;
	return isRecord(value) ? readWords(value, depth + 1) : { message };
}

function understand({ message, code, type, requestId }: Words): Omit<ErrorBody, 'format'> {
	const words = isPage(message.trim()) ? titleOf(message) : message;
	const said = words.replace(/\s+/g, ' ').trim();
	const byCode = findRow(code);
	const byType = byCode === undefined ? findRow(type) : undefined;
	const row = byCode ?? byType ?? rowOfWords(said);
	return defined({
		message: said.slice(0, longestMessage),
		code: code ?? (byType === undefined ? row?.code : type),
		type,
		requestId: requestId ?? /request[ _-]?id\s*[:：]\s*([\w-]+)/i.exec(said)?.[1],
		kind: row?.kind,
	});
}

/** Who could not look at a video has not refused it. */
const ofCheck =
	/(?:moderation|safety|content[_ ]filter|审核|審核)\W?(?:service|system|check|api|服务|服務|系统|系統|接口)?.{0,20}(?:unavailable|not available|time[d]?[ -]?out|unreachable|overloaded|不可用|超时|超時|异常|異常|繁忙)/i;

const findRow = (code: string | undefined): ErrorRow | undefined =>
	code === undefined ? undefined : errorTable.find(({ codes }) => codes.test(code));

/** Codes stand in sentences too, as `OutputVideoSensitiveContentDetected` or `PUBLIC_ERROR_…`. */
const codeInWords =
	/(?<![\p{L}\p{N}])(?:[A-Za-z]+(?:_[A-Za-z]+)+|(?:[A-Z][a-z]+){2,}|[A-Z]{3,}(?:\.[A-Z]+)+)(?![\p{L}\p{N}])/gu;

function rowOfWords(words: string): ErrorRow | undefined {
	const codes = words.match(codeInWords) ?? (/\s/.test(words) ? [] : [words]);
	const found = errorTable.find(
		(row) => row.words.test(words) || codes.some((code) => row.codes.test(code)),
	);
	return found?.kind === 'moderated' && ofCheck.test(words) ? undefined : found;
}

/** Cloudflare says the same in a line to who wants no page. */
const isPage = (text: string): boolean =>
	/^(?:<(?:!doctype|html|head|body|\?xml|!--)|error code: \d{3,4}$)/i.test(text);

/** A title that says no more than that it is one goes without saying. */
const titles = [
	/<title[^<>]*>(?!\s*Error\s*<)([^<]*)/i,
	/<h[1-3][^<>]*>([^<]*)/i,
	/<pre[^<>]*>([^<]*)/i,
	/<message>([^<]*)/i,
	/^(error code: \d+)$/i,
];

/**
 * A page's title without the site's name: "2api.com | 504: Gateway time-out" says the latter. Pages
 * of haproxy have a heading alone.
 */
function titleOf(html: string): string {
	const title = titles.map((found) => found.exec(html)?.[1]?.trim()).find(Boolean) ?? '';
	const parts = title.replace(/\s+/g, ' ').split(' | ');
	return (parts[parts.length - 1] ?? '').trim().slice(0, longestMessage);
}
