import { emptyDelta, type Delta } from './deltas';
import { enoughDigits } from './ownTasks';
import { standsIn } from './standsIn';
import { findTaskIds } from './taskIds';
import { taskWords } from './taskWords';

/** Lower-case names, as HTTP clients give them. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The tasks that the headers of an answer name; none that stands in the request, where one is given. */
export function headerTasks(headers: Headers, request = ''): readonly string[] {
	const isSent = standsIn(request);
	const ids = Object.entries(headers).flatMap(([name, values = []]) =>
		// A cookie is about a visitor.
		name === 'set-cookie' ? [] : [values].flat().flatMap((value) => idsIn(name, value.trim())),
	);
	return [...new Set(ids)].filter((id) => !isSent(id));
}

function idsIn(name: string, value: string): readonly string[] {
	if (taskWords.header.test(name)) return /^[\w:.-]{2,200}$/.test(value) ? [value] : [];
	const places = name.endsWith('location') ? [...value.matchAll(taskWords.place)] : [];
	return [...findTaskIds(value), ...places.map(([, id = '']) => id).filter(enoughDigits)];
}

/** Deltas between what the headers of their answer name before it and after it, however it ends. */
export async function* withHeaders(
	namedTasks: () => readonly string[],
	deltas: AsyncIterable<readonly Delta[]>,
): AsyncGenerator<readonly Delta[], void, undefined> {
	yield* inDeltas(namedTasks());
	let broken: { cause: unknown } | undefined;
	try {
		yield* deltas;
	} catch (cause) {
		broken = { cause };
	}
	yield* inDeltas(namedTasks());
	if (broken !== undefined) throw broken.cause;
}

function* inDeltas(taskIds: readonly string[]): Generator<readonly Delta[], void, undefined> {
	if (taskIds.length > 0) yield [{ ...emptyDelta, taskIds }];
}
