/**
 * What relays say in neither Chinese nor English: Japanese, Russian, Spanish, Portuguese, French,
 * German and Korean, a line each. What is a label or a name stands in the rows of the grammar.
 */
const phrases = {
	/** A reason follows. */
	failed: [
		'動画(?:の生成|を生成)(?:が|に)?(?:失敗|できません)(?:しました|でした)?|(?:動画の)?生成に失敗(?:しました)?',
		'ошибка (?:при )?(?:генерации|создани[ияе]|обработк[ие])(?: видео)?|не удалось (?:создать|сгенерировать|обработать|получить)(?: видео)?|генерация (?:видео )?не удалась',
		'error (?:al (?:generar|crear|procesar)|en la generación)(?: el)?(?: v[ií]deo)?|no se pudo (?:generar|crear|procesar)(?: el)?(?: v[ií]deo)?|la generación (?:del v[ií]deo )?(?:ha fallado|falló)|(?:ha ocurrido|se produjo) un error(?: al [^:.]{0,40})?',
		'(?:falha|erro) (?:ao (?:gerar|criar|processar)|na geração)(?: d?[oe])?(?: v[ií]deo)?|não foi possível (?:gerar|criar|processar)(?: o)?(?: v[ií]deo)?|a geração (?:do v[ií]deo )?falhou|ocorreu um erro(?: ao [^:.]{0,40})?',
		'(?:échec|erreur) (?:de|lors de|pendant) (?:la )?(?:génération|création)(?: de la vidéo)?|une erreur est survenue(?: (?:lors|pendant) [^:.]{0,40})?|impossible de (?:générer|créer)(?: (?:la|votre))?(?: vidéo)?|la (?:génération|création) (?:de la vidéo )?a échoué',
		'(?:die )?(?:video)?(?:generierung|erstellung)(?: des videos)? (?:ist )?fehlgeschlagen|fehler bei der (?:video)?(?:generierung|erstellung)|(?:das |dein |ihr )?video konnte nicht (?:erstellt|generiert) werden|ein fehler ist aufgetreten',
		'(?:(?:동?영상|비디오)(?:을|를|의)? ?)?(?:생성|제작)(?:에|을|이)? ?(?:실패|오류)(?:했습니다|하였습니다)?|(?:동?영상|비디오)(?:을|를) (?:생성|제작|만들)[가-힣]{0,3} ?(?:못했습니다|수 없습니다)|오류가 발생했습니다',
	],
	/** The reason itself. */
	refused: [
		'(?:動画の)?(?:生成が|処理が)?タイムアウトしました|(?:プロンプト|内容)が(?:ポリシー|規約|ガイドライン)に違反|(?:クレジット|残高|ポイント)が不足',
		'время ожидания (?:истекло|превышено)|превышено время ожидания|(?:запрос|промпт|контент|видео) (?:был )?(?:отклон[её]н|заблокирован)|недостаточно (?:средств|кредитов|баллов)',
		'tiempo (?:de espera )?agotado|(?:el |la |tu )?(?:contenido|prompt|solicitud) (?:fue |ha sido )(?:rechazad|bloquead)[oa]|(?:créditos|saldo) insuficientes?',
		'tempo (?:esgotado|excedido)|limite (?:di[áa]ri[oa] )?(?:atingido|excedido)|(?:o |seu )?(?:conteúdo|prompt|pedido) (?:(?:foi )?(?:recusad|bloquead|rejeitad)[oa]|viola)|muitas solicitações|cota (?:esgotada|excedida)',
		'délai (?:d.attente )?dépassé|crédits? insuffisants?|solde insuffisant|limite (?:quotidienne )?atteinte|(?:le |votre )?(?:contenu|prompt|demande) (?:(?:a été )?(?:refusé|bloqué)e?|enfreint)|quota (?:épuisé|dépassé|atteint)|trop de requêtes',
		'zeitüberschreitung|nicht genügend (?:guthaben|credits|punkte)|(?:tages)?limit (?:erreicht|überschritten)|(?:der |die |dein |deine |ihr )?(?:inhalt|prompt|anfrage) (?:verstößt|(?:wurde )?(?:abgelehnt|blockiert))|(?:guthaben|kontingent) (?:aufgebraucht|erschöpft)|zu viele anfragen',
		'시간(?:이|을)? ?초과|요청이 너무 많|부적절한 [^.]{0,20}(?:감지|포함)|(?:크레딧|잔액|포인트)(?:이|가)? ?부족|(?:(?:일일|하루|사용|생성|무료) ){0,3}한도(?:를|에)? ?(?:초과|도달)|(?:콘텐츠|프롬프트|요청)(?:가|이)? [^.]{0,20}(?:위반|거부|차단)',
	],
	completed: [
		'(?:動画の?)?生成が完了|(?:動画|ビデオ)(?:の作成)?が(?:完成|できあがり)',
		'(?:ваше )?видео (?:успешно )?(?:готово|создано|сгенерировано)|генерация (?:видео )?завершена',
		'(?:tu |su |el )?v[ií]deo (?:ya )?(?:est[áa] )?(?:generado|listo|completado|terminado)|generación (?:del? v[ií]deo )?(?:completada|terminada|finalizada)|aquí (?:está|tienes) (?:tu|el) v[ií]deo(?=\\s?[:：])',
		'(?:o |seu )?v[ií]deo (?:já )?(?:est[áa] |foi )?(?:gerado|pronto|criado|concluído)|geração (?:d[eo] v[ií]deo )?(?:foi )?(?:concluída|terminada)|aqui está (?:o )?(?:seu )?v[ií]deo(?=\\s?[:：])',
		'(?:votre |la )?vidéo (?:est |a été )?(?:prête|générée|créée|terminée|disponible)|(?:la )?(?:génération|création) (?:de la vidéo )?(?:est )?(?:terminée|réussie)|voici (?:votre|la) vidéo(?=\\s?[:：])',
		'(?:das |dein |ihr )?video (?:ist |wurde |steht )?(?:erfolgreich )?(?:fertig|bereit|erstellt|generiert)|(?:die )?(?:video)?(?:generierung|erstellung) (?:ist )?(?:erfolgreich|abgeschlossen)|hier ist (?:dein|ihr|das) video(?=\\s?[:：])',
		'(?:동?영상|비디오)(?:이|가)? ?(?:(?:생성|제작)이? ?(?:완료|성공)|(?:생성|완성|준비)되었습니다)|생성이? ?완료',
	],
	queued: [
		'順番待ち',
		'в очереди|ожидани[ея] (?:обработки|очереди)',
		'en (?:la )?cola|en espera',
		'na fila|em espera',
		'en (?:file d.)?attente',
		'in der warteschlange',
		'대기 ?(?:중|열)',
	],
	generating: [
		'生成しています|生成を開始',
		'генериру[а-яё]+|(?:начата|идёт|идет) генерация',
		'\\b(?:generando|procesando|renderizando)\\b',
		'\\b(?:gerando|processando)\\b',
		'(?:génération|création) en cours',
		'wird (?:gerade )?(?:erstellt|generiert)',
		'생성 ?(?:하는 )?중',
	],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** All of them for one fact. */
export const phrasesOf = (fact: keyof typeof phrases): string => phrases[fact].join('|');

/** A line that may be in one of them; for speed alone, as most lines are not. */
export const otherLanguage =
	/[à-ɏа-яё가-힣ぁ-ヶ]|al (?:gener|cre|proces)ar|se pudo|ge(?:ne)?rado|(?:ge(?:ne)?r|proces+|renderiz)ando|un error|um erro|erreur|aqui|solicita|cota |anfragen|hier ist|generierung|abgeschlossen|fehler|listo|terminad|agotado|(?:rechaz|bloque|recus|rejeit)ad|insufi?cient|en (?:la )?(?:cola|espera|attente|file)|na fila|em espera|falh|erro |esgotado|excedido|atingido|pronto|criado|viola|fehl|fertig|bereit|erstell|generier|warteschlange|guthaben|limit|konnte|anfrage|inhalt|abgelehnt|blockiert|insuffisant|enfreint|impossible/i;
