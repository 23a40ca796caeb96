/** What relays call the thing that is made, and the making of it. */
export const film =
	'视频|視頻|影片|短片|動画|ビデオ|영상|비디오|video|v[ií]d[eé]o|movie|clip|видео|ролик|\\.(?:mp4|webm|mov)\\b';

/** Words for a place that people go to. */
const sites =
	'帮助|幫助|教程|文档|文檔|官网|官網|客服|充值|规则|規則|条款|條款|页面|頁面|套餐|购买|購買|付费|付費|解锁|加入|频道|頻道|订阅|訂閱|广告|廣告|作品页|个人中心|控制台|登录|登錄|help|support|doc(?:s|umentation)?\\b|guide|tutorial|website|pricing|terms|policy|rules|log ?in\\b|sign in|\\bpage\\b|\\baccount\\b|\\bgallery\\b|\\blibrary\\b|\\bapp\\b|unlock|dashboard|\\bplans?\\b|upgrade|subscribe|channel|discord|telegram|ヘルプ|規約|справк|помощь|сайт|правил|ayuda|sitio|términos|hilfe|\\baide\\b|ajuda|bedingungen|conditions|termos|règles|regeln|regras|도움말|약관';

/** Labels of what is no result: pages that people read, and videos that were there before. */
export const pages = `${sites}|进度|進度|状态|狀態|日志|日誌|详情|詳情|历史|歷史|progress|status|details?|history|\\blogs?\\b|進捗|状況|статус|estado|查看任务|查看任務|view task|参考|參考|输入|輸入|原视频|原視頻|源视频|示例|样例|演示|上传|上傳|reference|\\b(?:input|prompt|quote|ref)\\b|(?:source|original|user(?:['’]s)?) (?:video|image|clip)|image url|(?:first|last) frame|原始视频|example|\\bsample\\b|\\bdemo\\b|upload|e[jx]empl|beispiel|пример|исходн|statut|référence|상태|진행|예시|참고|원본`;

/** What the user gave, wherever it is named right before its address. */
export const inputs =
	'源视频|源視頻|参考(?:视频|图片?|素材)?|參考(?:影片|圖片?)?|输入(?:视频|图片)?|source (?:video|clip|image)|(?:reference|input)(?: (?:video|clip|image))?|(?:first|last)_frame(?:_url)?|(?:reference|input)_(?:image|video)(?:_url)?|image_url';

/** What is given, as words that go with it call it: `your … video URL`. */
const thing =
	"the|your|my|user(?:[’']s)?|您的|你的|用户|用戶|上传的|上傳的|提供的|的|の|d[’']|di|de|la|el|du|da|do|del|videos?|v[ií]d[eé]o|clip|movie|film|image|picture|photo|frame|file|media|footage|material|视频|視頻|影片|短片|图片?|圖片?|文件|檔案|素材|片段|作品|動画|ビデオ|画像|ファイル|영상|동영상|비디오|이미지|파일|видео|ролик|файл|изображение|imagen|archivo|arquivo|fichier|datei|bild|url|uri|link|address|地址|网址|網址|链接|鏈接|連結|リンク|링크|주소|ссылка|enlace|lien";

/**
 * What the user gave, where that is all a label says: `Source`, `Your original video`, `原片链接`.
 * Among other words the same ones say less: "Download source file", "Downloaded from".
 */
