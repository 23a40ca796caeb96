import { otherLanguage, phrasesOf } from './languages';
import { sentence, statement, statementAndRest } from './patterns';
import type { Row } from './row';

/** What stands before the word for a state, as in `任务状态：成功`. */
export const stateLabel = String.raw`(?:任务|任務|生成|task |video |job |generation )?(?:状态|狀態|stat(?:us|e|ut)|статус|estado|ステータス|상태)\**\s?[:：=]\s{0,3}[\x60*]{0,3}`;

/** How relays say that there will be no video, and what only sounds like it. */
export const failures: readonly Row[] = [
	{
		fact: 'retrying',
		...statement(
			String.raw`(?:(?:视频|任务)?(?:生成|执行)失败[\s，,、。.…!！]*)?(?:(?:正在|将|自动|开始)[^，,。请\n]{0,12}重试|重试中)|(?:(?:video |task )?generation failed[\s,，;；.…!-]*)?(?:\bretrying\b|\bwill (?:be )?retr(?:y|ied)\b)|再試行(?:中|します)|リトライ中|повторн[а-яё]{1,5} попытк|reintentando|tentando novamente|nouvelle tentative|neuer versuch|재시도 ?중`,
		),
	},
	// What is too late or refused says so itself: the whole sentence is the reason.
	{
		fact: 'failed',
		...sentence(
			String.raw`(?:视频|視頻|影片|任务|任務)?(?:生成|處理|处理|执行|執行)?(?:任务|任務|结果|結果)?(?:已)?(?:超时|超時|逾時)(?:或失败|或失敗)?(?![时時间間])|(?:the |your )?(?:video |task )?(?:generation |request )?(?:has )?(?:timed out|expired)\b|(?:the |your |this )?(?:video )?(?:task|job|generation|request) (?:has been |was )(?:cancel+ed|aborted|rejected)\b|(?:the |your |api |upstream ){0,3}request failed(?= *[:：]| with\b)|(?:the |your )?(?:video )?(?:task|job) \x60?[\w:.\-]{5,100}\x60? (?:has )?failed\b|(?:任务|任務)\s?\x60?[\w:.\-]{5,100}\x60?\s?(?:执行|執行|生成)?(?:失败|失敗)|(?:该|您的|你的|本次)?(?:视频|視頻|影片)?(?:生成)?(?:任务|任務)(?:已)?(?:被取消|被拒绝|被拒絕|取消)(?!的)|(?:视频|視頻|影片)?生成[已被]取消(?!的)`,
		),
	},
	{
		fact: 'failed',
		...sentence(
			String.raw`(?:该|您的|你的)?(?:提示词?|提示詞|内容|內容|请求|輸入|输入)?(?:已)?(?:违反|違反)(?:了)?[^。.，,]{0,20}?(?:政策|规定|規定|规则|規則|准则|條款|条款)|(?:内容|內容|提示词?|提示詞|图片|圖片)(?:涉嫌|存在|包含)?(?:违规|違規)|(?:内容|內容|视频|視頻|影片|提示词?)(?:生成)?(?:已)?被(?:上游|平台|内容|內容|安全|系统|系統){0,3}(?:审核|審核|策略)?(?:系统|系統)?(?:拦截|攔截|屏蔽|拒绝|拒絕|过滤|過濾)|(?:the |your )?(?:content|prompt|video|request|output|input) (?:was |has been |is )?(?:moderated|blocked|rejected|flagged)\b|(?:blocked|rejected) by (?:moderation|the safety|content)|(?:this |the |your )(?:content|prompt|image|request|input) violates\b|PUBLIC_ERROR_\w+`,
		),
		within: /[违違][反规規]|被|moderated|blocked|rejected|flagged|violates|PUBLIC_ERROR/i,
	},
	{
		fact: 'failed',
		...sentence(
			String.raw`(?:今日|今天|当日|本月|每日|当前|该|您|你|账号|帳號|账户|帳戶|用户|用戶|会员|會員|平台|模型|接口|即梦|可用|剩余|剩餘|免费|免費|使用|生成|视频|影片|調用|调用|的){0,8}(?:次数|次數|额度|額度|积分|積分|点数|點數|余额|餘額|配额|配額)(?:已)?(?:达上限|達上限|达到上限|達到上限|用完|用尽|用盡|耗尽|耗盡|不足)|(?:the |your )?(?:daily |usage |video )*(?:limit|quota) (?:has been |was |is )?(?:reached|exceeded|exhausted)\b|(?:insufficient|not enough|(?:you )?do(?: not|n.t) have enough|(?:you have |you.ve )?run out of) (?:credits?|points?|balance|quota)\b`,
		),
		within: /上限|用[完尽盡]|耗[尽盡]|不足|limit|quota|insufficient|enough|out of/i,
	},
	// Nothing came of it, whatever was done.
	{
		fact: 'failed',
		...sentence(
			String.raw`(?:(?:视频|視頻|影片)?(?:生成|任务|任務)(?:已)?(?:完成|成功)[，,]?\s?但是?(?:没有|沒有|未|无|無)[^。，,]{0,10}?|(?:没有|沒有|未|无法|無法)能?(?:获取|獲取|返回|识别|識別)到?[^。，,]{0,6}?)(?:视频|視頻|影片|url|链接|鏈接|地址)(?![^。]{0,20}(?:继续|繼續|正在|等待))|(?:the )?video (?:generation )?(?:was |is )?(?:completed?|returned|finished)(?: but| and| with|[,:])? no (?:final |video ){0,2}(?:url|uri|link|video|output)\b`,
		),
		within: /[没沒未无無][^。]{0,12}(?:[视視]|影|url|[链鏈]|地址)|\bno /i,
	},
	// Nobody is there to make it.
	{
		fact: 'failed',
		...sentence(
			String.raw`(?:当前|當前|目前|暂时|暫時|暂|暫)?(?:没有|沒有|[无無])可用的?\s?(?:[a-z]{1,12} ){0,2}(?:账号|帐号|帳號|账户|渠道|通道|模型|token|key)|(?:there (?:are|is) )?(?:currently )?no available (?:accounts?|tokens?|channels?|models?|keys?|providers?)\b|(?:当前|當前|目前)?(?:服务器?|服務器?|系统|系統|网络|網路|排队|排隊)?(?:繁忙|人数过多|人數過多)(?=[^。]{0,12}[再重][试試]| *$)|(?:the |our )?(?:server|service|system|model) is (?:currently |too )?busy(?=[^\n]{0,40}(?:again|later)| *$)`,
		),
		within: /可用|no available|繁忙|[过過]多|busy/i,
	},
	{
		fact: 'failed',
		...statementAndRest(
			'(?:您的|你的|本次|该)?(?:视频|視頻|影片|任务|任務)?(?:生成|產生|产生|执行|執行|处理|處理|创建|創建|提交|获取|獲取|[文图圖]?生(?=视频|視頻|影片))(?:过程|過程)?(?:视频|視頻|影片|任务|任務|结果|結果)?(?:[时時](?:发生|發生)?)?(?:失败|失敗|异常|異常|出错|出錯|错误|錯誤|出现错误|中断)(?![率的过過不也会會时時])|(?:视频|視頻|影片)?(?:生成|处理|處理)(?:过程)?中?(?:遇到|出现|出現|发生|發生)(?:了)?(?:问题|問題|错误|錯誤|异常|異常)|(?:视频|視頻|影片)?(?:任务|任務)(?:已)?(?:失败|失敗)(?![率的])|(?:the |your |this )?(?:video )?generat(?:ion|e)(?: action)? (?:has )?(?:failed|was unsuccessful|errored)(?= *$| ?[^a-z\\d\\s一-龥]| (?:because|due|with|after|as|since|on|at|by|in|for|again|reason|error)\\b)|(?:failed|unable) to (?:generate|create|make|produce|render)(?: (?:the |your |a )?video)?|(?:the |your )?video (?:could not|couldn.t|cannot|can.t) be (?:generated|created|made|produced|rendered)|(?:video )?generation error(?= *[:：])|an error occurred(?: (?:while|during|when)[^:：.]{0,40})?|error (?:(?:while|during|when) )?(?:generating|creating|making|processing|rendering|submitting)(?: (?:the |your |a )?(?:video|clip|task)){0,2}|something went wrong|(?:the |your )?(?:video )?task (?:has )?failed(?= *$| ?[^a-z\\d\\s一-龥]| (?:because|due|with|after|as|since|on|at|by)\\b)|content policy violation\\b|(?:内容|內容)?(?:审核|審核)(?:未通过|未通過|不通过|不通過|失败|失敗)',
		),
		within:
			/失[败敗]|[异異]常|出[错錯]|错误|錯誤|问题|問題|中断|[未不]通[过過]|fail|error|unable|be (?:generated|created|made|produced|rendered)|occurred|wrong|errored|unsuccessful|violation/i,
	},
	// In other languages, together: one look shows that a line is in none of them.
	{ fact: 'failed', ...statementAndRest(phrasesOf('failed')), within: otherLanguage },
	{ fact: 'failed', ...sentence(phrasesOf('refused')), within: otherLanguage },
	// As the state of a task.
	{
		fact: 'failed',
		...statementAndRest(
			String.raw`${stateLabel}(?:fail(?:ed|ure)?|error|失败|失敗|cancel+ed|expired|rejected|timeout|nsfw|ошибка|fall?[ih](?:do|ou)|échou[ée]e?|échec|fehlgeschlagen|실패)(?![a-zа-яё一-龥])`,
		),
		within: /[:：=]/,
	},
	{
		fact: 'failed',
		at: 'line',
		pattern:
			/❌\s*(?!\s*(?:不要|请勿|請勿|禁止|不支持|不能|避免|don['’]?t\b|do not|avoid|never|no\b))(?=\S)/gi,
		takes: 'rest',
	},
	// A warning is one only where it says what went wrong.
	{
		fact: 'failed',
		at: 'line',
		pattern:
			/(?:⚠|⏱|⛔|🚫|❗)\uFE0F?\s*(?![\uFE0F\s])(?=(?!如果|若|请|請|注意|if\b|please|note)[^。！!]{0,60}?(?:失败|失敗|超时|超時|逾時|[违違][反规規]|上限|不足|拒绝|拒絕|异常|異常|错误|錯誤|未找到|维护中|維護中|无法(?:生成|处理|连接|获取)|failed|timed out|exceeded|violat|denied|rejected|refused|unable))/gi,
		takes: 'rest',
	},
	{
		fact: 'failed',
		at: 'line',
		pattern:
			/(?:[[【](?:[\w-]{1,20} )?(?:error|错误|錯誤)[\]】]\**\s?[:：]?|(?:error|failed|failed to (?:[a-z]{1,14} ){0,5}[a-z]{1,14}|エラー|ошибка|erreur|échec|fehler|erro|오류)\**\s?[:：])\s*(?=\S)/gi,
		takes: 'rest',
	},
	// What is called before it is no part of it: it may say that none is meant.
	{
		fact: 'failed',
		pattern:
			/(?<=^[^a-z\d一-龥]{0,12}(?:(?:(?!(?:an?|the|possible|common|about|for|of|in|on|shows?|displays?) )[a-z]{2,14} ){0,3}|(?:(?![避防常关關说說例帮])[一-龥]){0,8}))(?:error|failed|failure|exception|错误|錯誤|失败|失敗|异常|異常)(?:\s?[（(][\w ]{1,20}[)）])?\**\s?[:：]\s*(?=\S)/gi,
		within: /(?:r|d|e|n|[误誤败敗常)）])\**\s?[:：]/i,
		takes: 'rest',
	},
	// A model that declines says so as people do; its sentence is the reason.
	{
		fact: 'failed',
		...sentence(
			String.raw`(?:sorry|(?:i'm|i am|we're|we are) (?:very )?sorry|i apologi[sz]e|很?抱歉|对不起|對不起|申し訳|к сожалению|извините|lo siento|désolé|tut mir leid|desculpe|죄송합니다[.]?)[^.。!！]{0,60}?(?:\b(?:can['’]?t|cannot|unable to)\b|无法|不能|未能|無法|できません|не (?:могу|удалось|получилось)|n[oã]o? (?:puedo|podemos|posso|consigo|se puede)|n(?:e |.)(?:peux|pouvons|est) pas|kann[^.]{0,20} (?:kein|nicht)|수 없습니다|못합니다)[^.。!！?？]{0,60}`,
		),
	},
	{
		fact: 'reason',
		...statementAndRest(
			'(?:失败|错误|失敗|錯誤)?原因\\s?(?:[:：]|$)|(?:failure )?reason\\s?[:：]|fail[_ ]reason\\s?[:：]|理由\\s?[:：]|причина\\s?[:：]|(?:motivo|razón|raison|grund|사유|이유) ?[:：]|错误(?:码|信息)\\s?[:：]',
		),
	},
];
