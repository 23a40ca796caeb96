import { figuresWith, noFigure } from '../../bench/figures';

describe('the figures that are asked for by words', () => {
	const titles = (...words: string[]) => figuresWith(words).map(({ title }) => title);

	it('are all without a word', () => {
		expect(titles().length).toBeGreaterThan(5);
	});

	it.each(['reference', 'Reference', 'REFERENCE'])('are found in any letters: %s', (word) => {
		expect(titles(word)).toEqual(['Reference stream ÷ raw with a connection of its own']);
	});

	it('have one of the words', () => {
		expect(titles('memory', 'download')).toEqual([
			'Memory of a waiting stream',
			'Download into n8n’s storage ÷ curl -o',
		]);
	});

	it('are none for a word that no title has, and then a sentence lists the titles', () => {
		expect(titles('nonsense')).toEqual([]);
		const [sentence, ...listed] = noFigure(['nonsense', 'such']).split('\n');
		expect(sentence).toBe('No figure has nonsense or such in its title. There are:');
		expect(listed.map((line) => line.trim())).toEqual(titles());
	});
});
