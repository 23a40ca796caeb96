import { isRecord, textOf } from './json';

const deepest = 8; // levels of objects and arrays; `choices[].delta.output[].task_id` has six
const mostIds = 100;

/**
 * What only a task is called: `task_01k…`, `video_68e…`, `cgt-2025…`, and any of them or a UUID
 * after its model, as `sora-2:`; `ID:` and `task_id:` are labels. A bare UUID may be anything where
 * no label says that it is a task's, and so may words with an underscore.
 */
const form =
	/(?<![\w.-])(?:(?!(?:task|job|video|[\w.-]*id):)[a-z][\w.-]*:)?(?:(?:task|video|vid|job)_(?=[a-z-]*\d)[\da-z-]{8,}|cgt-\d{8,}[\w-]*|(?:(?<=:)(?<!id:)|(?<=(?:(?:task|job|video|generation)[\s_-]?id|任[务務](?:\s?id)?|(?:^|[\n>])[\s*]{0,3}id)["'\x60“\s:：=#*]{1,6}))[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?![\w-])/gi;

/** A share's id (`s_…`), an answer's, and the 0 of relays in Go name no task. */
const otherId = /^(?:0|s_|(?:chatcmpl|cmpl|resp|msg|gen)[-_])/i;

/** `models/…/operations/…`, or longer. */
export const isOperation = (id: string): boolean =>
	/^(?:[\w.-]{1,100}\/){0,8}operations\/[\w-]{1,100}$/.test(id);

/** The tasks that JSON of a relay names outside its text, the outermost first. */
export function taskIdsOf(chunk: object): readonly string[] {
	const found: string[] = [];
	collect(chunk, found, deepest);
	const { id, name } = isRecord(chunk) ? chunk : {};
	const own = textOf(id);
	if (own !== undefined && findTaskIds(own)[0] === own) found.push(own);
	// Google's, of which it says nothing else while it goes on.
	const operation = textOf(name);
	if (operation !== undefined && isOperation(operation)) found.push(operation);
	return found.length > 1 ? [...new Set(found)].slice(0, mostIds) : found;
}

function collect(value: unknown, found: string[], levels: number): void {
	if (levels === 0) return;
	if (Array.isArray(value)) {
		for (const entry of value) collect(entry, found, levels - 1);
		return;
	}
	if (!isRecord(value)) return;
	for (const [name, held] of Object.entries(value)) {
		if (typeof held === 'object') {
			if (isRecord(held) && /^(?:task|job)$/.test(name)) add(held.id, found);
			collect(held, found, levels - 1);
		} else if (/^(?:task|job)_?id$/i.test(name)) add(held, found);
	}
}

function add(value: unknown, found: string[]): void {
	const id = textOf(value);
	if (id !== undefined && !otherId.test(id) && !/\s/.test(id)) found.push(id);
}

/** The tasks that a text of any kind names by ids whose form is a task's alone. */
export const findTaskIds = (text: string): readonly string[] =>
	[...new Set(text.match(form))].slice(0, mostIds);
