import type { Paint } from './paint';
import { ProgressBar } from './progressBar';
import { ProgressLines } from './progressLines';
import type { Stage } from './stage';

/** Shows one turn after another, while it runs. */
export interface Progress {
	begin(turn: string): void;
	show(stage: Stage): void;
	/** The turn is over; whether well or not, the last stage says. */
	end(): void;
}

/** A moving bar on a terminal, a line for each step elsewhere. */
export function progressOn(stream: NodeJS.WriteStream, paint: Paint): Progress {
	return stream.isTTY ? new ProgressBar(stream, paint) : new ProgressLines(stream);
}

export function seconds(since: number): string {
	return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
