import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';

/** ESLint loads its configuration by `import`, which Jest's own modules cannot. */
const questions = JSON.parse(await text(process.stdin));
const eslint = new ESLint();
const answers = [];
for (const { filePath, code } of questions) {
	const [{ messages }] = await eslint.lintText(code, { filePath });
	answers.push(messages.map(({ ruleId }) => ruleId ?? 'parsing'));
}
process.stdout.write(JSON.stringify(answers));
