import { isRecord, parseJson, textOf, type JsonRecord } from '../chat/json';
import type { Facts } from './facts';

/** A fence of JSON: the planner's parameters, or the details of a failure. */
export function readFence(facts: Facts, source: string): Facts {
	if (facts.failure !== undefined) {
		return { ...facts, failure: { ...facts.failure, detail: source.trim() } };
	}
	const value = parseJson(source);
	return isRecord(value) ? readPlan(facts, value) : facts;
}

/** What a planner understood; the first plan is the one. */
export function readPlan(facts: Facts, value: JsonRecord): Facts {
	if (facts.fenced) return facts;
	const seconds = Number.parseFloat(textOf(value.duration) ?? '');
	return {
		...facts,
		fenced: true,
		prompt: textOf(value.prompt) ?? facts.prompt,
		orientation: textOf(value.orientation) ?? facts.orientation,
		sourceSid: textOf(value.sid) ?? facts.sourceSid,
		duration: Number.isFinite(seconds) ? seconds : facts.duration,
	};
}
