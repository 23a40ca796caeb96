import fc from 'fast-check';
import { tell } from './tell';

/** Words of the grammar and frames that say of them what they are, or when they would hold. */
interface Language {
	words: readonly string[];
	frames: ReadonlyArray<(word: string, address: string) => string>;
}

const chinese: Language = {
	words: [
		'生成完成',
		'视频生成完成 ✅',
		'视频已生成',
		'高质量视频已生成',
		'任务已完成',
		'生成失败',
		'生成视频失败',
		'任务超时',
		'任务失败',
		'内容审核未通过',
		'积分不足',
		'使用次数已达上限',
		'内容违反政策',
		'影片產生完成',
		'影片產生失敗',
		'状态：成功',
		'状态：失败',
		'预览视频已生成',
	],
	frames: [
		(word, at) => `如果${word}，您可以在官网 ${at} 查看。`,
		(word, at) => `若${word}，請至 ${at} 下載`,
		(word) => `当${word}时，系统会发送邮件。`,
		(word) => `一旦${word}，链接会显示在这里。`,
		(word) => `画面中有一块牌子，上面写着“${word}”。`,
		(word) => `牌子上写着 ${word}`,
		(word) => `提示词：一个显示 ${word} 的屏幕`,
		(word) => `用户：请做一个写着${word}的视频`,
		(word) => `"${word}"是什么意思？`,
		(word) => `为什么会${word}？`,
		(word) => `${word}了吗？`,
		(word) => `条款：若${word}，点数不予退还。`,
		(word) => `条款第3条：${word}时不退还积分。`,
		(word) => `笑话：用户说“${word}”，猫却睡着了。`,
		(word) => `请耐心等待，直到${word}。`,
		(word) => `希望${word}。`,
		(word) => `尚未${word}`,
		(word) => `系统可能提示${word}，请忽略。`,
		(word, at) => `帮助：出现“${word}”时，请查看 ${at}`,
		(word, at) => `常见问题：${word}怎么办？请看 [教程](${at})`,
		(word, at) => `例如：“${word} ${at}”`,
		(word) => `日志中的 \`${word}\` 表示任务的状态。`,
		(word) => `下一步：等待${word}`,
		(word) => `状态说明：排队中 → 生成中 → ${word}`,
		(word) => `${word}的通知会发送到您的邮箱。`,
		(word) => `并不是${word}，只是还在排队。`,
		(word) => `小猫举着“${word}”的横幅跳舞`,
		(word, at) => `注意：${word}后请及时保存，链接 ${at}`,
		(word) => `${word}？别急，还在排队。`,
		(word) => `有人问我${word}是不是免费的。`,
		(word) => `老师在黑板上写下「${word}」四个字`,
		(word) => `术语表：${word}——任务的一种结果`,
		(word, at) => `【免责声明】${word}不代表平台立场，详见 ${at}`,
		(word, at) => `如遇${word}，联系客服 ${at}`,
		(word) => `视频内容：屏幕弹出${word}提示`,
		(word) => `他大喊${word}，然后跑了`,
		(word, at) => `一个程序员对着屏幕上的“${word}”大笑，${at}`,
		(word) => `按钮文案为${word}`,
		(word, at) => `未${word}的任务可在 ${at} 查询`,
		(word) => `假设${word}，则扣费。`,
		(word) => `怎样避免${word}？`,
		(word) => `我们保证${word}，否则退款`,
		(word) => `在${word}之前，请勿关闭页面`,
		(word, at) => `关于${word}的说明：${at}`,
		(word) => `出现${word}字样属于正常现象`,
		(word) => `镜头二：字幕“${word}”淡入`,
		(word, at) => `请在${word}后访问 ${at}`,
		(word) => `将在${word}后通知您`,
		(word) => `提示：${word}将不计费`,
		(word) => `> 用户协议第五条 ${word}，平台不承担责任`,
		(word) => `| 状态 | ${word} |`,
	],
};

