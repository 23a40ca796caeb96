import fc from 'fast-check';
import { tell } from './tell';

/** Words of the grammar, as they stand in texts that are about videos and not a relay's report. */
const words = [
	'生成完成',
	'视频生成完成 ✅',
	'视频已生成',
	'生成失败',
	'任务超时',
	'内容审核未通过',
	'影片產生完成',
	'Generation Complete ✅',
	'your video is ready',
	'video generated',
	'generation failed',
	'content policy violation',
	'task failed',
];

const word = fc.constantFrom(...words);

/** Each says of the words what they are, or when they would hold. */
const mentions: ReadonlyArray<(word: string) => string> = [
	(said) => `如果${said}，您可以在官网 https://studio.example/help 查看。`,
	(said) => `当${said}时，系统会发送邮件。`,
	(said) => `画面中有一块牌子，上面写着“${said}”。`,
	(said) => `提示词：一个显示 ${said} 的屏幕`,
	(said) => `"${said}"是什么意思？`,
	(said) => `条款：若${said}，点数不予退还。`,
	(said) => `笑话：用户说“${said}”，猫却睡着了。`,
	(said) => `{"prompt": "a sign with ${said.replaceAll('"', '')}", "orientation": "portrait"}`,
	(said) => `\`\`\`json\n{"prompt": "${said}"}\n\`\`\``,
	(said) => `If ${said}, see https://studio.example/docs for help.`,
	(said) => `Prompt: a neon sign saying ${said}`,
	(said) => `What does "${said}" mean?`,
	(said) => `A sign that reads “${said}” hangs above the door.`,
	(said) => `Once ${said}, you may download the file at our site.`,
	(said) => `Terms: credits are kept when ${said}.`,
	(said) => `Please wait until ${said}.`,
];

it('a text that mentions the words of a report reports neither a video nor a failure', async () => {
	const sentence = fc.tuple(fc.constantFrom(...mentions), word).map(([say, said]) => say(said));
	await fc.assert(
		fc.asyncProperty(fc.array(sentence, { minLength: 1, maxLength: 5 }), async (sentences) => {
			const told = await tell(sentences.join('\n'));
			expect(told.status).toBe('unfinished');
			expect(told).not.toHaveProperty('videoUrl');
			expect(told.stages).not.toContain('completed');
			expect(told.stages).not.toContain('failed');
		}),
		{ numRuns: 500 },
	);
});
