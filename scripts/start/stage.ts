/** How far a turn has come, in the node's own words. */
export interface Stage {
	name: string;
	/** 0 to 100; absent until the service says one. */
	percent?: number;
	taskId?: string;
}

const names = ['submitted', 'queued', 'generating', 'recovering', 'completed', 'failed'];

/** The next stage after a line like `submitted task_01k…`, `queued`, `36 %` or `completed https://…`. */
export function nextStage(stage: Stage, line: string): Stage {
	const percent = /^(\d{1,3}) ?%/.exec(line)?.[1];
	if (percent !== undefined) return { ...stage, name: 'generating', percent: Number(percent) };
	const [word = '', value] = line.split(/[\s:]+/);
	if (!names.includes(word)) return stage;
	if (word === 'completed') return { ...stage, name: word, percent: 100 };
	if (word === 'submitted' && value) return { ...stage, name: word, taskId: value };
	return { ...stage, name: word };
}
