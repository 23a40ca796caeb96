import { requestTarget } from '../../nodes/ChatVideo/transport/requestTarget';

describe('what is asked for', () => {
	const signed = '/az%2Fraw/files%20x?se=2026-01-02T00%3A00%3A00Z&sig=a%2Bb%2F%3D&skv=1';

	it.each([
		['a signed query', `https://host.example${signed}`, signed],
		['marks that parsing encodes', "https://h.example/it's|^`{x}?y='z'|", "/it's|^`{x}?y='z'|"],
		['dots that parsing takes away', 'https://h.example/a/%2e%2e/./b/../c', '/a/%2e%2e/./b/../c'],
		['lower and upper case escapes', 'https://h.example/%e4%B8%ad?q=%2f', '/%e4%B8%ad?q=%2f'],
		['no path', 'https://h.example', '/'],
		['a query alone', 'https://h.example?x=1', '/?x=1'],
		['a path without its fragment', 'https://h.example/a?b=c#d', '/a?b=c'],
	])('%s goes out as it is written', (_, url, path) => {
		expect(requestTarget(url)).toEqual({ origin: new URL(url).origin, path });
	});

	it.each([
		['letters beyond ASCII', 'https://h.example/小猫?q=é', '/%E5%B0%8F%E7%8C%AB?q=%C3%A9'],
		['blanks', 'https://h.example/a b?c d', '/a%20b?c%20d'],
		['line breaks', 'https://h.example/a\r\nb', '/ab'],
		['backslashes', 'https://h.example\\@other.example/a', '/@other.example/a'],
	])('%s are encoded, as HTTP has no others', (_, url, path) => {
		expect(requestTarget(url)).toEqual({ origin: 'https://h.example', path });
	});
});
