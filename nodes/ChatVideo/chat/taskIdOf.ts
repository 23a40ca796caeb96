import { isRecord, textOf } from './json';

/** The task that JSON of a relay names beside its text; relays in Go write 0 where there is none. */
export function taskIdOf({
	task_id: id,
	taskId = id,
	data,
}: {
	task_id?: unknown;
	taskId?: unknown;
	data?: unknown;
}): string | undefined {
	const own = textOf(taskId);
	if (own !== undefined && own !== '0') return own;
	return isRecord(data) ? taskIdOf({ task_id: data.task_id }) : undefined;
}
