import { emptyDelta, type Delta } from './deltas';
import { enoughDigits } from './ownTasks';
import { standsIn } from './standsIn';
import { findTaskIds } from './taskIds';

/** Lower-case names, as HTTP clients give them. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Headers that have an id of any form; in any other a task is known by its form. */
const idName = /(?:^|[-_])(?:task|job)[-_]?id$/;

/** Where a task can be asked for, as `Location` or `Operation-Location` say it. */
const place = /\/(?:videos?|tasks?|jobs?|generations?)\/([\w:.-]{8,200})/gi;

/** The tasks that the head of an answer names; none that stands in the request. */
export function headerTasks(headers: Headers, request: string): readonly string[] {
	const isSent = standsIn(request);
	const ids = Object.entries(headers).flatMap(([name, values = []]) =>
		// A cookie is about a visitor.
		name === 'set-cookie' ? [] : [values].flat().flatMap((value) => idsIn(name, value.trim())),
	);
	return [...new Set(ids)].filter((id) => !isSent(id));
}

function idsIn(name: string, value: string): readonly string[] {
	if (idName.test(name)) return /^[\w:.-]{2,200}$/.test(value) ? [value] : [];
	const places = name.endsWith('location') ? [...value.matchAll(place)] : [];
	return [...findTaskIds(value), ...places.map(([, id = '']) => id).filter(enoughDigits)];
}

/** Deltas after what the head of their answer had named. */
export async function* afterHead(
	taskIds: readonly string[],
	deltas: AsyncIterable<readonly Delta[]>,
): AsyncGenerator<readonly Delta[], void, undefined> {
	if (taskIds.length > 0) yield [{ ...emptyDelta, taskIds }];
	yield* deltas;
}
