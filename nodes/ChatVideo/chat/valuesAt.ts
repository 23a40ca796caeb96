import { isRecord, parseJson, type JsonRecord } from './json';

/** The values at a path like `output[].url`; the empty one is the holder itself. */
export function valuesAt(holder: JsonRecord, path: string): unknown[] {
	let values: unknown[] = [holder];
	for (const step of stepsOf(path)) values = values.flatMap((value) => stepInto(value, step));
	return values;
}

interface Step {
	name: string;
	isList: boolean;
}

const known = new Map<string, readonly Step[]>();

/** A body is asked for a hundred paths in each of its wrappers, so each path is cut up once. */
function stepsOf(path: string): readonly Step[] {
	const steps = known.get(path) ?? path.split('.').filter(Boolean).map(toStep);
	known.set(path, steps);
	return steps;
}

const toStep = (step: string): Step => ({
	name: step.replace('[]', ''),
	isList: step.endsWith('[]'),
});

function stepInto(value: unknown, { name, isList }: Step): unknown[] {
	const holder = fromText(value, '{');
	if (!isRecord(holder) || !Object.hasOwn(holder, name)) return [];
	if (!isList) return [holder[name]];
	const list = fromText(holder[name], '[');
	return Array.isArray(list) ? list.slice(0, mostEntries) : [];
}

/** What a text of JSON holds. */
const fromText = (value: unknown, start: '{' | '['): unknown =>
	typeof value === 'string' && value.startsWith(start) && value.length < longestJson
		? parseJson(value)
		: value;

const longestJson = 20_000; // characters; it is parsed once for each path
const mostEntries = 20; // of a list; a task has a handful of videos
