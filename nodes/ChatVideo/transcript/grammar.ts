import type { Fact } from './effects';
import { phrasesOf, otherLanguage } from './languages';
import {
	anchor,
	anyPicture,
	announced,
	barePath,
	bareUrl,
	either,
	givenLink,
	id,
	idOf,
	inCell,
	inParentheses,
	knownId,
	link,
	picture,
	pictureOrVideo,
	pictureLink,
	sentence,
	statement,
	statementAndRest,
	tag,
	taskForm,
	type places,
} from './patterns';

/** One way in which relays say one fact. The capture groups are the fact's values, in order. */
export interface Row {
	fact: Fact;
	/** Without the flag `u`: it makes words many times slower to find. */
	pattern: RegExp;
	/** Where it counts, if not everywhere. */
	at?: keyof typeof places;
	/** For speed: only lines that match this are looked at. */
	within?: RegExp;
	/** What is found counts only in lines that match this as well. */
	given?: RegExp;
	/** The value is the rest of the line, or the line from the match on. */
	takes?: 'rest' | 'sentence';
}

/** What relays call the thing that is made, and the making of it. */
const film =
	'视频|視頻|影片|短片|動画|ビデオ|영상|비디오|video|v[ií]d[eé]o|movie|clip|видео|ролик|\\.(?:mp4|webm|mov)\\b';

/** Words for a place that people go to. */
const sites =
	'帮助|幫助|教程|文档|文檔|官网|官網|客服|充值|规则|規則|条款|條款|页面|頁面|套餐|购买|購買|付费|付費|解锁|加入|频道|頻道|订阅|訂閱|广告|廣告|作品页|个人中心|控制台|登录|登錄|help|support|docs?\\b|guide|tutorial|website|pricing|terms|policy|rules|log ?in\\b|sign in|\\bpage\\b|\\baccount\\b|\\bgallery\\b|\\blibrary\\b|\\bapp\\b|unlock|dashboard|\\bplans?\\b|upgrade|subscribe|channel|discord|telegram|ヘルプ|規約|справк|помощь|сайт|правил|ayuda|sitio|términos|hilfe|\\baide\\b|ajuda|bedingungen|conditions|termos|règles|regeln|regras|도움말|약관';

/** Labels of what is no result: pages that people read, and videos that were there before. */
const pages = `${sites}|进度|進度|状态|狀態|日志|日誌|详情|詳情|历史|歷史|progress|status|details?|history|\\blogs?\\b|進捗|状況|статус|estado|查看任务|查看任務|view task|参考|參考|输入|輸入|原视频|原視頻|源视频|示例|样例|演示|上传|上傳|reference|\\b(?:input|prompt|quote|ref)\\b|(?:source|original|user(?:['’]s)?) (?:video|image|clip)|image url|(?:first|last) frame|原始视频|example|\\bsample\\b|\\bdemo\\b|upload|e[jx]empl|beispiel|пример|исходн|statut|référence|상태|진행|예시|참고|원본`;

/** What the user gave, as relays call it before its address. */
const inputs =
	'源视频|源視頻|参考(?:视频|图片?|素材)?|參考(?:影片|圖片?)?|输入(?:视频|图片)?|source (?:video|clip|image)|(?:reference|input)(?: (?:video|clip|image))?|(?:first|last)_frame(?:_url)?|(?:reference|input)_(?:image|video)(?:_url)?|image_url|元動画|исходное видео|vídeo (?:de origen|original)|vidéo source|quellvideo';

/** Whether words speak of a place that people go to, and not of a file. */
export const ofSites = new RegExp(sites, 'i');

/** Whether words speak of what is no result. */
export const ofPages = new RegExp(pages, 'i');

/** Labels of links that play, and of links that save a file. */
const plays = `在线|線上|播放|观看|觀看|再生|視聴|play|watch|online|preview|view|смотреть|просмотр|reprodu[cz]ir|regarder|ansehen|abspielen|assistir|보기|재생|▶|${film}|成品`;
const downloads =
	'下载|下載|ダウンロード|download|скачать|загрузить|descargar|télécharger|herunterladen|baixar|다운로드|⏬';

