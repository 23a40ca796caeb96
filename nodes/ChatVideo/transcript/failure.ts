import { trimEnd } from '../chat/trimEnd';
import type { Effect, Facts } from './facts';
import { findMatches } from './findMatches';
import { grammar } from './grammar';
import { lineWords } from './lineWords';
import { nextGroup } from './stages';
import { taskEffects } from './taskNames';

const effects: Partial<Record<string, Effect>> = taskEffects;
const taskRows = grammar.filter(({ fact }) => fact in effects);

/** What failed takes the rest of its line for its reason; a task that is named there counts. */
function readTask(facts: Facts, reason: string): Facts {
	if (facts.taskId !== '') return facts;
	return findMatches(reason, taskRows).reduce(
		(read, { fact, values }) => effects[fact]?.(read, values) ?? read,
		facts,
	);
}

export function fail(before: Facts, words: string): Facts {
	const facts = readTask(before, words);
	const said = words.replace(lineWords.beforeReason, '').replace(lineWords.reason, '');
	const reason = trimEnd(said, /[\s*\x60]/);
	const failure = {
		reason: reason || (facts.failure?.reason ?? ''),
		detail: facts.failure?.detail ?? '',
	};
	const message = failure.reason === '' ? {} : { message: failure.reason };
	const stages = facts.stages.at(-1)?.stage === 'failed' ? facts.stages.slice(0, -1) : facts.stages;
	return { ...nextGroup(facts), failure, stages: [...stages, { stage: 'failed', ...message }] };
}
