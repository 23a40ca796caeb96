/** What stands around that which a row of the grammar has found in a line. */
export const lineWords = {
	/** Before a link: nothing but marks or a number, or what it is called. */
	announcement:
		/^[\s\p{P}\p{S}\p{M}\p{Cf}]*(?:\d{1,2}(?:\/\d{1,2})?\s*[.)\]、|]\s*)?$|(?:视频|視頻|影片|動画|v[ií]d[eé]o|видео|영상|비디오|播放|下载|下載|download|结果|結果|result|output|成品)[^:：|]{0,20}(?:[:：|]|\s[-–—])[\s\p{P}\p{S}]*$|(?:视频|視頻|影片|任务|任務|video|clip|generation|(?:^|[^\p{L}\p{N}\s])\s?)(?:已)?(?:生成(?:成功|完成)?| ?(?:is |now |has been ){0,2}(?:ready|generated|completed?|done)(?: successfully)?)[\s,，!！。.✅]*(?:(?:请|請)?点击|(?:please )?click)?\s?$/iu,
	/** After it: what a label such as “here” is for. */
	use: /^\s?(?:[（(][^()（）]{1,20}[)）]|查看|观看|觀看|下载|下載|播放|to (?:view|watch|play|download))(?:视频|視頻|影片| (?:it|(?:the |your )?video))?/iu,
	/** Before a file: it is called something, or said to be done. */
	label:
		/(?:[:：→➜➡⇒]|[-=]>|(?:url|link|链接|鏈接|地址)[*`]{0,3}\s?\||\b(?:watch|available)(?: it| now| online){0,2} (?:at|here)|(?:(?<!\b(?:not|never|yet|n['’]t)\s|\w)(?:done|finished|ready|completed?|saved)\b|(?<![未没不有])(?:完成|成功)|(?<!не )готово|완료|完了)(?: to|[\s\p{P}\p{S}]{0,3}(?:in |after )?\d[\d.:]{0,6}\s?[a-z分秒]{0,8})?)[\s\p{P}\p{S}]{0,8}$/iu,
	/** What leads to it, and is one of several words elsewhere. */
	arrow: /(?:→|[-=]>)\s*$/,
	/** Around a link: of HTML, or of boards. */
	tag: /<[^<>]*>?|\[\/?\w{1,10}\]/g,
	/** An entry of a list, */
	bullet: /^[\s>]{0,8}(?:[-*+•]|\d{1,2}[.)])\s/,
	/** and a line that has a link before any words. */
	beginsWithLink:
		/^[\s>*+•\-\d.)]{0,12}[\p{S}\p{M}\s*]{0,8}(?:<?https?:|!?\[|<(?:video|source|a|img|iframe)\s|\/\w)/iu,
	/** What it stands in. */
	clause: /[^。！!？?；;，,.]{0,40}$/,
	/** But not where the link is still to come. */
	expected: /将|將|\bwill\b/i,
	/** Of a picture, which then shows the video that it links to. */
	ofVideo: /video|视频|視頻|影片|動画|cover|封面|poster|play|播放/i,
	/** Between the words for a failure and its reason, */
	beforeReason: /^了?[\s>❌!！*,，:：。-]+/u,
	/** and what the reason is called. */
	reason: /^(?:(?:失败|错误)?原因|(?:failure )?reason|错误|error)\**\s*[:：]\**\s*/i,
} as const;
