import { textsOf } from './textsOf';

/** An answer outside 2xx, as far as it decides what it may have cost. */
export interface GateAnswer {
	status: number;
	body: string;
	/** Milliseconds from the written request to the head of the answer. */
	elapsed: number;
}

const soon = 10_000; // ms; a gate turns away at the door, what took longer did something

/** Statuses by which a request is turned away unread; any other may follow a start. */
const turnedAway: ReadonlySet<number> = new Set([
	301, 302, 307, 308, 400, 401, 402, 403, 404, 405, 407, 413, 415, 422, 426, 429, 431,
]);

/** What made nothing has no output to speak of, and nothing that was begun or asked for. */
const ofWork =
	/(?:\b|_)output\b|(?:\b|_)output[_-]?(?:moderat|filter|content|video|safety|check|audit|block|flag|violat|reject)|\b(?:generated|produced|rendered|resulting|finished|completed|final)\s+(?:\w+\s+)?(?:video|content|result|clip|image|frame|media|file)|\b(?:video|result|clip|generation|audio|footage|response)s?\s+(?:(?:we|it)\s+|(?:was|were|has been|have been|is|are|got|could not be|cannot be)\s+(?:\w+\s+)?)?(?:flagged|blocked|rejected|filtered|moderated|removed|withheld|generated|discarded|made|created|produced|completed|finished|delivered|returned|released|violates?|contains?|depicts?|shows?|includes?)\b|\b(?:post|after|upon|during)[- _]+(?:the )?(?:generat|render|process|complet|moderat)|\b(?:tasks?|jobs?|generations?)\s+(?:(?:was|were|has been|have been|is|are)\s+)?(?:already\s+)?(?:submitted|created|started|accepted|completed|finished)|\bpolling\b|(?:moderation|filter|check)_results?\b|\bframes?[ _#]*(?:index|\d)|AUDIO_FILTERED|rai_?media_?filtered|生成(?:的|后|後|的?结果|的?結果|出的|完成)|已(?:经)?(?:生成|完成|提交|创建|創建)|输出|輸出|成片|(?:视频|視頻|影片|作品|结果|結果|成品|画面|畫面)(?:内容|內容|结果|結果|中|里)?(?:审核|審核|违规|違規|未通过|未通過|不通过|没有通过|涉嫌|涉及|包含|含有|被)/i;

/** Why a 503 did not even try. */
const refusals =
	/\bno (?:\w+ ){0,2}?(?:channels?|accounts?|keys?|tokens?|upstreams?|providers?|capacity|workers?)\b|(?:channels?|accounts?|providers?) (?:is |are )?(?:not available|unavailable|exhausted|disabled)|(?:渠道|账号|通道)暂?不可用|(?:无|無|没有|沒有|未找到|找不到)[^，。；\n]{0,12}(?:渠道|账号|帐号|帳號|通道|账户)|[无無没沒]有?可用|saturat|饱和|飽和|overload|过载|過載|超载|超載|(?:负载|負載)过?[高重大]|(?:over|at|out of|insufficient) capacity|(?:high|heavy) (?:demand|load|traffic)|人[数數]过?過?多|maintenance|维护|維護|queue is full|队列已?满|\bbusy\b|繁忙|too many (?:concurrent )?requests|rate limit/i;

/** What a refusal has besides, and says nothing. */
const courtesy =
	/^(?:[\s"'“”~…%-]|(?:please|kindly|sorry|we are|apologi[sz]e|try|retry|wait|come|back|again|later|soon|shortly|in|after|for|a|an|few|some|moment|minutes?|seconds?|the|this|your|you|request|model|server|service|system|engine|distributor|right|currently|until|is|are|current|threshold|error|now|at|\d+(?:\.\d+)?s?)\b|请|請|稍后|稍後|稍候|稍等|再试|再試|重试|重試|后|後|抱歉|您好|对不起|一下|联系管理员|[秒分钟]|[试試])*$/i;

/** What stands where a gateway hides that the request got further, whatever else is said. */
const troubles =
	/status[ _]?code|\bupstream[ _](?!(?:is )?(?:load|saturat|overload|busy))|上游(?!.{0,4}(?:饱和|飽和|过载|過載|超载|超載|繁忙))|service (?:is )?(?:temporarily |currently )?unavailable|gateway|internal (?:server )?error|INTERNAL_ERROR|hang up|hung up|\bE(?:CONN|PIPE|TIMEDOUT|AI_|NOTFOUND|HOST|NET|PROTO)|(?:PROTOCOL|SYSCALL|NETWORK|SOCKET|READ)_ERROR|\bother side\b|fetch|\bEOF\b|\btls\b|\bssl\b|do[_ ]request|request failed|(?<!channel)_failed|read_response|result|response|(?<!up)stream|time[d]?[ -]?out|deadline|\b(?:reset|closed?|broken|aborted|cancell?ed|terminated|interrupted|disconnect\w*|lost|unexpected|incomplete|premature|generat(?:ed|ing)|render(?:ed|ing)|submitted|accepted|started|completed|finished|deliver\w*|previous|attempts?|retries|retried|last)\b|connection|\b(?:[15]\d\d|2\d\d)\b(?<!\b503)|超时|逾時|连接|連接|网络|網路|错误|錯誤|失败|失敗|返回|响应|響應|<\w/i;

/** Where an answer has names and numbers instead of words. */
const nameKey =
	/^(?:type|code|param|status|status_?code|(?:request|trace)?_?id|model|group|path|instance|timestamp|time|name|object)$/i;

/**
 * Whether a refusal certainly cost nothing. It is the only place that decides so; what is not
 * certain may have been charged. A task that the answer names is looked for elsewhere.
 */
export function isFree({ status, body, elapsed }: GateAnswer): boolean {
	if (elapsed > soon) return false;
	const texts = textsOf(body);
	// A name in JSON may say it as well: `"is_output_rejection": true`.
	if ([body, ...texts.map(({ text }) => text)].some((text) => ofWork.test(text))) return false;
	if (status !== 503) return turnedAway.has(status);
	const said = texts.filter(({ key }) => key !== 'type');
	const clauses = said.filter(({ key }) => !nameKey.test(key)).flatMap(({ text }) => split(text));
	return (
		!said.some(({ text }) => troubles.test(withoutIds(text))) &&
		said.some(({ text }) => refusals.test(text)) &&
		clauses.every((clause) => refusals.test(clause) || courtesy.test(clause))
	);
}

/** An id has any letters, and the proxy without a relay to ask has words that are its own. */
const withoutIds = (text: string): string =>
	text
		.replaceAll(/no healthy upstream/gi, 'busy')
		.replaceAll(/request[ _-]?id\s*[:：]\s*[\w-]+/gi, '');

/** What is said besides a refusal, as `overloaded: EOF`, may speak of something that was done. */
const split = (text: string): string[] =>
	withoutIds(text).split(
		/[,;!?()[\]\n，。；：、！？（）]|[.:](?=\s|$)|\s-+\s|\b(?:but|and|because|while|as)\b/i,
	);
