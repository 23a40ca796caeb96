import type { Stage } from './facts';

/** One entry of the log a user sees. */
export interface LogEntry extends Stage {
	/** ISO time at which this side read it. */
	at: string;
}

/** How far a video is; nothing where nobody has said it. */
export const lastPercent = (log: readonly LogEntry[]): number | undefined =>
	log.findLast(({ percent }) => percent !== undefined)?.percent;

/** The stages as far as they were read. */
interface Progress {
	stages: readonly Stage[];
	/** The video is there, and nothing follows. */
	isOver?: boolean;
}

/**
 * Gives each stage the time at which it was first read.
 *
 * @param now milliseconds since 1970; a test brings its own clock
 */
export function createProgressLog(now: () => number = Date.now) {
	const times: string[] = [];
	let seen: readonly Stage[] = [];
	let stages: readonly Stage[] = [];
	const entry = (stage: Stage, index: number): LogEntry => ({ ...stage, at: times[index] ?? '' });
	return {
		/** Reads progress that has grown; returns the entries that are new. */
		read(progress: Progress): readonly LogEntry[] {
			if (progress.stages === seen && progress.isOver !== true) return [];
			seen = progress.stages;
			const last = stages.at(-1);
			stages = shownStages(progress);
			// The reason of a failure may come on a later line: then the same stage is news again.
			const isNewsAgain = last !== undefined && stages[times.length - 1]?.message !== last.message;
			const known = times.length - Number(isNewsAgain);
			const at = new Date(now()).toISOString();
			while (times.length < stages.length) times.push(at);
			return stages.slice(known).map((stage, index) => entry(stage, known + index));
		},
		entries: (): readonly LogEntry[] => stages.map(entry),
	};
}

/** "Done" is the last word: many relays say it first of a draft, of one part, or of one step. */
const shownStages = ({ stages, isOver = false }: Progress): readonly Stage[] =>
	stages.filter(
		({ stage }, index) => stage !== 'completed' || (isOver && index === stages.length - 1),
	);
