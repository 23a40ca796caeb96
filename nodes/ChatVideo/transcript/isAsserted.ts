/**
 * Whether words of a line are said as a fact. What stands in a condition, a question, a wish or a
 * quotation, what is denied, or expected, or explained, says nothing of this video: "if the video
 * has been generated, download it at the site" is printed while it is being made.
 */
export function isAsserted(line: string, start: number, end: number): boolean {
	const before = line.slice(Math.max(0, start - reach), start);
	const sentence = before.slice(endOf(before, sentenceEnd));
	const clause = sentence.slice(endOf(sentence, clauseEnd));
	const after = line.slice(end, end + reach);
	return !(
		condition.test(sentence) ||
		mention.test(sentence) ||
		expectation.test(clause) ||
		denial.test(clause) ||
		listed.test(sentence) ||
		isOnlyNamed.test(after)
	);
}

const reach = 200; // characters; a sentence is shorter, and a line may be megabytes

const sentenceEnd = /[。！!？?；;>|✅❌🎉…]|\.{2,}|\.(?=\s|$)/gu;
const clauseEnd = /[，,、:：]/g;

/** Where the last match ends. */
function endOf(text: string, pattern: RegExp): number {
	let end = 0;
	for (const match of text.matchAll(pattern)) end = match.index + match[0].length;
	return end;
}

/** What comes true only if, when, or after something else does. */
const condition =
	/如果|若|假如|假设|假設|倘|要是|一旦|当(?!前)|當(?!前)|每次|每当|每當|万一|萬一|除非|等到|(?<![等期])待(?![机機处處])|直到|只要|只有|无论|無論|是否|如(?:遇|出现|出現|显示|顯示|看到|提示|有)|为什么|為什麼|怎么|如何|もし|\b(?:if|when|whenever|once|unless|until|till|as soon as|in case|whether|suppose|assuming|provided|every time|each time|as long as|why|how)\b|\b(?:after|before)\b[^,，]*$/i;

/** What somebody else says, or a text shows. */
const mention =
	/(?:写着|寫著|写有|字样|字樣|名为|名為|标题|標題|用户|用戶|提示词|例如|比如|譬如|所谓|\b(?:say(?:s|ing)?|said|read(?:s|ing)|titled|named|called|labell?ed|words?|text|prompt|user|you (?:asked|want|wrote|wish)|such as|e\.g\.|for example|joke|means?)\b)[^]{0,40}$/i;

/** What will be, may be, or is wished for. */
const expectation =
	/将|將|即将|会(?!员)|會(?!員)|可能|也许|也許|或许|预计|預計|估计|希望|请(?!求)|請(?!求)|等待|需要(?!的)|应该|應該|可以|能够|想(?!的)|要(?![的求])|\b(?:will|would|shall|may|might|can|could|should|must|to be|going to|about to|expect(?:ed)?|hope|wish|want|please|let|wait(?:ing)?)\b/i;

/** What has not happened. */
const denial =
	/未|没有|沒有|还没|還沒|并非|不是|不会|不會|无需|\b(?:not|never|no|without|yet to)\b|n['’]t\b/i;

/** One of several words for what a task can be. */
const listed = /(?:[/、→]|[-=]>)\s*$/;

/** What follows where the words only name a thing: "… rate", "… means that", "after …", "…?". */
const isOnlyNamed =
	/^\s*(?:之?后|之?後|以后|以後|时(?!长)|時(?!長)|的(?!原因|理由)|率|前|与否|與否|或|了?(?:吗|嗎|么)|？|\?|通知|页面|頁面|次数|不退|不予|不收|不扣|也会|也會|则|則|将|會|会|[/、→]|[-=]>|["”」』’])|^[^a-z\d一-龥ぁ-ヶ]{0,6}(?:表示|意味|代表|是指|指的是|说明|時に|場合|(?:means?|indicates?|stands for|refers to|rates?|pages?|videos|tasks|generations|or|is|are|will|would|may|might|can|could|should|does|do)\b)/i;
