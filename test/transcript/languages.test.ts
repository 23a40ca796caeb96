import { otherLanguage } from '../../nodes/ChatVideo/transcript/languages';
import { languages } from './mentions';
import { summaryOf } from './summary';

const others = languages.slice(2).flatMap(({ words }) => words);

it.each(others)(
	'“%s” is a report where it stands alone, and its line is looked at',
	async (words) => {
		const { status, stages = [] } = await summaryOf(words);
		expect([status, ...(stages as string[])]).toContainEqual(
			expect.stringMatching(/completed|failed/),
		);
		expect(otherLanguage.test(words)).toBe(true);
	},
);
