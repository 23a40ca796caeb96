import type { Measure } from './worker';

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
export const figures: readonly Figure[] = [
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
	},
	{
		title: 'Loading the node and reading the first stream ÷ loading undici',
		measure: 'firstStream',
		atMost: 1.1,
	},
	{ title: 'One item through n8n ÷ a node there that reads raw bytes', measure: 'item' },
	{ title: 'Result after [DONE] ÷ the openai SDK’s', measure: 'heldSocket', atMost: 1 },
	{ title: 'Memory of a waiting stream', measure: 'memory', unit: ' KB', atMost: 40 },
	{ title: 'Download into n8n’s storage ÷ curl -o', measure: 'download', atLeast: 0.8 },
	{ title: 'Growth with items, exponent', measure: 'items', atMost: 1.05 },
	{ title: 'Growth with deltas, exponent', measure: 'deltas', atMost: 1.05 },
	{ title: 'Growth with turns of history, exponent', measure: 'turns', atMost: 1.05 },
	{ title: '100,000 deltas ÷ the openai SDK', measure: 'manyDeltas', atMost: 0.5 },
];
