import fc from 'fast-check';
import { createRepeats } from '../../nodes/ChatVideo/chat/repeats';
import { cut } from '../transcript/pieces';
import { fixture } from '../support/fixture';
import { timeOf } from '../support/timeOf';
import { seed } from '../support/seed';

function readAll(texts: readonly string[]): string {
	const repeats = createRepeats();
	return texts.map((text) => repeats.feed(text)).join('') + repeats.end();
}

const reference = fixture('reference.transcript.md').toString();

const anyPieces = (text: string): fc.Arbitrary<string[]> =>
	fc
		.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 })
		.map((sizes) => [...cut(text, sizes)])
		.filter((pieces) => pieces.length > 3);

const sumsOf = (pieces: readonly string[]): string[] =>
	pieces.map((_, at) => pieces.slice(0, at + 1).join(''));

/** How relays send a text more than once. */
const ways: ReadonlyArray<[name: string, repeat: (pieces: string[]) => string[]]> = [
	['each delta is the whole so far', sumsOf],
	[
		'each delta is the whole so far, twice',
		(pieces) => sumsOf(pieces).flatMap((sum) => [sum, sum]),
	],
	['each delta comes twice', (pieces) => pieces.flatMap((piece) => [piece, piece])],
	['the whole comes once more', (pieces) => [...pieces, pieces.join('')]],
	[
		'the whole comes once more, without its blanks',
		(pieces) => [...pieces, pieces.join('').trim()],
	],
	['the whole comes once more, and a blank', (pieces) => [...pieces, pieces.join(''), '\n']],
	['the whole comes at once, twice', (pieces) => [pieces.join(''), pieces.join('')]],
];

it.each(ways)('%s: the text is read once', (_, repeat) => {
	const property = fc.property(anyPieces(reference), (pieces) => {
		expect(readAll(repeat(pieces)).trimEnd()).toBe(reference.trimEnd());
	});
	fc.assert(property, { seed, numRuns: 100 });
});

const lines = [
	'> 排队中.\n',
	'.',
	'..',
	'> 进度 36..\n',
	'44..',
	'\n',
	'Waiting for processing...\n',
	'> ',
];

it('text that repeats itself is not touched, whatever its deltas', () => {
	const property = fc.property(
		fc.array(fc.constantFrom(...lines), { maxLength: 12 }),
		fc.constantFrom('\n> 生成完成 ✅\n', '[在线播放▶️](https://a.example/b.mp4)'),
		(texts, end) => {
			// Four lines in a row that each come twice are beyond what can be known.
			fc.pre(!texts.slice(0, 8).every((text, at) => at % 2 === 0 || text === texts[at - 1]));
			expect(readAll([...texts, end])).toBe(texts.join('') + end);
		},
	);
	fc.assert(property, { seed, numRuns: 2_000 });
});

it.each([
	['dots', Array<string>(200).fill('.')],
	['dots that double', ['.', '..', '....', '........', '.'.repeat(16), '.'.repeat(32)]],
	[
		'a line of progress that comes thrice',
		[...Array<string>(3).fill('> Waiting in the queue...\n'), '\n'],
	],
	[
		'a line of progress that comes twice',
		['> Waiting in the queue...\n', '> Waiting in the queue...\n', 'x'],
	],
	[
		'a line that a later one begins with',
		['> Generating the video', '> Generating the video: 36%\n', 'x'],
	],
	[
		'a text that comes once more before others',
		['> Waiting ', 'in the queue', '> Waiting in the queue', 'x'],
	],
	['two short texts', ['\n', '\n\n[play](https://a.example/b.mp4)']],
])('%s are not touched', (_, texts) => {
	expect(readAll(texts)).toBe(texts.join(''));
});

it('gives out what it need not hold at once', () => {
	const repeats = createRepeats();
	expect(['a', 'b', 'c', 'c', '.', '.'].map((text) => repeats.feed(text))).toEqual([
		'a',
		'b',
		'c',
		'c',
		'.',
		'.',
	]);
});

it('a hundred thousand deltas take a moment', async () => {
	const texts = Array.from({ length: 100_000 }, (_, at) => `token ${at} `);
	let read = '';
	const time = await timeOf(() => {
		read = readAll(texts);
	});
	expect(read).toHaveLength(texts.join('').length);
	expect(time).toBeLessThan(1_500);
});
