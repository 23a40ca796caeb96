/** The things that have one of their words in the line, in their order. */
export type WordSearch<Thing> = (line: string) => readonly Thing[];

/** A thing and its words, in lower case; one without is found in every line. */
export type Worded<Thing> = readonly [thing: Thing, words: readonly string[] | undefined];

/**
 * Searches lines for the words of many things at once: at each sign of a line, a tree of all
 * words says in one step that none begins there, or goes on with it. Case counts for nothing.
 */
export function openWordSearch<Thing>(all: ReadonlyArray<Worded<Thing>>): WordSearch<Thing> {
	const { kinds, width, next, ends } = plant(all.map(([, words = []]) => words));
	const things = all.map(([thing]) => thing);
	const always = all.map(([, words]) => words === undefined);
	const fewest = things.filter((_, place) => always[place]);
	return (line) => {
		let found: boolean[] | undefined;
		for (let start = 0; start < line.length; start += 1) {
			let state = next[kinds[line.charCodeAt(start)] ?? 0] ?? 0;
			for (let at = start + 1; state !== 0; at += 1) {
				const ended = ends[state];
				if (ended !== undefined) {
					found ??= [...always];
					for (const place of ended) found[place] = true;
				}
				if (at === line.length) break;
				state = next[state * width + (kinds[line.charCodeAt(at)] ?? 0)] ?? 0;
			}
		}
		return found === undefined ? fewest : things.filter((_, place) => found[place]);
	};
}

interface Tree {
	/** A number for each sign of the words, for a letter the same in all its cases; 0 for others. */
	kinds: Uint16Array;
	/** How many numbers there are. */
	width: number;
	/** By state and sign, the state behind it: how much of a word was read, where 0 is of none. */
	next: Uint16Array;
	/** By state, the places of the lists that have the word which ends there. */
	ends: ReadonlyArray<readonly number[] | undefined>;
}

function plant(lists: ReadonlyArray<readonly string[]>): Tree {
	const signs = lists.flat().join('');
	const { kinds, width } = toKinds(signs);
	const next = new Uint16Array((signs.length + 1) * width);
	const ends: number[][] = [];
	let states = 1;
	for (const [place, words] of lists.entries()) {
		for (const word of words) {
			let state = 0;
			for (let at = 0; at < word.length; at += 1) {
				const step = state * width + (kinds[word.charCodeAt(at)] ?? 0);
				if (next[step] === 0) next[step] = states++;
				state = next[step] ?? 0;
			}
			(ends[state] ??= []).push(place);
		}
	}
	return { kinds, width, next, ends };
}

/** Signs beyond ASCII that patterns take for a letter: the Kelvin sign, and the long s. */
const alike: Readonly<Record<string, string>> = { k: '\u212A', s: '\u017F' };

function toKinds(signs: string): Pick<Tree, 'kinds' | 'width'> {
	const kinds = new Uint16Array(2 ** 16);
	let width = 1;
	for (const sign of new Set(signs.split(''))) {
		for (const written of [sign, sign.toUpperCase(), alike[sign] ?? sign]) {
			kinds[written.charCodeAt(0)] = width;
		}
		width += 1;
	}
	return { kinds, width };
}