const given = String.raw`(?:(?:${thing})[\s_-]?){0,4}(?:source|src|original[e]?|input|reference|ref|base|previous|earlier|old|parent|(?:uploaded|driving|received)[\s_-](?=video|clip|file|image)|got(?= your)|(?:to|being) (?:edit|extend|remix|modif|upscal)(?:y|e|ed|ied)?|initial|(?:first|last|start(?:ing)?|end(?:ing)?)[\s_-]frame|remix[\s_-]target|(?:remix(?:ed)?|based|edited|extended|derived|generated|made|created|adapted) (?:of|from|on)|from|before|editing|modifying|remixing|extending|upscaling|原(?:始|视频|視頻|影片|片|图|圖|文件)?|源|参考|參考|输入|輸入|首帧|尾帧|首幀|尾幀|旧|舊|(?:上一|前一|之前|先前)(?:个|個|版|条|次|的)?|上[传傳]的?(?=[视視影图圖文片素])|(?:基于|基於|改自|来自|來自)|素材|基础|基礎|(?:被|待|要|需)(?:编辑|編輯|修改|扩展|擴展|延长|延長|处理|處理)|已?收到|元|入力|参照元?|ベース|オリジナル|ソース|원본|입력|참고|참조|소스|исходн(?:ое|ик|ый|ая)|оригинал(?:ьное|ьный)?|референс|входное|источник|orig[ei]ne?|fuente|referencia|entrada|anterior|origem|fonte|refer[êe]ncia|(?:d.)?entrée|référence|précédente?|original|quell?e?|referenz|eingabe|ausgangs|vorlage|vorherige[rs]?)(?:[\s_-]?(?:${thing})){0,4}`;

/** What goes with a video and is none, where that is all a label says. */
const sounds = String.raw`(?:(?:download|play|listen(?: to)?|get|save|the|your|下载|下載|播放|收听|试听|生成的?|提取的?)[\s/|]{0,3}){0,4}(?:audio|music|sound(?:track)?|subtitles?|captions?|音频|音訊|音頻|音乐|音樂|音轨|配乐|配音|字幕|音声|аудио|오디오)(?: ?/ ?music)?(?:[\s_-]?(?:url|uri|link|file|track|address|地址|链接|鏈接|文件|リンク|링크)){0,2}`;

/** What is no result, where that is all a label says. */
export const apart = `(?:${given}|${sounds})`;

/** What is done to it, before its address. */
export const takes =
	"(?:(?:now|i(?:[’'] ?ll| will)|let me) )?(?:editing|edit|modifying|modify|remixing|remix|extending|extend|using|based on|from)(?: (?:the|your|this|source|original|video|clip)){0,3}|(?:正在)?(?:基于|基於)|正在(?:编辑|編輯|修改|扩展|擴展|延长|延長)";

/** Whether words speak of a place that people go to, and not of a file. */
export const ofSites = new RegExp(sites, 'i');

/** Whether words speak of what is no result. */
export const ofPages = new RegExp(pages, 'i');

/** Labels of links that play, and of links that save a file. */
export const plays = `在线|線上|播放|观看|觀看|再生|視聴|play|watch|online|preview|view|смотреть|просмотр|reprodu[cz]ir|regarder|ansehen|abspielen|assistir|보기|재생|▶|${film}|成品`;
export const downloads =
	'下载|下載|ダウンロード|download|скачать|загрузить|descargar|télécharger|herunterladen|baixar|다운로드|⏬';

/** Labels of pictures of it. */
export const posters =
	'封面|海报|海報|缩略图|縮圖|サムネイル|\\bcover\\b|poster|thumbnail|обложк|миниатюр|portada|miniatura';

/** What the address of the result is called. */
export const addressed = String.raw`(?:您的|你的|最终|最終|生成的?|成品|your |the |final |generated |finished |tu |su |ваше ){0,6}(?:${film}|播放|观看|觀看|下载|下載|结果|結果|play|watch|download|result|output|media)\s?\d{0,2}[\s_-]?(?:链接|鏈接|連結|地址|网址|網址|リンク|링크|url|uri|link|address|file)?|ссылка(?: на (?:видео|скачивание|просмотр))?|enlace(?: (?:del v[ií]deo|de descarga))?|готово|done`;

/** A line that says of the one below it that it is what the user gave. */
export const givenHeading = new RegExp(
	`^[^\\w\\[\\]|<\\u00C0-\\uD7FF]{0,12}${apart}[\\s*]{0,4}[:：]?[\\s*]{0,4}$`,
	'i',
);

/** What links are called in the head of a table. */
export const headings = new RegExp(
	`${film}|${plays}|${downloads}|${pages}|${posters}|^(?:${apart}|result|output|final|after|edited|结果|結果|輸出|输出|成片)$`,
	'i',
);
