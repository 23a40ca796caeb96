import type { Stage } from './stage';

/** Shows one turn after another, while it runs. */
export interface Progress {
	begin(turn: string): void;
	show(stage: Stage): void;
	/** The turn is over; whether well or not, the last stage says. */
	end(): void;
}

export function seconds(since: number): string {
	return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
