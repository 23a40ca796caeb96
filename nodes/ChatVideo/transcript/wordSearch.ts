/** The things that have one of their words in the line, in their order. */
export type WordSearch<Thing> = (line: string) => readonly Thing[];

/** A thing and its words, in lower case; one without is found in every line. */
export type Worded<Thing> = readonly [thing: Thing, words: readonly string[] | undefined];

/**
 * Searches lines for the words of many things at once: a line is read once, character by
 * character, however many words there are (Aho and Corasick). Case is ignored.
 */
export function openWordSearch<Thing>(all: ReadonlyArray<Worded<Thing>>): WordSearch<Thing> {
	const { kinds, width, next, ends } = toStates(all.map(([, words = []]) => words));
	const things = all.map(([thing]) => thing);
	const always = all.map(([, words]) => words === undefined);
	const fewest = things.filter((_, place) => always[place]);
	return (line) => {
		let found: boolean[] | undefined;
		let state = 0;
		for (let at = 0; at < line.length; at += 1) {
			state = next[state * width + (kinds[line.charCodeAt(at)] ?? 0)] ?? 0;
			const ended = ends[state];
			if (ended === undefined) continue;
			found ??= [...always];
			for (const place of ended) found[place] = true;
		}
		return found === undefined ? fewest : things.filter((_, place) => found[place]);
	};
}

/** What a search knows of a line is a state: the longest start of a word that it ends with. */
interface States {
	/** A number for each character of the words, for a letter the same in all its cases; 0 for others. */
	kinds: Uint16Array;
	/** How many numbers there are. */
	width: number;
	/** By state and character, the state behind it; 0 is the start of no word. */
	next: Uint16Array;
	/** By state, the places of the lists of which a word ends there. */
	ends: ReadonlyArray<readonly number[] | undefined>;
}

/** The start of a word, and how it may go on. */
interface Start {
	longer: Map<number, Start>;
	places: number[];
	/** The state of the next shorter start of a word that this one ends with. */
	shorter: number;
}

const openStart = (): Start => ({ longer: new Map(), places: [], shorter: 0 });

function toStates(lists: ReadonlyArray<readonly string[]>): States {
	const characters = lists.flat().join('');
	const { kinds, width } = toKinds(characters);
	const starts = [plant(lists, kinds)];
	const next = new Uint16Array((characters.length + 1) * width);
	// From short to long: where a start does not go on, it is left as the shorter one is.
	for (const [state, { longer, shorter }] of starts.entries()) {
		const row = state * width;
		next.copyWithin(row, shorter * width, (shorter + 1) * width);
		for (const [kind, start] of longer) {
			start.shorter = next[row + kind] ?? 0;
			start.places.push(...(starts[start.shorter]?.places ?? []));
			next[row + kind] = starts.push(start) - 1;
		}
	}
	const ends = starts.map(({ places }) => (places.length > 0 ? places : undefined));
	return { kinds, width, next, ends };
}

/** All words as one tree. */
function plant(lists: ReadonlyArray<readonly string[]>, kinds: Uint16Array): Start {
	const root = openStart();
	for (const [place, words] of lists.entries()) {
		for (const word of words) {
			let start = root;
			for (let at = 0; at < word.length; at += 1) {
				const kind = kinds[word.charCodeAt(at)] ?? 0;
				const longer = start.longer.get(kind) ?? openStart();
				start.longer.set(kind, longer);
				start = longer;
			}
			start.places.push(place);
		}
	}
	return root;
}

/** Characters beyond ASCII that patterns take for a letter: the Kelvin sign, and the long s. */
const alike: Readonly<Record<string, string>> = { k: '\u212A', s: '\u017F' };

function toKinds(characters: string): Pick<States, 'kinds' | 'width'> {
	const kinds = new Uint16Array(2 ** 16);
	let width = 1;
	for (const character of new Set(characters.split(''))) {
		for (const written of [character, character.toUpperCase(), alike[character] ?? character]) {
			kinds[written.charCodeAt(0)] = width;
		}
		width += 1;
	}
	return { kinds, width };
}
