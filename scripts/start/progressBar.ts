import { SingleBar } from 'cli-progress';
import type { Paint } from './paint';
import { type Progress, seconds } from './progress';
import type { Stage } from './stage';

const nameWidth = 16;
/** Percent, stage and time: what stands right of the bar. */
const tailWidth = 32;
/** Longer bars say no more. */
const longestBar = 48;

/** A line that is redrawn ten times a second; before the first percentage a block runs to and fro. */
export class ProgressBar implements Progress {
	private bar: SingleBar | undefined;
	private stage: Stage = { name: 'waiting' };
	private since = 0;

	constructor(
		private readonly stream: NodeJS.WriteStream,
		private readonly paint: Paint,
	) {}

	begin(turn: string): void {
		this.stage = { name: 'waiting' };
		this.since = Date.now();
		this.bar = new SingleBar({
			stream: this.stream,
			hideCursor: true,
			format: () => this.line(turn),
		});
		this.bar.start(100, 0);
	}

	show(stage: Stage): void {
		this.stage = stage;
		this.bar?.update(stage.percent ?? 0);
	}

	end(): void {
		this.bar?.stop();
		this.bar = undefined;
	}

	private line(turn: string): string {
		const { name, percent, taskId } = this.stage;
		const room = this.stream.columns - nameWidth - tailWidth;
		const bar = this.block(Math.max(4, Math.min(longestBar, room)));
		const line = [
			turn.padEnd(nameWidth),
			bar,
			(percent === undefined ? '' : `${percent} %`).padStart(7),
			`  ${this.paint(colours[name] ?? 'cyan', name.padEnd(11))}`,
			seconds(this.since).padStart(8),
		].join('');
		if (!taskId || room - longestBar < taskId.length + 4) return line;
		return `${line}   ${this.paint('dim', taskId)}`;
	}

	private block(width: number): string {
		const { name, percent } = this.stage;
		const colour = colours[name] ?? 'cyan';
		if (percent === undefined && !(name in colours)) {
			const size = Math.ceil(width / 6);
			const path = width - size;
			const step = Math.floor((Date.now() - this.since) / 60) % (2 * path);
			const at = step > path ? 2 * path - step : step;
			const [before, after] = [at, path - at].map((cells) => this.paint('dim', '░'.repeat(cells)));
			return `${before}${this.paint(colour, '█'.repeat(size))}${after}`;
		}
		const full = Math.round((width * (percent ?? 0)) / 100);
		return this.paint(colour, '█'.repeat(full)) + this.paint('dim', '░'.repeat(width - full));
	}
}

const colours: Record<string, 'green' | 'red'> = {
	completed: 'green',
	failed: 'red',
	stopped: 'red',
};
