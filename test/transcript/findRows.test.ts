import fc from 'fast-check';
import { findRows } from '../../nodes/ChatVideo/transcript/findRows';
import { grammar } from '../../nodes/ChatVideo/transcript/grammar';
import { needsOf } from '../../nodes/ChatVideo/transcript/needs';
import { openWordSearch } from '../../nodes/ChatVideo/transcript/wordSearch';
import { anyText } from '../fuzz/anyText';

const find = (pattern: RegExp, line: string): boolean =>
	openWordSearch([[pattern, needsOf(pattern)]])(line).length > 0;

describe('no row is left out on a line that it matches', () => {
	it('whatever the line', () => {
		fc.assert(
			fc.property(anyText, (deltas) => {
				const text = deltas.map(({ content, reasoning }) => content + reasoning).join('');
				for (const line of text.split('\n')) {
					const matching = grammar.filter(
						({ pattern, within }) => line.search(pattern) !== -1 && within?.test(line) !== false,
					);
					expect(findRows(line)).toEqual(expect.arrayContaining(matching));
				}
			}),
			{ numRuns: 2_000 },
		);
	});

	it.each([
		['a URL that may be missing', /done(?::\s*(https?:\/\/\S+))?/giu, 'DONE'],
		['words that may be missing', /(?:生成)?(?:完成)?✅/gu, '✅'],
		['nothing but signs of a class', /[\d%]+/gu, '7'],
		['one of two, the other being none', /(?:video|)\s*$/gu, ''],
		['signs by their number', /\x60\u200A\u{1f3c3}/gu, '\x60\u200A🏃'],
		['a letter by another sign', /task/giu, 'ta\u017F\u212A'],
		['a letter beyond ASCII', /générée/giu, 'GÉNÉRÉE'],
		['a sign that is repeated', /a+b{2}c*d{0,3}e/gu, 'aabbe'],
		['a pair of code units that may be missing', /a🏃?b/gu, 'ab'],
		['a look around', /(?<=x|^)(?=b|c)(?!d)\bbe\B(?=e)/gu, 'bee'],
		['a named group, and what it caught', /(?<mark>['"])a\k<mark>/gu, '"a"'],
		['a group that holds more than it needs', /(?:a.*)b/gu, 'axb'],
		['braces that are no quantifier', /a{,2}/g, 'a{,2}'],
		['escapes of signs', /\[\/\.\|\]/gu, '[/.|]'],
		['classes with an end in them', /[\]a]b[^\]]c/gu, ']bxc'],
		['groups in groups', /(?:(?:a|b)(?:c|(?:d|e)f)|g(?:h)?)+i/gu, 'bdfi'],
	])('%s', (_, pattern, line) => {
		expect(line.search(pattern)).not.toBe(-1);
		expect(find(pattern, line)).toBe(true);
	});
});

describe('a row is not tried on a line without its words', () => {
	it('any row of the grammar', () => {
		expect(findRows('a paper boat drifts past shuttered shops; 第 7 幕，白鹭')).toEqual([]);
	});

	it.each([
		['a word', /\bqueued\b/giu, 'in a queue'],
		['one of its words', /排队中|正在排队/giu, '排队'],
		['the rarest of its words', /(?:视频)?生成(?:完成|成功)/giu, '视频生成中'],
		['what stands before a quantifier', /https?:\/\//giu, 'htp://'],
		['a sign in either case', /[Ii][Dd]/gu, 'I D'],
	])('%s', (_, pattern, line) => {
		expect(find(pattern, line)).toBe(false);
	});
});
