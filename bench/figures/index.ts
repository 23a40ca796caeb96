import type { Figure } from './figure';

/** Each is loaded alone: what another one needs would stand in its memory and its time. */
export const figures = {
	concurrency: async () => (await import('./concurrency')).concurrency,
	cpu: async () => (await import('./cpu')).cpu,
	download: async () => (await import('./download')).download,
	execute: async () => (await import('./execute')).execute,
	growth: async () => (await import('./growth')).growth,
	held: async () => (await import('./held')).held,
	memory: async () => (await import('./memory')).memory,
	start: async () => (await import('./start')).start,
} satisfies Record<string, () => Promise<Figure>>;

export type FigureName = keyof typeof figures;
