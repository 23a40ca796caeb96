import fc from 'fast-check';
import { openWordSearch } from '../../nodes/ChatVideo/transcript/wordSearch';

/** Of so few signs that words begin within others, and end them. */
const anyWord = fc.string({
	unit: fc.constantFrom('a', 'b', 'c', '中'),
	minLength: 1,
	maxLength: 5,
});

it('finds in a line what has one of its words there, in order', () => {
	fc.assert(
		fc.property(
			fc.array(fc.option(fc.array(anyWord, { maxLength: 4 }), { nil: undefined }), {
				maxLength: 6,
			}),
			fc.string({ unit: fc.constantFrom('a', 'B', 'c', '中', '文'), maxLength: 24 }),
			(lists, line) => {
				const search = openWordSearch(lists.map((words, place) => [place, words]));
				const places = lists.flatMap((words, place) =>
					words?.some((word) => line.toLowerCase().includes(word)) === false ? [] : [place],
				);
				expect(search(line)).toEqual(places);
			},
		),
		{ numRuns: 2_000 },
	);
});

it('takes a letter for itself in every case', () => {
	const search = openWordSearch([['task', ['task']]]);
	expect(['task', 'TASK', 'ta\u017F\u212A'].map((line) => search(line))).toEqual([
		['task'],
		['task'],
		['task'],
	]);
});