const english: Language = {
	words: [
		'Generation Complete ✅',
		'generation complete',
		'your video is ready',
		'video generated',
		'high-quality video generated',
		'task completed',
		'generation failed',
		'content policy violation',
		'task failed',
		'the request timed out',
		'daily limit reached',
		'insufficient credits',
		'content moderated',
		'failed to generate the video',
		'status: completed',
		'status: failed',
	],
	frames: [
		(word, at) => `If ${word}, see ${at} for help.`,
		(word, at) => `Once ${word}, you may download the file at ${at}.`,
		(word) => `When ${word}, you will get an email.`,
		(word) => `Prompt: a neon sign saying ${word}`,
		(word) => `What does "${word}" mean?`,
		(word) => `A sign that reads “${word}” hangs above the door.`,
		(word) => `A robot holds a banner that says ${word}`,
		(word) => `Terms: credits are kept when ${word}.`,
		(word) => `Terms of use: in case ${word}, no refund is given.`,
		(word) => `Please wait until ${word}.`,
		(word) => `I hope ${word} soon.`,
		(word) => `Has it said ${word} yet?`,
		(word) => `It does not mean ${word}.`,
		(word, at) => `Help: the message "${word}" is explained at ${at}`,
		(word, at) => `FAQ: why do I see '${word}'? Read [the docs](${at}).`,
		(word) => `A joke: the developer shouted "${word}" and the cat left.`,
		(word) => `The log line \`${word}\` ends a task.`,
		(word) => `States: queued -> generating -> ${word}`,
		(word) => `Later a message such as ${word} may appear.`,
		(word) => `The user asked for a clip with the words ${word}`,
		(word) => `{"prompt": "a sign with ${word.replaceAll('"', '')}", "orientation": "portrait"}`,
		(word) => `\`\`\`json\n{"prompt": "${word}"}\n\`\`\``,
		(word) => `Scene 2: she whispers, "${word}", and leaves.`,
		(word, at) => `Note: after ${word}, save the file from ${at}`,
		(word) => `${word}? Not yet, still queued.`,
		(word) => `Somebody asked whether ${word} is free.`,
		(word) => `On the blackboard the teacher writes '${word}'.`,
		(word) => `Glossary: ${word} - one of the outcomes of a task`,
		(word, at) => `Disclaimer: ${word} does not mean a refund, see ${at}`,
		(word) => `The screen shows the words: ${word}`,
		(word) => `He yells ${word} and runs away`,
		(word) => `Assume ${word}; then credits are charged.`,
		(word) => `How to avoid ${word}?`,
		(word) => `Before ${word}, do not close the page`,
		(word, at) => `About ${word}: ${at}`,
		(word) => `Until ${word}, keep this tab open`,
		(word) => `We will tell you as soon as ${word}`,
		(word) => `A notification reading ${word} pops up on her phone`,
		(word, at) => `You'd see ${word} at ${at}`,
		(word) => `The button is labelled ${word}`,
		(word, at) => `| ${word} | see ${at} |`,
		(word) => `Imagine a world where ${word}`,
		(word) => `No, ${word} is not what I said`,
		(word) => `Example: ${word}`,
		(word, at) => `Example output: ${word} ${at}`,
		(word) => `> Terms of service, 5: ${word}, no liability`,
		(word, at) => `Unless ${word}, visit ${at}`,
	],
};

const russian: Language = {
	words: [
		'видео готово',
		'генерация завершена',
		'видео сгенерировано',
		'ошибка генерации',
		'не удалось создать видео',
		'генерация не удалась',
		'недостаточно средств',
		'статус: готово',
	],
	frames: [
		(word, at) => `Если ${word}, откройте ${at}.`,
		(word) => `Когда ${word}, придёт письмо.`,
		(word) => `Как только ${word}, ссылка появится здесь.`,
		(word) => `Подождите, пока ${word}.`,
		(word) => `Что значит «${word}»?`,
		(word) => `На табличке написано «${word}».`,
		(word) => `На вывеске надпись ${word}`,
		(word) => `Промпт: кот держит плакат ${word}`,
		(word) => `Правила: если ${word}, деньги не возвращаются.`,
		(word) => `Надеюсь, что ${word}.`,
		(word, at) => `Справка: сообщение "${word}" описано на ${at}`,
		(word) => `Почему ${word}?`,
		(word, at) => `После того как ${word}, скачайте файл на ${at}`,
		(word) => `Он кричит: «${word}»`,
		(word) => `Экран показывает надпись «${word}»`,
		(word) => `Будет ли ${word}?`,
		(word) => `Пример: ${word}`,
		(word) => `Не ${word}, а ещё в очереди`,
	],
};

