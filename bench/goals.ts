import { growing } from './plan';
import { find, spreadOver, type Result } from './results';
import type { Spread } from './spread';

/** What a figure shall be, and where it is found. */
export interface Goal {
	title: string;
	unit: '' | ' ms' | ' KB';
	limit: number;
	/** On which side of the limit is good. */
	good: 'below' | 'above';
	read(results: readonly Result[]): Spread | undefined;
	/** Why it is missed, where it is: from a profile. */
	why?: string;
}

const cpu = (stream: string, limit: number, why = ''): Goal => ({
	title: `CPU ÷ raw, ${stream.replace(/-\d+$/, '')}`,
	unit: '',
	limit,
	good: 'below',
	read: (results) => find(results, 'cpu', { stream, client: 'node' })[0]?.ratio,
	why,
});

/** One number, without a spread. */
const exactly = (value: number | undefined): Spread | undefined =>
	value === undefined ? undefined : { median: value, quartiles: [value, value], count: 1 };

export const goals: readonly Goal[] = [
	cpu(
		'reference',
		1.6,
		'Half of it is the connection: raw keeps one open, while every POST here has its own, as a lost one could not be told from a closed one. See the next row.',
	),
	{
		title: 'The same, raw with a connection of its own',
		unit: '',
		limit: 1.6,
		good: 'below',
		read: (results) => {
			const [node, alone] = ['node', 'raw, own connection'].map(
				(client) => find(results, 'cpu', { stream: 'reference', client })[0]?.ratio,
			);
			return exactly(node && alone && node.median / alone.median);
		},
		why: 'By a profile: a quarter is the two system calls that open the connection and write the request, a tenth the collector, a tenth the transcript.',
	},
	cpu(
		'long-100000',
		3.3,
		'Of what comes behind the socket, half is cutting and reading 30,000 lines, a quarter taking off envelopes, a quarter decoding and finding events.',
	),
	cpu(
		'tokens-100000',
		3.6,
		'What is left is decoding bytes, finding events and joining texts; a client by hand that parses each event, without a transcript, is above it in the same run.',
	),
	cpu(
		'fat-32',
		4,
		'No envelope can be learnt where the padding differs: three quarters are finding events and parsing all of it as JSON, one quarter is reading lines.',
	),
	{
		title: 'Result after [DONE] on a held socket',
		unit: ' ms',
		limit: 5,
		good: 'below',
		read: (results) => find(results, 'held', { client: 'node' })[0]?.ms,
	},
	{
		title: 'Memory of a waiting stream, of 500 at once',
		unit: ' KB',
		limit: 80,
		good: 'below',
		read: (results) => spreadOver(find(results, 'memory', { client: 'node' }), ({ heap }) => heap),
	},
	{
		title: 'Loading the node beyond n8n-workflow',
		unit: ' ms',
		limit: 12,
		good: 'below',
		read: (results) => spreadOver(find(results, 'start', { load: 'node' }), ({ load }) => load),
		why: 'Milliseconds depend on the machine: see what the others take to load in the same run.',
	},
	{
		title: 'Loading it and reading the first stream',
		unit: ' ms',
		limit: 60,
		good: 'below',
		read: (results) => spreadOver(find(results, 'start', { load: 'node' }), ({ first }) => first),
		why: 'By a profile half of it is reading undici and the modules of Node.js that it needs; the rest is code and patterns that run, and so are compiled, for the first time. See what undici alone takes to load in the same run.',
	},
	{
		title: 'CPU of one item in n8n beyond a raw request there',
		unit: ' ms',
		limit: 1.5,
		good: 'below',
		read: (results) => exactly(find(results, 'execute')[0]?.beyond),
		why: 'By a profile the first costs are the collector, the system calls of the connection, and JSON.',
	},
	...growing.map((kind): Goal => ({
		title: `Growth of CPU with ${kind}, exponent`,
		unit: '',
		limit: 1.05,
		good: 'below',
		read: (results) => exactly(find(results, 'growth', { kind })[0]?.exponent),
	})),
	{
		title: '200 items, 50 at once: part of the ideal time',
		unit: '',
		limit: 0.95,
		good: 'above',
		read: (results) => find(results, 'concurrency')[0]?.part,
	},
	{
		title: 'Download into n8n’s storage ÷ curl -o',
		unit: '',
		limit: 0.8,
		good: 'above',
		read: (results) => find(results, 'download')[0]?.part,
		why: 'By a profile nearly half of the computing is the collector’s: each byte lies in a buffer of the socket and in one of the piece that is stored, and V8 goes through all of n8n’s memory for every 60 MB of them.',
	},
];
