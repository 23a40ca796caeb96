const shortest = 16; // characters; a shorter text may be repeated by chance
const longest = 1024 * 1024; // characters; real transcripts have 5 KB
const mostHeld = 64; // deltas; more than that are dots
const enoughPairs = 4; // a few lines may each come twice for good reasons

/** Each state returns what to give out and the state after it. */
interface State {
	feed(text: string): Step;
	end(): Step;
}

interface Step {
	text: string;
	next: State;
}

/**
 * Takes out of a stream's text what a relay sends more than once: deltas that repeat the whole
 * text before them, every delta twice, the whole message once more at the end.
 *
 * Text may repeat itself for good reasons, as dots and lines of progress do. So what looks like a
 * repetition is held until what follows decides, and comes out unchanged where it was none.
 */
export function createRepeats() {
	let state: State = {
		feed: (text) => ({ text, next: undecided([text]) }),
		end: () => step('', state),
	};
	const take = ({ text, next }: Step): string => {
		state = next;
		return text;
	};
	return {
		/** What is new in a text, as far as that is decided. */
		feed: (text: string): string => (text === '' ? '' : take(state.feed(text))),
		/** What was held, now that the relay said stop. */
		end: (): string => take(state.end()),
	};
}

const step = (text: string, next: State): Step => ({ text, next });

/** Long enough not to be repeated by chance, and more than dots. */
const isDistinctive = (text: string): boolean =>
	text.length >= shortest && /\p{L}\p{L}/u.test(text);

/** The first text was given out; those after it are held while all of them repeat something. */
function undecided(texts: readonly string[]): State {
	const [first = ''] = texts;
	return {
		feed(text) {
			const all = [...texts, text];
			const isGrowth = growsThroughout(all);
			if (isGrowth && new Set(all).size > 2 && isDistinctive(texts.at(-1) ?? ''))
				return step(text.slice(first.length), growing(text));
			const once = everySecond(all);
			const isDouble = !isGrowth && isPaired(all);
			const isEven = all.length % 2 === 0;
			if (isDouble && isEven && all.length >= 2 * enoughPairs && isVaried(once))
				return step(once.join('').slice(first.length), doubled());
			if ((isGrowth || isDouble) && all.length < mostHeld) return step('', undecided(all));
			const whole = all.join('');
			return step(whole.slice(first.length), plain(whole));
		},
		end() {
			const last = texts.at(-1) ?? '';
			if (growsThroughout(texts) && isDistinctive(texts.at(-2) ?? ''))
				return step(last.slice(first.length), growing(last));
			const once = everySecond(texts);
			const isDouble = isPaired(texts) && texts.length % 2 === 0 && isVaried(once);
			const whole = (isDouble ? once : texts).join('');
			return step(whole.slice(first.length), isDouble ? doubled() : plain(whole));
		},
	};
}

const growsThroughout = (texts: readonly string[]): boolean =>
	texts.every((text, at) => text.startsWith(texts[at - 1] ?? ''));

const isPaired = (texts: readonly string[]): boolean =>
	texts.every((text, at) => at % 2 === 0 || text === texts[at - 1]);

const everySecond = (texts: readonly string[]): string[] => texts.filter((_, at) => at % 2 === 0);

/** Different texts that say something; a line of progress may come twice. */
const isVaried = (texts: readonly string[]): boolean =>
	new Set(texts).size > 1 && isDistinctive(texts.join(''));

/** Each text is the whole so far and more. */
const growing = (whole: string): State => ({
	feed(text) {
		const rest = text.startsWith(whole) ? text.slice(whole.length) : afterWhole(text, whole);
		return step(rest ?? text, growing(whole + (rest ?? text)));
	},
	end: () => step('', growing(whole)),
});

/** Each text comes twice; where one does not, the relay has changed its ways. */
const doubled = (pending?: string): State => ({
	feed(text) {
		if (text === pending) return step('', doubled());
		return step(text, pending === undefined ? doubled(text) : plain());
	},
	end: () => step('', doubled(pending)),
});

/** As it should be, until a text is the whole so far; it is held, as the whole comes last. */
function plain(whole = ''): State {
	return {
		feed(text) {
			const rest = afterWhole(text, whole);
			if (rest !== undefined) return step('', repeated(whole, text, rest));
			return step(text, plain(whole.length > longest ? whole : whole + text));
		},
		end() {
			return step('', plain(whole));
		},
	};
}

function repeated(whole: string, held: string, rest: string): State {
	return {
		feed(text) {
			if (!/\S/.test(text)) return step('', repeated(whole, held + text, rest + text));
			if (text.length > held.length && text.startsWith(held))
				return step(rest + text.slice(held.length), growing(text));
			return step(held + text, plain(whole + held + text));
		},
		end: () => step(rest, plain(whole + rest)),
	};
}

/** What follows the whole in a text that begins with it; blanks around it may be missing. */
function afterWhole(text: string, whole: string): string | undefined {
	const isLong = text.length + shortest > whole.length && whole.length <= longest;
	if (!isLong || !isDistinctive(whole)) return undefined;
	if (text.startsWith(whole)) return text.slice(whole.length);
	const words = whole.trim();
	const start = text.length - text.trimStart().length;
	return text.startsWith(words, start) ? text.slice(start + words.length).trimEnd() : undefined;
}
