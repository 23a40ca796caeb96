/** Words around a statement that make it none. */
export interface Context {
	/**
	 * Where they stand: before it in its line or in its row of a table, in its sentence, shortly
	 * before it, in its clause, after it, or after it in an entry of a list, where it stands first.
	 */
	at: 'line' | 'row' | 'sentence' | 'nearby' | 'clause' | 'after' | 'entry';
	words: RegExp;
}

/** A row for each script: Chinese and Japanese, English, Russian, other Latin, Korean. */
export const contexts: readonly Context[] = [
	// What kind of text a line is, where it says so itself: none that reports on a task.
	{
		at: 'line',
		words:
			/^[\s>#*\-【「]{0,12}(?:术语|術語|名词解释|免责|免責|条款|條款|协议|用户协议|用戶協議|规则|規則|说明|說明|关于|關於|常见问题|常見問題|帮助|幫助|示例|例子|例如|例|笑话|笑話|剧本|脚本|分镜|镜头|场景|プロンプト|ヘルプ|規約)[^\n]{0,12}?[:：】\d]/,
	},
	{
		at: 'line',
		words:
			/^[\s>#*-]{0,12}(?:examples?|glossary|disclaimer|terms|policy|rules|faq|help|about|legend|states|joke|script|scene|shot|story)\b[^\n]{0,30}?[:\d]/i,
	},
	{
		at: 'line',
		words:
			/^[\s>#*-]{0,12}(?:пример|глоссарий|правила|условия|справка|сцена|шутка)[^\n]{0,12}?[:\d]/i,
	},
	{
		at: 'line',
		words:
			/^[\s>#*-]{0,12}(?:e[jx]empl[eo]|beispiel|glos?s[aá][ri]|términos|termos|conditions|bedingungen|reglas|regras|règles|regeln|ayuda|aide|hilfe|ajuda|escena|scène|szene|cena|chiste|blague|witz|piada)[^\n]{0,12}?[:\d]/i,
	},
	{
		at: 'line',
		words: /^[\s>#*-]{0,12}(?:예시|예(?![가-힣])|용어|약관|규칙|도움말|장면|농담)[^\n]{0,12}?[:\d]/,
	},
	{ at: 'row', words: /^\s*\|/ },
	// What comes true only if, when, or after something else does.
	{
		at: 'sentence',
		words:
			/如果|若|假如|假设|假設|倘|要是|一旦|当(?!前)|當(?!前)|每次|每当|每當|万一|萬一|除非|等到|(?<![等期])待(?![机機处處])|直到|只要|只有|无论|無論|是否|如(?:遇|出现|出現|显示|顯示|看到|提示|有)|为什么|為什麼|怎么|如何|もし/,
	},
	{
		at: 'sentence',
		words:
			/\b(?:if|when|whenever|once|unless|until|till|as soon as|in case|whether|suppose|assuming|provided|every time|each time|as long as|why|how|what does)\b|\b(?:after|before)\b(?!\s?[:|])[^,，]{0,300}$/i,
	},
	{
		at: 'sentence',
		words:
			/(?<![а-яё])(?:если|когда|как только|после того|пока|чтобы|ли|почему|что значит|в случае)(?![а-яё])/i,
	},
	{
		at: 'sentence',
		words:
			/(?<![a-zà-ÿ])(?:si|cuando|una vez|hasta que|después de|en cuanto|en caso|por qué|qué significa|se|quando|assim que|até que|depois (?:de|que)|caso|o que significa|quand|lorsque?|dès que|une fois|jusqu.à ce que|après|au cas|pourquoi|que signifie|wenn|falls|sobald|bis|nachdem|ob|warum|was bedeutet)(?![a-zà-ÿ])/i,
	},
	// What somebody else says, or a text shows.
	{
		at: 'nearby',
		words:
			/写着|寫著|写有|字样|字樣|名为|名為|标题|標題|用户|用戶|提示词|例如|比如|譬如|所谓|笑话|笑話/,
	},
	{
		at: 'nearby',
		words:
			/\b(?:say(?:s|ing)?|said|read(?:s|ing)|titled|named|called|labell?ed|words?|text|prompt|user|you (?:asked|want|wrote|wish)|such as|e\.g\.|for example|joke|means?|sign|banner|message)\b/i,
	},
	{ at: 'nearby', words: /написано|надпись|вывеск|табличк|плакат|слова|текст|сообщение|например/i },
	{
		at: 'nearby',
		words:
			/(?<![a-zà-ÿ])(?:dice|letrero|cartel|mensaje|palabras|texto|por ejemplo|diz|placa|mensagem|palavras|por exemplo|dit|panneau|affiche|message|mots|texte|par exemple|sagt|steht|schild|nachricht|wort|text|zum beispiel)(?![\wà-ÿ-])/i,
	},
	{ at: 'nearby', words: /예를 들어|프롬프트/ },
	// A list of what words mean.
	{ at: 'entry', words: /^[\s`*"”』」✅❌]{0,6}(?:[:：=]|[-–—]{1,2}\s)\s*\S/ },
	// What will be, may be, or is wished for.
	{
		at: 'clause',
		words:
			/将|將|会(?!员)|會(?!員)|可能|也许|也許|或许|预计|預計|估计|希望|请(?!求)|請(?!求)|等待|需要(?!的)|应该|應該|可以|能够|想(?!的)|要(?![的求])/,
	},
	{
		at: 'clause',
		words:
			/\b(?:will|would|shall|may|might|can|could|should|must|to be|going to|about to|expect(?:ed)?|hope|wish|want|please|let|wait(?:ing)?)\b/i,
	},
	{
		at: 'clause',
		words: /(?<![а-яё])(?:будет|может|возможно|надеюсь|скоро|пусть|что|ждите|подождите)(?![а-яё])/i,
	},
	{
		at: 'clause',
		words:
			/(?<![a-zà-ÿ])(?:será|puede|quizás?|ojalá|espera|espero|pronto|que|pode|talvez|tomara|aguarde|espere|em breve|sera|peut|pourrait|bientôt|espère|attendez|veuillez|kann|könnte|wird|soll(?:te)?|hoffe|hoffentlich|bitte|bald|warten?)(?![a-zà-ÿ])/i,
	},
	// What has not happened.
	{ at: 'clause', words: /未|没有|沒有|还没|還沒|并非|不是|不会|不會|无需|まだ/ },
	{ at: 'clause', words: /\b(?:not|never|no|without|yet to)\b|n['’]t\b/i },
	{ at: 'clause', words: /(?<![а-яё])(?:не|нет)(?![а-яё])/i },
	{
		at: 'clause',
		words:
			/(?<![a-zà-ÿ])(?:no|sin|aún|todavía|não|sem|ainda|pas|sans|ne|kein|nicht|ohne|noch)(?![a-zà-ÿ])/i,
	},
	// One of several words for what a task can be.
	{ at: 'sentence', words: /(?:[/、→]|[-=]>)\s*$/ },
	// What follows where the words only name a thing: "… rate", "… means that", "after …", "…?".
	{
		at: 'after',
		words:
			/^[\s✅❌]*(?:——|不代表|不等于|是不是|字样|字樣|提示(?!词)|之?后|之?後|以后|以後|时(?!长)|時(?!長)|的(?!原因|理由)|率|前|与否|與否|或|了?(?:吗|嗎|么)|怎么|怎麼|如何|咋|？|\?|通知|页面|頁面|次数|不退|不予|不收|不扣|也会|也會|则|則|将|將|会|會|[/、→]|[-=]>|["”»」』’])/,
	},
	{
		at: 'after',
		words:
			/^[^a-z\d一-龥ぁ-ヶ]{0,6}(?:表示|意味|代表|是指|指的是|说明|(?:means?|indicates?|stands for|refers to|rates?(?! limit)|pages?|videos|tasks|generations|or|is|are|will|would|may|might|can|could|should|does|do)\b)/i,
	},
	{
		at: 'after',
		words:
			/^(?:し|され)?(?:たら|れば|ると|(?:た|る|ている)?(?:場合|とき|時|後|まで|よう)|ましたか|ますか|か[？?。]|ていま?せん|ていない|すると|するまで|すれば|と(?:書|い|は|表示|出))/,
	},
	{
		at: 'after',
		words:
			/^[^a-zà-ÿ가-힣\d]{0,6}(?:significa|veut dire|signifie|bedeutet|heißt|est|sera|ist|wird|é|será|oder?|ou|quiere decir)(?![a-zà-ÿ])|^["”»』]? ?(?:되면|하면|이?라고|이?라는|될 때|할 때|되었을|했을|까지|후에?(?![가-힣])|되기|하기|전에|되지|하지|인가요|했나요|되었나요|됐나요|은|는|이란|\?)/i,
	},
];
