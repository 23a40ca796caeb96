import type { Situation } from './situations';

/** A generation that breaks after its task id; the task is done once it was asked for so often. */
export const brokenFor = (asks: number): Situation => ({
	kind: 'generate',
	cutAt: 'afterTask',
	tasks: {
		source: { kind: 'slow', pending: asks },
		share: 'unknown',
		query: 'unknown',
		videos: 'unknown',
		generations: 'unknown',
	},
});