const spanish: Language = {
	words: [
		'video generado',
		'tu video está listo',
		'generación completada',
		'error al generar el video',
		'no se pudo generar el video',
		'créditos insuficientes',
		'estado: terminado',
	],
	frames: [
		(word, at) => `Si ${word}, visita ${at}.`,
		(word) => `Cuando ${word}, recibirás un correo.`,
		(word) => `Una vez que ${word}, aparecerá el enlace.`,
		(word) => `Espera hasta que ${word}.`,
		(word) => `¿Qué significa "${word}"?`,
		(word) => `Un letrero que dice ${word}`,
		(word) => `Términos: en caso de que ${word}, no hay reembolso.`,
		(word) => `Ojalá ${word}.`,
		(word, at) => `Ayuda: el mensaje «${word}» se explica en ${at}`,
		(word) => `¿Por qué ${word}?`,
		(word, at) => `Después de que ${word}, descarga en ${at}`,
		(word) => `Él grita: «${word}»`,
		(word) => `La pantalla muestra "${word}"`,
		(word) => `Ejemplo: ${word}`,
		(word) => `No ${word}, sigue en cola`,
	],
};

const japanese: Language = {
	words: [
		'生成が完了',
		'動画の生成が完了',
		'動画が完成',
		'動画の生成に失敗',
		'残高が不足',
		'プロンプトがポリシーに違反',
	],
	frames: [
		(word, at) => `もし${word}したら、${at} をご覧ください。`,
		(word) => `${word}した場合、返金はありません。`,
		(word) => `${word}すると、メールが届きます。`,
		(word) => `${word}するまでお待ちください。`,
		(word) => `「${word}」とはどういう意味ですか？`,
		(word) => `看板に「${word}」と書いてあります。`,
		(word) => `プロンプト：${word}と書かれた看板`,
		(word) => `${word}しましたか？`,
		(word) => `まだ${word}していません。`,
		(word, at) => `ヘルプ：「${word}」は ${at} で説明しています`,
		(word, at) => `${word}した後、${at} で確認できます`,
		(word) => `彼は「${word}」と叫んだ`,
		(word) => `画面に${word}と表示される`,
		(word) => `例：${word}`,
		(word) => `${word}していない`,
	],
};

/** Every kind of address that a text may hold and that is no result. */
const addresses = [
	'https://studio.example/help',
	'https://studio.example/',
	'https://docs.studio.example/guide/videos',
	'https://studio.example/ai-tool/video/generate',
	'https://youtube.example/watch?v=dQw4w9WgXcQ',
	'https://cdn.example/sample/9f8e7d6c5b4a3210',
	'https://cdn.example/sample/clip.mp4',
	'/help/videos',
];

const mention = fc
	.constantFrom(chinese, english, russian, spanish, japanese)
	.chain(({ words, frames }) =>
		fc
			.tuple(fc.constantFrom(...frames), fc.constantFrom(...words), fc.constantFrom(...addresses))
			.map(([say, word, address]) => say(word, address)),
	);

it('a text that mentions the words of a report reports neither a video nor a failure', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(mention, { minLength: 1, maxLength: 5 }), async (sentences) => {
			const told = await tell(sentences.join('\n'));
			expect(told.status).toBe('unfinished');
			expect(told).not.toHaveProperty('videoUrl');
			expect(told.stages).not.toContain('completed');
			expect(told.stages).not.toContain('failed');
		}),
		{ numRuns: 2_000 },
	);
});
