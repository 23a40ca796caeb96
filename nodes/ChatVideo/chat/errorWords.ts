import type { ErrorKind } from './errors';

/** What says that an error is of a kind. */
export interface ErrorRow {
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
			/(?<!rate_?)quota|budget_?exceeded|exceeded_?budget|overdue|insufficient_?(?:balance|credit|fund|point)|(?:balance|credit)_?insufficient|billing|payment_required|arrear/i,
		words:
			/(?:额度|額度)(?:失败|不足|已?用尽|已?用完|已?耗尽|不够)|(?:余额|餘額|积分|積分|点数|點數|配额|配額)(?:不足|不够|不夠|已?用完|已?用尽|已?耗尽|耗盡)|欠费|欠費|(?:quota|budget) (?:is not enough|(?:has been |is |was )?(?:exhausted|exceeded|reached))|(?:insufficient|not enough|no more|(?:not|n['’]t) have (?:enough|any)|(?:run |ran )?out of|exceeded your(?: current)?|exhausted(?: your)?|used all available|overdue) (?:user )?(?:quota|balance|credit|fund|point)|(?:credit|balance|fund|point)s? (?:is |are )?(?:insufficient|exhausted|depleted|too low|not enough)|spending limit|key limit exceeded|over budget|in arrears|(?:クレジット|残高|ポイント)が?(?:不足|足りません)|недостаточно (?:средств|кредит|балл|токен)|(?:cr[ée]ditos?|saldo|fondos) insuficientes?|(?:crédits?|solde) insuffisant|nicht genügend (?:guthaben|credits|punkte)|(?:guthaben|kontingent) (?:aufgebraucht|erschöpft)|quota (?:épuisé|dépassé)|cota (?:esgotada|excedida)|(?:크레딧|잔액|포인트)(?:이|가)? ?부족/i,
	},
	{
		kind: 'modelNotFound',
		code: 'model_not_found',
		codes:
			/model_?not_?(?:found|exist|available|support)|(?:unknown|invalid)_model|no_available_channel/i,
		words:
			/无可用渠道|模型.{0,60}不存在|No available channel|invalid model|not a valid model|model .{0,80}(?:not found|does not exist|not available)/i,
	},
	{
		kind: 'moderated',
		code: 'moderation',
		codes:
			/moderat|content_?(?:policy|filter)|(?:policy|content)_?violation|sentinel_?block|infring|sensitive|guardrail|safety|copyright|prompt_blocked|unsafe|nsfw|(?:content|prompt|submit|text|image)_?illegal|illegal_?(?:content|prompt|text|image)|inspection_?failed|inappropriate|ERROR_(?:MINOR|PERSON|PROMINENT|SEXUAL|HARM|VIOLEN|CHILD|DANGER|AUDIO_FILTERED)/i,
		words:
			/moderation|content polic|policy violation|usage polic|guardrail|content security|real people|third[- ]party|sensitive (?:content|word|information|material|topic)|(?:content|is|be|new|input|output|as) sensitive|infringement|risk not pass|(?:content|prompt|output|input|video|generation|request|response|image) (?:was |has been |is |got )?(?:moderated|blocked|flagged)|(?:blocked|flagged|filtered|rejected) by [^.]{0,30}(?:safety|filter|moderation|content)|safety (?:system|filter|polic|reason|check)|nsfw|inappropriate|copyright|likeness|risk control|violat(?:es?|ing|ion)[^.]{0,40}(?:polic|guideline|terms|rules)|审核|违规|违禁|(?:违反|違反|不符合).{0,20}(?:政策|规定|規定|规则|規則|规范|規範|准则|條款|条款)|審核|違規|違禁|敏感|真人|版权|内容政策|内容安全|ポリシー違反|不適切|(?:ポリシー|規約|ガイドライン)に違反|модераци|нарушает|нарушени[ея] (?:правил|политик)|запрещ[её]нн|(?:viola|infringe)[^.]{0,30}(?:pol[íi]tica|normas)|(?:pol[íi]tica|politique) de conten[iu]|mod[ée]ra(?:ci[óo]n|ção|tion)|enfreint|verstößt|richtlinien|(?:정책|규정|가이드라인)(?:을|를)? ?위반|被(?:系统)?过滤|触发[^，。]{0,6}(?:安全|审核)|安全策略/i,
	},
	{
		kind: 'unauthorized',
		code: 'invalid_api_key',
		codes: /invalid_?(?:api_?)?(?:key|token)|unauthori[sz]ed|authentication|access_denied/i,
		words:
			/无效的令牌|令牌(?:已过期|不可用|无效)|(?:invalid|incorrect) (?:api[- ]key|token)|api key (?:is )?(?:not valid|invalid)/i,
	},
	{
		kind: 'rateLimited',
		code: 'rate_limit_exceeded',
		codes: /rate_?limit|too_?many_?requests|concurren|high_?traffic|throttl/i,
		words:
			/负载已饱和|请求(?:过于频繁|过多)|(?:次数|次數).{0,4}(?:达|達|超|用完|用尽|用盡|耗尽).{0,3}(?:上限)?|請求(?:過於頻繁|過多)|并发.{0,6}(?:上限|限制|超)|rate limit|too many requests|(?:usage|daily|monthly|concurrency|request|generation)(?: \w+)? limit|(?:利用|使用)(?:制限|回数)|リクエストが多すぎ|слишком много запросов|(?:превышен|исчерпан|достигнут)\p{L}* (?:\p{L}+ )?(?:лимит|предел)|demasiad[ao]s (?:solicitudes|peticiones|pedidos)|muitas solicita|l[íi]mite (?:di[áa]ri[oa]|quotidienne|de uso|de solicitudes)|trop de requêtes|(?:tages|nutzungs)limit|limit (?:erreicht|überschritten)|zu viele anfragen|한도(?:를|에)? ?(?:초과|도달)|요청이 너무/iu,
	},
];

/** What services call the words of an error, and its code, in any spelling. */
export const errorKeys = {
	message: [
		'html-message',
		'message',
		'message_zh',
		'message_en',
		'message_cn',
		'msg',
		'reason',
		'actionReason',
		'errorText',
		'errorMessage',
		'error_msg',
		'errmsg',
	],
	code: ['code', 'errorCode', 'err_code'],
} as const;

/** What a number means that is a status of HTTP, where neither a code nor the words say more. */
export const kindsOfNumbers: ReadonlyMap<string | undefined, ErrorKind> = new Map([
	['401', 'unauthorized'],
	['402', 'quota'],
	['429', 'rateLimited'],
]);

/** Who could not look at a video has not refused it. */
export const ofCheck =
	/(?:moderation|safety|content[_ ](?:filter|security)|审核|審核)\W?(?:service|system|check|api|服务|服務|系统|系統|接口)?.{0,20}(?:unavailable|not available|time[d]?[ -]?out|unreachable|overloaded|不可用|超时|超時|异常|異常|繁忙)/i;
