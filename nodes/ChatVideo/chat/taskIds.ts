import { isRecord, textOf } from './json';
import { taskWords } from './taskWords';

const deepest = 8; // levels of objects and arrays; `choices[].delta.output[].task_id` has six
const mostIds = 100;

/** `models/…/operations/…`, or longer. */
export const isOperation = (id: string): boolean => taskWords.operation.test(id);

/** Endpoints and transcripts put the model in front of the id, or leave it out. */
export const withoutModel = (id: string): string => id.slice(id.lastIndexOf(':') + 1);

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
			if (isRecord(held) && taskWords.holder.test(name)) add(held.id, found);
			collect(held, found, levels - 1);
		} else if (taskWords.key.test(name)) add(held, found);
	}
}

function add(value: unknown, found: string[]): void {
	const id = textOf(value);
	if (id !== undefined && !taskWords.otherId.test(id) && !/\s/.test(id)) found.push(id);
}

/** The tasks that a text of any kind names by ids whose form is a task's alone. */
export const findTaskIds = (text: string): readonly string[] =>
	[...new Set(text.match(taskWords.form))].slice(0, mostIds);
