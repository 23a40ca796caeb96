import type { Stage } from './facts';
import type { Transcript } from './transcript';

/** One entry of the log a user sees. */
export interface LogEntry extends Stage {
	/** ISO time at which this side read it. */
	at: string;
}

/** Gives each stage the time at which it was first read. */
export interface ProgressLog {
	/** Reads a transcript that has grown; returns the entries that are new. */
	read(transcript: Pick<Transcript, 'stages'>): readonly LogEntry[];
	readonly entries: readonly LogEntry[];
}

/** @param now milliseconds since 1970; a test brings its own clock */
export function createProgressLog(now: () => number = Date.now): ProgressLog {
	const times: string[] = [];
	let stages: readonly Stage[] = [];
	const entry = (stage: Stage, index: number): LogEntry => ({ ...stage, at: times[index] ?? '' });
	return {
		read(transcript) {
			if (transcript.stages === stages) return [];
			const last = stages.at(-1);
			({ stages } = transcript);
			// The reason of a failure may come on a later line: then the same stage is news again.
			const isNewsAgain = last !== undefined && stages[times.length - 1]?.message !== last.message;
			const known = times.length - Number(isNewsAgain);
			const at = new Date(now()).toISOString();
			while (times.length < stages.length) times.push(at);
			return stages.slice(known).map((stage, index) => entry(stage, known + index));
		},
		get entries() {
			return stages.map(entry);
		},
	};
}
