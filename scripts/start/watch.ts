import type { StructuredChunk } from 'n8n-workflow';
import type { Progress } from './progress';
import { nextStage, type Stage } from './stage';

/** Follows the turns of one run by what n8n says about it, and shows the one that is on. */
export class Watch {
	private readonly stages = new Map<string, Stage>();
	private current: string | undefined;

	constructor(
		private readonly turns: string[],
		private readonly progress: Progress,
	) {}

	begin(node: string): void {
		if (!this.turns.includes(node)) return;
		this.current = node;
		this.progress.begin(node);
	}

	/** n8n adds an `error` chunk of its own to the node's; the error is said once, at the end. */
	hear({ type, content, metadata }: StructuredChunk): void {
		if (type !== 'item' || !content) return;
		const before = this.stages.get(metadata.nodeName) ?? { name: 'waiting' };
		const stage = content.split('\n').reduce(nextStage, before);
		this.stages.set(metadata.nodeName, stage);
		if (metadata.nodeName === this.current) this.progress.show(stage);
	}

	/** The turn that is on, if any, is over in this way. */
	end(name: 'completed' | 'failed' | 'stopped'): void {
		if (this.current === undefined) return;
		const last = this.stages.get(this.current);
		this.progress.show({ ...last, name, ...(name === 'completed' && { percent: 100 }) });
		this.progress.end();
		this.current = undefined;
	}

	/** The task a turn was last heard to work on: paid for, whatever became of it. */
	taskOf(turn: string): string | undefined {
		return this.stages.get(turn)?.taskId;
	}
}
