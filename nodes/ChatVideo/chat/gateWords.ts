/** One way to say something: in what words. */
type Words = readonly RegExp[];

/** What made nothing has no output to speak of, and nothing that was begun, asked for or charged. */
export const ofWork: Words = [
	// The output.
	/(?:\b|_)output\b|(?:\b|_)output[_-]?(?:moderat|filter|content|video|safety|check|audit|block|flag|violat|reject)/i,
	/\b(?:generated|produced|rendered|resulting|finished|completed|final)\s+(?:\w+\s+)?(?:video|content|result|clip|image|frame|media|file)/i,
	/\b(?:video|result|clip|generation|audio|footage|response)s?\s+(?:(?:we|it)\s+|(?:was|were|has been|have been|is|are|got|could not be|cannot be)\s+(?:\w+\s+)?)?(?:flagged|blocked|rejected|filtered|moderated|removed|withheld|generated|discarded|made|created|produced|completed|finished|delivered|returned|released|violates?|contains?|depicts?|shows?|includes?)\b/i,
	/(?:moderation|filter|check)_results?\b|\bframes?[ _#]*(?:index|\d)|AUDIO_FILTERED|rai_?media_?filtered/i,
	/生成(?:的|后|後|的?结果|的?結果|出的|完成)|输出|輸出|成片/,
	/(?:视频|視頻|影片|作品|结果|結果|成品|画面|畫面)(?:内容|內容|结果|結果|中|里)?(?:审核|審核|违规|違規|未通过|未通過|不通过|没有通过|涉嫌|涉及|包含|含有|被)/,
	// What comes after it.
	/\b(?:post|after|upon|during)[- _]+(?:the )?(?:generat|render|process|complet|moderat)/i,
	/\b(?:upscal|watermark|transcod|stitch)\w*(?: \w+)? (?:failed|error|timed out)|\b(?:failed|unable|could not|couldn't|cannot)(?: to)? (?:upscale|watermark|transcode|stitch|save|store)\b/i,
	/转码|轉碼|超分|(?:保存|存储|儲存|上传|上傳)(?:视频|視頻|影片|结果|結果)/,
	// A task.
	/\b(?:tasks?|jobs?|generations?)\s+(?:(?:was|were|has been|have been|is|are)\s+)?(?:already\s+)?(?:submitted|created|started|accepted|completed|finished)/i,
	/\bpolling\b|\b(?:quer|fetch|check|gett|retriev)(?:y|ing)?\s+(?:the |for |your |its )?(?:task|job|video|result|generation)|\b(?:task|job|generation)['’]?s? (?:status|result)/i,
	/(?:查询|查詢|轮询|輪詢)(?:任务|任務|结果|結果|视频|視頻)?|(?:任务|任務)(?:状态|狀態|结果|結果)|已(?:经|經)?(?:生成|完成|提交|创建|創建)/,
	/\bafter \d+ (?:\w+ )?(?:attempts?|tries|retries)|\bat \d{1,3}(?:\.\d+)? ?%/i,
	// Money.
	/\brefund|(?<!\b(?:not|no (?:credits?|points?|fees?|money) (?:was|were|will)) (?:be |been )?)\b(?:deducted|charged)\b|已退|退还|退還|退款|返还|返還|已扣/i,
];

/** Why a 503 did not even try. */
export const refusals: Words = [
	/\bno (?:\w+ ){0,2}?(?:channels?|accounts?|keys?|tokens?|upstreams?|providers?|capacity|workers?|servers?|endpoints?)\b/i,
	/(?:channels?|accounts?|providers?) (?:is |are )?(?:not available|unavailable|exhausted|disabled)/i,
	/(?:渠道|账号|通道)暂?不可用|(?:无|無|没有|沒有|未找到|找不到)[^，。；\n]{0,12}(?:渠道|账号|帐号|帳號|通道|账户)|[无無没沒]有?可用/,
	/saturat|饱和|飽和|overload|过载|過載|超载|超載|(?:负载|負載)过?[高重大]|人[数數]过?過?多|\bbusy\b|繁忙/i,
	/(?:over|at|out of|insufficient) capacity|(?:high|heavy) (?:demand|load|traffic)|queue is full|队列已?满/i,
	/maintenance|维护|維護|too many (?:concurrent )?requests|rate limit/i,
];

/** What for: of a refusal that says so, nothing was begun. */
export const toGenerate =
	/(?:进行|進行|用于|用於|来|來)[^，。]{0,6}生成|\b(?:for (?:\w+ )?generation|to generate)\b/i;

/** What a refusal has besides, and says nothing. */
const courtesies: Words = [
	/\b(?:please|kindly|sorry|apologi[sz]e|we are|about that|thanks?|thank you)\b/gi,
	/\b(?:try|retry|wait|come|back|again|later|soon|shortly|in|after|for|until|estimated)\b/gi,
	/\b(?:an?|few|some|moment|minutes?|seconds?|the|this|these|that|your?|our|us|is|are|can|with|or|at|if)\b/gi,
	/\b(?:other|requests?|model|server|service|system|engine|distributor|currently|right now|current|now)\b/gi,
	/\b(?:contact|help center|through|persists|include|message)\b/gi,
	/\b(?:threshold|error|spikes|demand|usually|temporar(?:y|ily)|experiencing)\b/gi,
	/(?<![\w.])(?:\d+(?:\.\d+)?s?|[a-z][a-z\d]*(?:\.[a-z][a-z\d]*)+)(?![\w.])/gi, // a time, a host
	/所有token都处于|禁用|冷却|锁定|配额耗尽|或?已过期状态|进行视频生成/gi,
	/请|請|稍[后後候等]|再试|再試|重试|重試|[后後]|抱歉|您好|对不起|一下|联系管理员|[秒分钟试試]/g,
	/[\s"'“”~…%-]/g,
];

export const isCourtesy = (clause: string): boolean =>
	courtesies.reduce((rest, words) => rest.replaceAll(words, ''), clause) === '';

/** What stands where a gateway hides that the request got further, whatever else is said. */
export const troubles: Words = [
	/status[ _]?code|\bupstream[ _](?!(?:is )?(?:load|saturat|overload|busy))|上游(?!.{0,4}(?:饱和|飽和|过载|過載|超载|超載|繁忙))/i,
	/service (?:is )?(?:temporarily |currently )?unavailable|gateway|internal (?:server )?error|INTERNAL_ERROR/i,
	/hang up|hung up|\bE(?:CONN|PIPE|TIMEDOUT|AI_|NOTFOUND|HOST|NET|PROTO)|(?:PROTOCOL|SYSCALL|NETWORK|SOCKET|READ)_ERROR|\bother side\b|\bEOF\b|\btls\b|\bssl\b|connection|连接|連接|网络|網路/i,
	/fetch|do[_ ]request|request failed|(?<!channel)_failed|read_response|result|response|(?<!up)stream|返回|响应|響應/i,
	/time[d]?[ -]?out|deadline|超时|逾時|错误|錯誤|失败|失敗/i,
	/\b(?:reset|closed?|broken|aborted|cancell?ed|terminated|interrupted|disconnect\w*|lost|unexpected|incomplete|premature)\b/i,
	/\b(?:generat(?:ed|ing)|render(?:ed|ing)|submitted|accepted|started|completed|finished|deliver\w*|previous|attempts?|retries|retried|last)\b/i,
	/\b(?:[15]\d\d|2\d\d)\b(?<!\b503)|<\w/,
];

/** Whether a text says so in any of the words. */
export const isSaid = (words: Words, text: string): boolean =>
	words.some((each) => each.test(text));
