import { type Progress, seconds } from './progress';
import type { Stage } from './stage';

/** Fewer percentages than the service sends: a log wants steps, not every move. */
const step = 20;
/** A log that is silent for longer looks dead. */
const silence = 30_000;

/** For pipes and logs: one line for each stage, and for every twenty percent. */
export class ProgressLines implements Progress {
	private turn = '';
	private since = 0;
	private last: Stage = { name: 'waiting' };
	private pulse: NodeJS.Timeout | undefined;

	constructor(private readonly stream: NodeJS.WritableStream) {}

	begin(turn: string): void {
		this.turn = turn;
		this.since = Date.now();
		this.last = { name: 'waiting' };
		this.write('started');
		this.pulse = setInterval(() => this.write(this.last.name), silence);
	}

	show(stage: Stage): void {
		const moved = (stage.percent ?? 0) - (this.last.percent ?? 0);
		if (stage.name === this.last.name && moved < step) return;
		this.last = stage;
		if (stage.name === 'submitted') return this.write(`submitted ${stage.taskId ?? ''}`.trim());
		if (stage.name === 'generating') {
			return this.write(stage.percent === undefined ? 'generating' : `${stage.percent} %`);
		}
		this.write(stage.name);
	}

	end(): void {
		clearInterval(this.pulse);
	}

	private write(text: string): void {
		this.stream.write(`${this.turn}: ${text} (${seconds(this.since)})\n`);
	}
}
