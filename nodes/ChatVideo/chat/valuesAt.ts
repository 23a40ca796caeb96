import { isRecord, parseJson, type JsonRecord } from './json';

/**
 * The values at a path like `output.urls[]`; the empty one is the holder itself. What stands before a
 * point may be a list, of which each entry is meant, and a name may be spelled in any way.
 */
export function valuesAt(holder: JsonRecord, path: string): unknown[] {
	let values: unknown[] = [holder];
	for (const step of stepsOf(path)) {
		values = values.flatMap(entriesOf).flatMap((value) => stepInto(value, step));
	}
	return values;
}

/** The entries of a list; anything else stands for itself. */
export const entriesOf = (value: unknown): unknown[] => {
	const list = fromText(value);
	return Array.isArray(list) ? list.slice(0, mostEntries) : [list];
};

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
	name: plain(step),
	isList: step.endsWith('[]'),
});

function stepInto(holder: unknown, { name, isList }: Step): unknown[] {
	if (!isRecord(holder)) return [];
	const names = namesOf(holder);
	if (!names.has(name)) return [];
	return isList ? entriesOf(names.get(name)) : [names.get(name)];
}

const spellings = new WeakMap<JsonRecord, ReadonlyMap<string, unknown>>();

/** What a holder has by plain names; of one that it spells twice, what is not empty. */
function namesOf(holder: JsonRecord): ReadonlyMap<string, unknown> {
	const found = spellings.get(holder);
	if (found !== undefined) return found;
	const names = new Map<string, unknown>();
	for (const [name, held] of Object.entries(holder)) {
		const isEmpty = held === '' || held === null;
		if (!isEmpty || !names.has(plain(name))) names.set(plain(name), held);
	}
	spellings.set(holder, names);
	return names;
}

/** A name however it is spelled: `video_url`, `videoUrl`, `VideoURL`. */
const plain = (name: string): string => name.replace(/[^\p{L}\d]/gu, '').toLowerCase();

/** What a text of JSON holds. */
const fromText = (value: unknown): unknown =>
	typeof value === 'string' && /^[[{]/.test(value) && value.length < longestJson
		? (parseJson(value) ?? value)
		: value;

const longestJson = 20_000; // characters; it is parsed once for each path
const mostEntries = 20; // of a list; a task has a handful of videos
