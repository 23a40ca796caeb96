import type { Facts, Stage } from './facts';

const mostStages = 1_000; // of one transcript; real ones have a dozen

/** A stage counts once, however often it is repeated. */
export function addStage(facts: Facts, stage: Stage): Facts {
	const last = facts.stages.findLast(({ stage: name }) => name !== 'progress');
	const grouped = nextGroup(facts);
	if (last?.stage === stage.stage || facts.stages.length >= mostStages) return grouped;
	return { ...grouped, stages: [...facts.stages, stage] };
}

export function addPercent(facts: Facts, percent: number): Facts {
	const last = facts.stages.findLast((stage) => stage.percent !== undefined)?.percent ?? -1;
	if (!(percent > last) || percent > 100 || facts.stages.length >= mostStages) return facts;
	return { ...nextGroup(facts), stages: [...facts.stages, { stage: 'progress', percent }] };
}

/** What was said between two videos makes the later one a better one, not a further one. */
export function nextGroup(facts: Facts): Facts {
	const used = facts.videos.at(-1)?.group === facts.group;
	return used ? { ...facts, group: facts.group + 1, posterUrl: '', gifUrl: '' } : facts;
}
