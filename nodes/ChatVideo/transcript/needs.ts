/** Words in lower case, one of which stands in whatever a pattern matches. */
export type Needs = readonly string[];

/**
 * Reads off a pattern what none of its matches is without, so that it is tried only where that
 * stands. It may find less than there is and never more: what it does not know may be anything.
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
	/** One part behind the other: the rarest of what is needed; of equals the later, as verbs are. */
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
			const signs = isNeeded ? signsOf(part) : [];
			if (signs.length === 1) word += signs[0];
			if (signs.length === 1 && times === undefined) continue;
			offer([word]);
			word = '';
			if (signs.length > 1) offer(signs);
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

/** What takes no sign of a line for itself, so that what stands before and behind it touch. */
const looksAround = new Set(['(?=', '(?!', '(?<=', '(?<!', '\\b', '\\B', '^', '$']);

/** How seldom a line has one of the words: its shortest counts, and Chinese says more with less. */
const rarity = (needs: Needs = ['']): number =>
	Math.min(...needs.map((word) => word.length * (/[^\0-\x7f]/.test(word) ? 2 : 1)));

/** The words or signs of which one must stand where the part is; none for what may be anything. */
function signsOf(part: string): Needs {
	if (part.startsWith('[')) return signsOfClass(part.slice(1, -1));
	if (part.startsWith('\\')) return signsOfEscape(part);
	return part === '.' || part.startsWith('(') ? [] : fold(part);
}

/** `\s` may be anything, `\.` is its sign, and `\x60` is one by its number. */
function signsOfEscape(escape: string): Needs {
	const [, hex] = /^\\[xu]([0-9a-fA-F]+)$/.exec(escape) ?? [];
	if (hex !== undefined) return fold(String.fromCharCode(Number.parseInt(hex, 16)));
	return /^\\\W$/u.test(escape) ? fold(escape.slice(1)) : [];
}

const largestClass = 4; // signs; one of more is found in nearly every line

function signsOfClass(inside: string): Needs {
	if (/[\\^-]/.test(inside)) return [];
	const signs = [...inside].map(fold);
	const known = signs.every(({ length }) => length === 1) ? [...new Set(signs.flat())] : [];
	return known.length <= largestClass ? known : [];
}

/** Beyond ASCII, a letter's other case depends on the flags of its pattern: it may be anything. */
function fold(word: string): Needs {
	const beyond = word.replace(/[\0-\x7f]+/g, '');
	return beyond.toLowerCase() === beyond.toUpperCase() ? [word.toLowerCase()] : [];
}
