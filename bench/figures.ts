import type { Measure } from './measure';

/** A row of the table: what is measured, what it shall be, and why it is not where it is not. */
export interface Figure {
	title: string;
	measure: Measure;
	unit?: ' KB';
	/** What the median may be; without either it is shown and not judged. */
	atLeast?: number;
	atMost?: number;
	/** By a profile. */
	reason?: string;
}

/** Everything that is measured, in the order of the table: first what a user's video costs. */
const figures: readonly Figure[] = [
	{
		title: 'Control: raw ÷ raw',
		measure: 'control',
		atLeast: 0.9,
		atMost: 1.1,
		reason: 'The machine was too busy: no ratio of this run counts.',
	},
	{
		title: 'Reference stream ÷ raw with a connection of its own',
		measure: 'reference',
		atMost: 1.6,
		reason:
			'The connection costs what it costs raw; what comes on top is reading what raw throws away: a third of that is holding the lines against the grammar, a fifth the events and their JSON, the rest deltas, tasks, the result and the ledger. In all it is a millisecond and a half for a video.',
	},
	{
		title: 'Loading the node and reading the first stream ÷ loading undici',
		measure: 'firstStream',
		atMost: 1.1,
		reason:
			'Two thirds are the first run itself, whose code and whose patterns, when a line is first read, are compiled by V8; undici’s part is a seventh.',
	},
	{ title: 'One item through n8n ÷ a node there that reads raw bytes', measure: 'item' },
	{
		title: 'Result after [DONE] ÷ the openai SDK’s',
		measure: 'heldSocket',
		atMost: 1,
		reason:
			'The SDK has its last word by then; here all is read once more for its result, redacted and written into the ledger, which takes half a millisecond.',
	},
	{
		title: 'Memory of a waiting stream',
		measure: 'memory',
		unit: ' KB',
		atMost: 40,
		reason: 'A fifth is the transcript; the rest is undici’s connection and what reads it.',
	},
	{
		title: 'Download into n8n’s storage ÷ curl -o',
		measure: 'download',
		atLeast: 0.8,
		reason:
			'Pieces of 64 KB come and go outside of the heap, and for each few dozen MB of them V8 collects all of n8n’s; with a core for each process it is 0.7 to 1.',
	},
	{ title: 'Growth with items, exponent', measure: 'items', atMost: 1.05 },
	{ title: 'Growth with deltas, exponent', measure: 'deltas', atMost: 1.05 },
	{ title: 'Growth with turns of history, exponent', measure: 'turns', atMost: 1.05 },
	{
		title: '100,000 deltas ÷ the openai SDK',
		measure: 'manyDeltas',
		atMost: 0.5,
		reason:
			'A third is finding the events and parsing their JSON, as there; the rest reads the lines, and looks for files and tasks in each.',
	},
];

/** Those with one of the words in their title, in any letters; all where no word is given. */
export function figuresWith(words: readonly string[]): readonly Figure[] {
	const wanted = words.map((word) => word.toLowerCase());
	if (wanted.length === 0) return figures;
	return figures.filter(({ title }) => wanted.some((word) => title.toLowerCase().includes(word)));
}

/** The sentence for words that no figure has. */
export const noFigure = (words: readonly string[]): string =>
	[`No figure has ${words.join(' or ')} in its title. There are:`, ...figures.map(toLine)].join(
		'\n',
	);

const toLine = ({ title }: Figure): string => `  ${title}`;
