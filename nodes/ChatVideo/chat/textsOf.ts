import { isRecord, parseJson } from './json';

/** A text in an answer, and the key it stands at; empty where there is none. */
export interface KeyedText {
	key: string;
	text: string;
}

const deepest = 8; // levels; relays wrap each other's answers two or three times
const mostTexts = 1_000;

/** Every text in a body, or in JSON that is parsed already; JSON within text is followed. */
export function textsOf(body: unknown): readonly KeyedText[] {
	const texts: KeyedText[] = [];
	collect('', body, texts, deepest);
	return texts;
}

function collect(key: string, value: unknown, texts: KeyedText[], levels: number): void {
	if (texts.length >= mostTexts) return;
	if (typeof value === 'string') {
		const inner = levels > 0 && /^\s*[[{"]/.test(value) ? parseJson(value) : undefined;
		if (inner === undefined) texts.push({ key, text: value });
		else collect(key, inner, texts, levels - 1);
		return;
	}
	if (typeof value === 'number') texts.push({ key, text: String(value) });
	if (levels === 0) return;
	if (Array.isArray(value)) for (const each of value) collect(key, each, texts, levels - 1);
	else if (isRecord(value)) {
		for (const [name, each] of Object.entries(value)) collect(name, each, texts, levels - 1);
	}
}