/** What the address of the result is called. */
const addressed = String.raw`(?:您的|你的|最终|最終|生成的?|成品|your |the |final |generated |finished |tu |su |ваше ){0,6}(?:${film}|播放|观看|觀看|下载|下載|结果|結果|play|watch|download|result|output|media)\s?\d{0,2}[\s_-]?(?:链接|鏈接|連結|地址|网址|網址|リンク|링크|url|uri|link|address|file)?|ссылка(?: на (?:видео|скачивание|просмотр))?|enlace(?: (?:del v[ií]deo|de descarga))?|готово|done`;

/** What follows "done" where the work goes on: `35%`, `，开始放大`, `, now upscaling`. */
const goesOn = String.raw`(?![a-z一-龥ぁ-ヶ]{0,20}\s{0,3}[:：(（]?\s{0,3}\d{1,3}(?:\.\d+)?\s{0,3}%|\s{0,3}[✅！!。.]?\s{0,3}[，,;；、]?\s{0,3}(?:开始|開始|正在|继续|繼續|即将|接下来|进入|now\b|start|begin|upscal|extend|proceed|continu|enhanc|processing|next\b|начина|дальше|ahora|agora|maintenant|jetzt|지금|iniciando))`;

/** What stands before the word for a state, as in `任务状态：成功`. */
const stateLabel = String.raw`(?:任务|任務|生成|task |video |job |generation )?(?:状态|狀態|stat(?:us|e|ut)|статус|estado|ステータス|상태)\**\s?[:：=]\s?[\x60*]{0,3}`;

/**
 * Everything relays are known to print, as rows. A new dialect is a new row, or a new word in
 * one. A line is read from left to right; where two rows match the same place the upper one wins,
 * and what one row took is not read by another: a word inside a link's label says nothing else.
 * What is stated counts only where it is meant (contexts.ts).
 * The variants and where they were seen: docs/relays.md.
 */
