/** Words in lower case, one of which stands in whatever a pattern matches. */
export type Needs = readonly string[];

/**
 * Derives from a pattern the words of which every match contains one, so that it is tried only on
 * lines that have one. It may miss a word and never invents one: syntax it does not know may match
 * anything.
 *
 * @returns `undefined` for a pattern that can do without any word
 */
export function needsOf({ source, flags }: RegExp): Needs | undefined {
	const parts = source.match(syntax) ?? [];
	let at = 0;
	/** `a|b`, up to where its group closes: each branch needs its own. */
	const readChoice = (): Needs | undefined => {
		const branches: Array<Needs | undefined> = [];
		do branches.push(readBranch());
		while (parts[at++] === '|');
		return branches.every((needs) => needs !== undefined) ? branches.flat() : undefined;
	};
	/** Parts in sequence: the rarest requirement; of equals the later, as verbs stand there. */
	const readBranch = (): Needs | undefined => {
		let best: Needs | undefined;
		let word = '';
		const offer = (needs: Needs | undefined): void => {
			if (needs !== undefined && rarity(needs) >= rarity(best)) best = needs;
		};
		for (let part = parts[at]; part !== undefined && !ends.has(part); part = parts[at]) {
			at += 1;
			const inside = part.startsWith('(') ? readChoice() : undefined;
			const times = quantifier.exec(parts[at] ?? '')?.[0];
			if (times !== undefined) at += 1;
			if (looksAround.has(part)) continue;
			const isNeeded = times === undefined || /[+1-9]/.test(times);
			const characters = isNeeded ? charactersOf(part) : [];
			if (characters.length === 1) word += characters[0];
			if (characters.length === 1 && times === undefined) continue;
			offer([word]);
			word = '';
			if (characters.length > 1) offer(characters);
			if (isNeeded) offer(inside);
		}
		offer([word]);
		return rarity(best) > 0 ? best : undefined;
	};
	// Newer syntax, which Node 20 does not know and which is not read here.
	return flags.includes('v') || /\(\?[a-z-]/.test(source) ? undefined : readChoice();
}

/** A pattern's parts: words that no quantifier is about, escapes, classes, openings of groups … */
const syntax =
	/[^\\[\](){}*+?|^$.]+(?![*+?{])|\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[pPu]\{[^}]*\}|k<[^>]*>|c[a-zA-Z]|\d+|.)|\[(?:\\.|[^\\\]])*\]|\((?:\?(?:<?[=!]|:|<\w+>))?|(?:[*+?]|\{\d+(?:,\d*)?\})\??|./gsu;

const ends = new Set(['|', ')']);

const quantifier = /^(?:[*+?]|\{\d)/;

/** What takes no character of a line for itself, so that what stands before and behind it touch. */
const looksAround = new Set(['(?=', '(?!', '(?<=', '(?<!', '\\b', '\\B', '^', '$']);

/** How seldom a line has one of the words: its shortest counts, and Chinese says more with less. */
const rarity = (needs: Needs = ['']): number =>
	Math.min(...needs.map((word) => word.length * (/[^\0-\x7f]/.test(word) ? 2 : 1)));

/** The words or characters, one of which must stand where the part is; none if it may be anything. */
function charactersOf(part: string): Needs {
	if (part.startsWith('[')) return charactersOfClass(part.slice(1, -1));
	if (part.startsWith('\\')) return charactersOfEscape(part);
	return part === '.' || part.startsWith('(') ? [] : fold(part);
}

/** `\s` may be anything, `\.` is its character, and `\x60` is one by its number. */
function charactersOfEscape(escape: string): Needs {
	const [, hex] = /^\\[xu]([0-9a-fA-F]+)$/.exec(escape) ?? [];
	if (hex !== undefined) return fold(String.fromCharCode(Number.parseInt(hex, 16)));
	return /^\\\W$/u.test(escape) ? fold(escape.slice(1)) : [];
}

const largestClass = 4; // characters; one of more is found in nearly every line

function charactersOfClass(inside: string): Needs {
	if (/[\\^-]/.test(inside)) return [];
	const characters = [...inside].map(fold);
	const known = characters.every(({ length }) => length === 1)
		? [...new Set(characters.flat())]
		: [];
	return known.length <= largestClass ? known : [];
}

/** Beyond ASCII, a letter's other case depends on the flags of its pattern: it may be anything. */
function fold(word: string): Needs {
	const beyond = word.replace(/[\0-\x7f]+/g, '');
	return beyond.toLowerCase() === beyond.toUpperCase() ? [word.toLowerCase()] : [];
}
