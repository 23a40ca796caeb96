import type { ClientName } from './clients';
import type { FigureName } from './figures';

/** One measurement. */
export interface Job {
	figure: FigureName;
	of: Readonly<Record<string, string>>;
	/** How often it is done, each time in a new process; once unless said otherwise. */
	times?: number;
}

export const streams = ['reference', 'long-100000', 'tokens-100000', 'fat-32'] as const;

export const peers = [
	'raw, own connection',
	'by hand',
	'naive split',
	'axios',
	'openai',
	'ai sdk',
	'langchain',
] as const satisfies readonly ClientName[];

/** Who counts as a peer where the connection waits: the first two differ in nothing from others. */
const others = ['raw', 'axios', 'openai', 'ai sdk', 'langchain'] as const;

export const libraries = ['undici', 'axios', 'openai', 'ai', '@langchain/openai'] as const;

export const growing = ['items', 'deltas', 'deltas that arrive alone', 'turns of history'] as const;

/** Everything, the node after its control. */
export const plan: readonly Job[] = [
	...streams.flatMap((stream) => [
		{ figure: 'cpu' as const, of: { stream, client: 'raw' } },
		{ figure: 'cpu' as const, of: { stream, client: 'node' } },
		...peers.map((client) => ({ figure: 'cpu' as const, of: { stream, client } })),
	]),
	...['node', ...others].map((client) => ({ figure: 'held' as const, of: { client } })),
	...['node', ...others].map((client) => ({ figure: 'memory' as const, of: { client }, times: 3 })),
	...['node', ...libraries].map((library) => ({
		figure: 'start' as const,
		of: { load: library },
		times: 11,
	})),
	{ figure: 'execute', of: {} },
	...growing.map((kind) => ({ figure: 'growth' as const, of: { kind } })),
	{ figure: 'concurrency', of: {} },
	{ figure: 'download', of: {} },
];

/** What shows that everything works: everybody's text on a short stream, and each figure of the node. */
export const quickPlan: readonly Job[] = [
	...(['raw', 'node', ...peers] as const).map((client) => ({
		figure: 'cpu' as const,
		of: { stream: 'long-10000', client },
	})),
	{ figure: 'cpu', of: { stream: 'reference', client: 'node' } },
	{ figure: 'held', of: { client: 'node' } },
	{ figure: 'memory', of: { client: 'node' } },
	{ figure: 'start', of: { load: 'node' }, times: 3 },
	{ figure: 'execute', of: {} },
	{ figure: 'growth', of: { kind: 'deltas' } },
	{ figure: 'concurrency', of: {} },
	{ figure: 'download', of: {} },
];

export const nameOf = ({ figure, of }: Job): string => [figure, ...Object.values(of)].join(' ');