export const grammar: readonly Row[] = [
	// Links. Task pages first: "Data Preview" is not a video, "Online Preview" is.
	{ fact: 'previewLink', pattern: link('数据预览|資料預覽|data preview|任务预览|task preview') },
	{ fact: 'sourceLink', pattern: link('原始数据|原始資料|raw data|source data') },
	{
		fact: 'percentLink',
		pattern: new RegExp(String.raw`\[(\d{1,3})%?\]${inParentheses}`, 'gi'),
	},
	{ fact: 'pictureLink', pattern: pictureLink },
	{ fact: 'video', pattern: picture(film) },
	{ fact: 'link', pattern: pictureOrVideo },
	{
		fact: 'poster',
		pattern: either(
			anyPicture,
			link(
				'封面|海报|海報|缩略图|縮圖|サムネイル|\\bcover\\b|poster|thumbnail|обложк|миниатюр|portada|miniatura',
			),
		),
	},
	{ fact: 'page', at: 'word', within: /[:：=]/, pattern: givenLink(inputs) },
	{ fact: 'page', pattern: either(link(pages, 'https?:'), anchor(pages, 'https?:')) },
	{ fact: 'video', pattern: either(link(plays), anchor(`${plays}|${downloads}`)) },
	{ fact: 'download', pattern: link(downloads) },
	{ fact: 'link', pattern: link('') },
	// In words, as `Video URL: …`: what it is called makes it one, whatever the address says.
	{ fact: 'announced', at: 'clause', within: /[:：=]/, pattern: announced(addressed) },
	{ fact: 'video', at: 'line', within: /^\s*\|/, pattern: inCell(addressed) },
	{ fact: 'tag', pattern: tag('video|source|iframe|embed|object|img|a|think|thinking') },
	{ fact: 'closingTag', pattern: /<\/(video|a|think|thinking)\s*>/gi },
	{ fact: 'url', pattern: bareUrl },
	{ fact: 'path', pattern: barePath },

	// Ids. A bare "ID" counts at the start of a quoted line only: others have ids too.
	{
		fact: 'taskId',
		at: 'word',
		pattern: idOf(
			'任务|任務|タスク|작업|历史(?:记录)?|歷史(?:記錄)?|记录|記錄|作业|工单',
			'task|job|history(?: record)?|generation|prediction|auftrags?|aufgaben',
		),
	},
	{
		fact: 'taskId',
		at: 'word',
		pattern: new RegExp(
			`(?:ID|identifiant|identificador) (?:задачи|задания|генерации|d[aeo] (?:la )?(?:tarea|tâche|tarefa|trabalho|ge(?:ne)?ra(?:ción|ção)|génération))${id}`,
			'gi',
		),
	},
	{ fact: 'videoId', at: 'word', pattern: idOf('视频|視頻|影片', 'video') },
	{ fact: 'taskId', at: 'quote', pattern: new RegExp(`id${id}`, 'gi') },
	{ fact: 'sid', at: 'word', pattern: new RegExp(`sid${id}`, 'gi') },
	{
		fact: 'sid',
		pattern: new RegExp(
			String.raw`(?:post|share|published|作品|发布|發布|分享)[\s_-]?(?:id|编号)?[\s*]*[:：=][\s\x60"]*(s_\w{4,80})`,
			'gi',
		),
	},
	// `VideoTask(id=…)`, and the marks a pipe leaves for itself: `[…:videojob:…]: #`.
	{ fact: 'taskId', pattern: /task\(\s*(?:task_)?id\s*=\s*["']?([\w:.-]{5,200})/gi },
	{ fact: 'taskId', pattern: /\[[\w.:-]{0,60}(?:job|task):([\w-]{5,200})\]:/gi },
	// In words: "任务已提交: task_…", "Video task created: …", "任务 `…` 已创建", or alone on its line.
	{
		fact: 'taskId',
		pattern: new RegExp(
			String.raw`(?:任务|任務|タスク|\btask\b|\bjob\b)[^。！!？?/\n<>()\[\]]{0,40}?[\s:：\x60"'「『(（#=](${knownId})(?!\x60?\s?(?:(?:has )?failed|(?:执行|執行|生成)?失[败敗]))`,
			'gi',
		),
	},
	{
		fact: 'videoId',
		pattern: new RegExp(String.raw`(?<=^[\s>*\x60]{0,12})(${knownId})(?=[\s*\x60.]*$)`, 'gi'),
	},
	// Whatever is said of it, but of a limit that another's task has reached.
	{
		fact: 'videoId',
		pattern: new RegExp(`(${taskForm})`, 'gi'),
		given: /^(?![^]*(?:limit|concurren|still running|already running|上限|并发|正在运行|尚未))/i,
	},
	{
		fact: 'prompt',
		at: 'line',
		pattern: /(?:prompt|提示词|提示詞|プロンプト|промпт)\**\s*[:：]\**\s*(?=\S)/gi,
		takes: 'rest',
	},

	// Failure, and what only sounds like it.
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
			String.raw`(?:视频|視頻|影片|任务|任務)?(?:生成|處理|处理|执行|執行)?(?:任务|任務|结果|結果)?(?:已)?(?:超时|超時|逾時)(?:或失败|或失敗)?(?![时時间間])|(?:the |your )?(?:video |task )?(?:generation |request )?(?:has )?(?:timed out|expired)\b|(?:the |your |this )?(?:video )?(?:task|job|generation|request) (?:has been |was )(?:cancel+ed|aborted|rejected)\b|(?:the |your |api |upstream )*request failed(?= *[:：]| with\b)|(?:the |your )?(?:video )?(?:task|job) \x60?[\w:.\-]{5,100}\x60? (?:has )?failed\b|(?:任务|任務)\s?\x60?[\w:.\-]{5,100}\x60?\s?(?:执行|執行|生成)?(?:失败|失敗)|(?:该|您的|你的|本次)?(?:视频|視頻|影片)?(?:生成)?(?:任务|任務)(?:已)?(?:被取消|被拒绝|被拒絕|取消)(?!的)`,
		),
	},
	{
		fact: 'failed',
		...sentence(
			String.raw`(?:该|您的|你的)?(?:提示词?|提示詞|内容|內容|请求|輸入|输入)?(?:已)?(?:违反|違反)(?:了)?[^。.，,]{0,20}?(?:政策|规定|規定|规则|規則|准则|條款|条款)|(?:内容|內容|提示词?|提示詞|图片|圖片)(?:涉嫌|存在|包含)?(?:违规|違規)|(?:内容|內容|视频|視頻|影片|提示词?)(?:生成)?(?:已)?被(?:内容|內容|安全|系统|系統)?(?:审核|審核|策略)?(?:系统|系統)?(?:拦截|攔截|屏蔽|拒绝|拒絕|过滤|過濾)|(?:the |your )?(?:content|prompt|video|request|output|input) (?:was |has been |is )?(?:moderated|blocked|rejected|flagged)\b|(?:blocked|rejected) by (?:moderation|the safety|content)|(?:this |the |your )(?:content|prompt|image|request|input) violates\b|PUBLIC_ERROR_\w+`,
		),
		within: /[违違][反规規]|被|moderated|blocked|rejected|flagged|violates|PUBLIC_ERROR/i,
	},
	{
		fact: 'failed',
		...sentence(
			String.raw`(?:今日|当日|本月|每日|当前|该|您的|你的|账号|帳號|账户|帳戶|用户|用戶|会员|會員|平台|模型|接口|即梦|可用|剩余|剩餘|免费|免費|使用|生成|视频|影片|調用|调用|的){0,8}(?:次数|次數|额度|額度|积分|積分|点数|點數|余额|餘額|配额|配額)(?:已)?(?:达上限|達上限|达到上限|達到上限|用完|用尽|用盡|耗尽|耗盡|不足)|(?:the |your )?(?:daily |usage |video )*(?:limit|quota) (?:has been |was |is )?(?:reached|exceeded|exhausted)\b|(?:insufficient|not enough|(?:you )?do(?: not|n.t) have enough|(?:you have |you.ve )?run out of) (?:credits?|points?|balance|quota)\b`,
		),
		within: /上限|用[完尽盡]|耗[尽盡]|不足|limit|quota|insufficient|enough|out of/i,
	},
	{
		fact: 'failed',
		...statementAndRest(
			'(?:您的|你的|本次|该)?(?:视频|視頻|影片|任务|任務)?(?:生成|產生|产生|执行|執行|处理|處理|创建|創建|提交|获取|獲取)(?:过程|過程)?(?:视频|視頻|影片|任务|任務|结果|結果)?(?:[时時](?:发生|發生)?)?(?:失败|失敗|异常|異常|出错|出錯|错误|錯誤|出现错误|中断)(?![率的过過不也会會时時])|(?:视频|視頻|影片)?(?:生成|处理|處理)(?:过程)?中?(?:遇到|出现|出現|发生|發生)(?:了)?(?:问题|問題|错误|錯誤|异常|異常)|(?:视频|視頻|影片)?(?:任务|任務)(?:已)?(?:失败|失敗)(?![率的])|(?:the |your |this )?(?:video )?generat(?:ion|e)(?: action)? (?:has )?(?:failed|was unsuccessful|errored)(?= *$| ?[^a-z\\d\\s一-龥]| (?:because|due|with|after|as|since|on|at|by|in|for|again|reason|error)\\b)|(?:failed|unable) to (?:generate|create|make|produce|render)(?: (?:the |your |a )?video)?|(?:the |your )?video (?:could not|couldn.t|cannot|can.t) be (?:generated|created|made|produced|rendered)|(?:video )?generation error(?= *[:：])|an error occurred(?: (?:while|during|when)[^:：.]{0,40})?|something went wrong|(?:the |your )?(?:video )?task (?:has )?failed(?= *$| ?[^a-z\\d\\s一-龥]| (?:because|due|with|after|as|since|on|at|by)\\b)|content policy violation\\b|(?:内容|內容)?(?:审核|審核)(?:未通过|未通過|不通过|不通過|失败|失敗)',
		),
		within:
			/失[败敗]|[异異]常|出[错錯]|错误|錯誤|问题|問題|中断|[未不]通[过過]|fail|error|unable|be (?:generated|created|made|produced|rendered)|occurred|wrong|errored|unsuccessful|violation/i,
	},
	// In other languages, together: one look shows that a line is in none of them.
	{ fact: 'failed', ...statementAndRest(phrasesOf('failed')), within: otherLanguage },
	{ fact: 'failed', ...sentence(phrasesOf('refused')), within: otherLanguage },
	{
		fact: 'completed',
		at: 'clause',
		pattern: new RegExp(`(?:${phrasesOf('completed')})${goesOn}`, 'gi'),
		within: otherLanguage,
	},
	{ fact: 'queued', pattern: new RegExp(phrasesOf('queued'), 'gi'), within: otherLanguage },
	{ fact: 'generating', pattern: new RegExp(phrasesOf('generating'), 'gi'), within: otherLanguage },
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
			/(?:\[(?:error|错误|錯誤)\]\**\s?[:：]?|(?:error|failed|(?:处理|處理|生成|系统|系統|请求|請求|发生|發生)?(?:错误|錯誤|失败|失敗)|エラー|ошибка|erreur|échec|fehler|erro|오류)\**\s?[:：])\s*(?=\S)/gi,
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

	// What a planner quotes is the user's, even where it sounds like the relay.
	{
		fact: 'quotation',
		pattern:
			/"(?:(?!https?:)[^"<>[\]\x60])+"|“(?:(?!https?:)[^“”<>[\]\x60])+”|«(?:(?!https?:)[^«»<>[\]\x60])+»|‘(?:(?!https?:)[^‘’<>[\]\x60])+’|[「『《](?!https?:)[^「」『』《》<>[\]\x60]+[」』》]|\x60[^\x60\s]{0,200}[\p{L}❌✅]\s[^\x60]{0,500}\x60|\x60[^\x60]{0,200}\p{Script=Han}[^\x60]{0,500}\x60/gu,
	},

	// Done. A preview is not done: the better video is still being made.
	{
		fact: 'previewed',
		pattern:
			/(?:preview video|preview) (?:has been )?generated|预览视频(?:已)?生成(?:完成|成功)?|预览(?:版)?视频已(?:经)?生成/gi,
	},
	// Nor is what goes on: "视频已生成35%", "生成完成，开始放大", "complete, now upscaling".
	{
		fact: 'completed',
		at: 'clause',
		pattern: new RegExp(
			String.raw`(?:恭喜|您的|你的|本次|该|the |your |this |sora |veo |ai |text-to-video |image-to-video |high-quality |hd |final |video |clip |task |job ){0,6}(?:(?:视频|視頻|影片|任务|任務)?(?:生成|產生|产生)(?:任务|任務)?(?:已)?(?:完成|成功|完毕|完畢)|(?:高质量|高清)?(?:视频|視頻|影片)已(?:经|經)?(?:生成|完成|產生)|(?:動画)?生成完了|generat(?:ion|ing) (?:is )?(?:completed?|succeeded|successful|finished)|(?:high-quality )?video (?:has been )?generated|\b(?:your )?video is (?:now )?ready\b|\bhere(?:['’]s| is) (?:your|the) (?:generated |finished )?video(?=\s?[:：])|(?:任务|任務|task) ?(?:已完成|completed))${goesOn}`,
			'gi',
		),
	},

	{
		fact: 'status',
		...statement(String.raw`${stateLabel}([^\s\d.,:;!?，。：；！？(（\x60*|/[\]<>"']{2,30})`),
		within: /[:：=]/,
	},

	// Waiting and working.
	{
		fact: 'queued',
		pattern:
			/排队中|排隊中|正在排队|排队等待|等待(?:处理|處理)?中|等待处理|待機中|queue?ing|\bqueued\b|\bin queue\b|waiting (?:for processing|in (?:the )?queue|for a free (?:gpu|slot|worker))/gi,
	},
	{
		fact: 'generating',
		pattern:
			/生成中|產生中|作成中|(?:开始|開始|正在)(?:对视频进行)?(?:生成|優化|优化|处理|處理|渲染|放大|延长|拼接|超分)|\bgenerating\b|\b(?:start(?:ed|ing)?|begin(?:ning)?) (?:video )?generation|generation (?:process )?(?:begins|started|in progress)|\boptimi[sz]ing\b|\brendering\b|\b(?:upsampl|upscal|extend|stitch)ing\b/gi,
	},
	{
		fact: 'percent',
		given:
			/[█▓▒░■▰⏳⌛]|进度|進度|進捗|progress|прогресс|генер|обработк|progreso|avancement|génération|fortschritt|erstell|생성 ?중|ge(?:ne)?rando|proces+ando|진행|completado|готово|🏃|生成中|產生中|已生成|已完成|正在|完成度|\b(?:generat|render|process|upscal|upsampl|extend|runn)(?:ing|ed)\b|\bcompleted?\b|^[>\s]*\d{1,3}(?:\.\.|%)/i,
		pattern: /(?<![\w-]|\d\.)(\d{1,3}(?:\.\d+)?)(?=\s?(?:\.\.|[%％]|…)|(?<!\.\d+)\s?$)/g,
	},
	{ fact: 'fraction', pattern: /\bprogress\**\s?[:=]\s?(0?\.\d{1,4}|1\.0+)(?![\d%])/gi },
];
