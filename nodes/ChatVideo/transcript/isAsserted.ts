/**
 * Whether words of a line are said as a fact. What stands in a condition, a question, a wish or a
 * quotation, what is denied, or expected, or explained, says nothing of this video: "if the video
 * has been generated, download it at the site" is printed while it is being made.
 */
export function isAsserted(line: string, start: number, end: number): boolean {
	const { before, sentence } = contextOf(line, start);
	const clause = sentence.slice(endOf(sentence, clauseEnd));
	const after = line.slice(end, end + reach);
	return !has([
		[genre, before],
		[condition, sentence],
		[mention, sentence.slice(-nearby)],
		[expectation, clause],
		[denial, clause],
		[listed, sentence],
		[naming, after],
	]);
}

/** Whether what follows in a line depends on something else, or belongs to no report. */
export function isReserved(line: string, start: number): boolean {
	const { before, sentence } = contextOf(line, start);
	return has([
		[genre, before],
		[condition, sentence],
	]);
}

function contextOf(line: string, start: number): { before: string; sentence: string } {
	const before = line.slice(Math.max(0, start - reach), start);
	return { before, sentence: before.slice(endOf(before, sentenceEnd)) };
}

const has = (contexts: ReadonlyArray<readonly [Words, string]>): boolean =>
	contexts.some(([words, text]) => words.some((word) => word.test(text)));

const reach = 200; // characters; a sentence is shorter, and a line may be megabytes
const nearby = 60; // characters; what is quoted follows soon

const sentenceEnd = /[。！!？?；;|✅❌🎉…]|(?<![-=])>|\.{2,}|\.(?=\s|$)/gu;
const clauseEnd = /[，,、:：]/g;

/** Where the last match ends. */
function endOf(text: string, pattern: RegExp): number {
	let end = 0;
	for (const match of text.matchAll(pattern)) end = match.index + match[0].length;
	return end;
}

/** Words of the languages that relays speak, a row each: Chinese and Japanese, English, Russian, Spanish. */
type Words = readonly RegExp[];

/** What kind of text a line is, where it says so itself: none that reports on a task. */
const genre: Words = [
	/^[\s>#*\-【「]{0,12}(?:术语|術語|名词解释|免责|免責|条款|條款|协议|用户协议|用戶協議|规则|規則|说明|說明|关于|關於|常见问题|常見問題|帮助|幫助|示例|例子|例如|例|笑话|笑話|剧本|脚本|分镜|镜头|场景|プロンプト|ヘルプ|規約)[^\n]{0,12}?[:：】\d]/,
	/^[\s>#*-]{0,12}(?:examples?|glossary|disclaimer|terms|policy|rules|faq|help|about|legend|states|joke|script|scene|shot|story)\b[^\n]{0,30}?[:\d]/i,
	/^[\s>#*-]{0,12}(?:пример|глоссарий|правила|условия|справка|сцена|шутка)[^\n]{0,12}?[:\d]/i,
	/^[\s>#*-]{0,12}(?:ejemplo|glosario|términos|reglas|ayuda|escena|chiste)[^\n]{0,12}?[:\d]/i,
	/^\s*\|/,
];

/** What comes true only if, when, or after something else does. */
const condition: Words = [
	/如果|若|假如|假设|假設|倘|要是|一旦|当(?!前)|當(?!前)|每次|每当|每當|万一|萬一|除非|等到|(?<![等期])待(?![机機处處])|直到|只要|只有|无论|無論|是否|如(?:遇|出现|出現|显示|顯示|看到|提示|有)|为什么|為什麼|怎么|如何|もし/,
	/\b(?:if|when|whenever|once|unless|until|till|as soon as|in case|whether|suppose|assuming|provided|every time|each time|as long as|why|how|what does)\b|\b(?:after|before)\b[^,，]*$/i,
	/(?<![а-яё])(?:если|когда|как только|после того|пока|чтобы|ли|почему|что значит|в случае)(?![а-яё])/i,
	/(?<![a-záéíóúñ])(?:si|cuando|una vez|hasta que|después de|en cuanto|en caso|por qué|qué significa)(?![a-záéíóúñ])/i,
];

/** What somebody else says, or a text shows. */
const mention: Words = [
	/写着|寫著|写有|字样|字樣|名为|名為|标题|標題|用户|用戶|提示词|例如|比如|譬如|所谓|笑话|笑話/,
	/\b(?:say(?:s|ing)?|said|read(?:s|ing)|titled|named|called|labell?ed|words?|text|prompt|user|you (?:asked|want|wrote|wish)|such as|e\.g\.|for example|joke|means?|sign|banner|message)\b/i,
	/написано|надпись|вывеск|табличк|плакат|слова|текст|сообщение|например/i,
	/(?<![a-záéíóúñ])(?:dice|letrero|cartel|mensaje|palabras|texto|por ejemplo)(?![a-záéíóúñ])/i,
];

/** What will be, may be, or is wished for. */
const expectation: Words = [
	/将|將|会(?!员)|會(?!員)|可能|也许|也許|或许|预计|預計|估计|希望|请(?!求)|請(?!求)|等待|需要(?!的)|应该|應該|可以|能够|想(?!的)|要(?![的求])/,
	/\b(?:will|would|shall|may|might|can|could|should|must|to be|going to|about to|expect(?:ed)?|hope|wish|want|please|let|wait(?:ing)?)\b/i,
	/(?<![а-яё])(?:будет|может|возможно|надеюсь|скоро|пусть|что|ждите|подождите)(?![а-яё])/i,
	/(?<![a-záéíóúñ])(?:será|puede|quizás?|ojalá|espera|espero|pronto|que)(?![a-záéíóúñ])/i,
];

/** What has not happened. */
const denial: Words = [
	/未|没有|沒有|还没|還沒|并非|不是|不会|不會|无需|まだ/,
	/\b(?:not|never|no|without|yet to)\b|n['’]t\b/i,
	/(?<![а-яё])(?:не|нет)(?![а-яё])/i,
	/(?<![a-záéíóúñ])(?:sin|aún|todavía)(?![a-záéíóúñ])/i,
];

/** One of several words for what a task can be. */
const listed: Words = [/(?:[/、→]|[-=]>)\s*$/];

/** What follows where the words only name a thing: "… rate", "… means that", "after …", "…?". */
const naming: Words = [
	/^[\s✅❌]*(?:——|不代表|不等于|是不是|字样|字樣|提示(?!词)|之?后|之?後|以后|以後|时(?!长)|時(?!長)|的(?!原因|理由)|率|前|与否|與否|或|了?(?:吗|嗎|么)|怎么|怎麼|如何|咋|？|\?|通知|页面|頁面|次数|不退|不予|不收|不扣|也会|也會|则|則|将|將|会|會|[/、→]|[-=]>|["”»」』’])/,
	/^[^a-z\d一-龥ぁ-ヶ]{0,6}(?:表示|意味|代表|是指|指的是|说明|(?:means?|indicates?|stands for|refers to|rates?|pages?|videos|tasks|generations|or|is|are|will|would|may|might|can|could|should|does|do)\b)/i,
	/^(?:し|され)?(?:たら|れば|ると|(?:た|る|ている)?(?:場合|とき|時|後|まで|よう)|ましたか|ますか|か[？?。]|ていま?せん|ていない|すると|するまで|すれば|と(?:書|い|は|表示|出))/,
];
