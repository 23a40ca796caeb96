import { breakOff } from './breakOff';
import { pause } from './pause';
import type { Scene } from './scene';
import type { TaskBehaviour, TaskBehaviours, TaskEndpoint } from './taskBehaviour';
import { taskBodies, type TaskState } from './taskBodies';
import type { Sender } from './write';

/** A generation that was started, and how often it was asked for. */
export interface Task {
	scene: Scene;
	behaviours: TaskBehaviours;
	/** Why it fails, where it does. */
	reason: string;
	asked: Record<TaskEndpoint, number>;
}

/** What `slow` says before it is done. */
const slowPending = 2;

const unknown: TaskBehaviour = {
	kind: 'status',
	status: 404,
	body: { code: 'task_not_exist', message: 'task_not_exist', data: null },
};

/** Words are shorthand; `down` and `wrong` go through their kinds as they are asked again. */
const spelledOut = (behaviour: TaskBehaviour, asked: number): TaskBehaviour => {
	const broken: TaskBehaviour[] = [
		{
			kind: 'status',
			status: 500,
			body: { error: { message: 'upstream error', type: 'new_api_error' } },
		},
		{ kind: 'reset' },
	];
	const wrong: TaskBehaviour[] = [{ kind: 'page' }, { kind: 'nonsense' }, { kind: 'other' }];
	if (behaviour === 'down') return broken[asked % broken.length] ?? behaviour;
	if (behaviour === 'wrong') return wrong[asked % wrong.length] ?? behaviour;
	if (behaviour === 'slow') return { kind: 'slow', pending: slowPending };
	const isLate = typeof behaviour === 'object' && behaviour.kind === 'late';
	if (isLate) return asked < behaviour.unknown ? unknown : 'done';
	return behaviour === 'unknown' ? unknown : behaviour;
};

/** A pending task gets on a little with every question. */
const pendingAfter = (asked: number): TaskState => ({
	kind: 'pending',
	percent: Math.min(95, 20 + 15 * asked),
});

const stateOf = (behaviour: TaskBehaviour, asked: number, reason: string): TaskState => {
	if (behaviour === 'pending') return pendingAfter(asked);
	if (behaviour === 'failed') return { kind: 'failed', reason };
	if (typeof behaviour !== 'object' || behaviour.kind !== 'slow') return { kind: 'done' };
	if (asked < behaviour.pending) return pendingAfter(asked);
	return behaviour.then === 'failed' ? { kind: 'failed', reason } : { kind: 'done' };
};

const sendBody = ({ response, count }: Sender, status: number, body: unknown, type?: string) => {
	const text = typeof body === 'string' ? body : JSON.stringify(body ?? {});
	const html = text.startsWith('<!DOCTYPE');
	count(Buffer.byteLength(text));
	response
		.writeHead(status, {
			'content-type': type ?? (html ? 'text/html; charset=utf-8' : 'application/json'),
		})
		.end(text);
};

const wrongPage =
	'<!DOCTYPE html>\n<html><head><title>Just a moment...</title></head><body>Checking your browser.</body></html>\n';

/** Another task, finished, with a link of its own: whoever takes the first URL it sees takes this one. */
const stranger = (scene: Scene): Scene => ({
	...scene,
	taskId: 'task_01k0000000000000000000000z',
	sid: 's_00000000000000000000000000000000',
	prompt: 'another prompt',
	urls: { ...scene.urls, video: scene.urls.video.replace(/[^/]+$/, 'another.mp4') },
});

/** Answers one question about a task; without a task, as for an id that nobody knows. */
export async function sendTask(
	sender: Sender,
	endpoint: TaskEndpoint,
	task: Task | undefined,
): Promise<void> {
	if (!task)
		return sendBody(sender, 404, { code: 'task_not_exist', message: 'task_not_exist', data: null });

	const asked = task.asked[endpoint]++;
	const { behaviours } = task;
	const named =
		typeof behaviours === 'string' || 'kind' in behaviours ? behaviours : behaviours[endpoint];
	const behaviour = spelledOut(named ?? (task.reason ? 'failed' : 'done'), asked);
	const write = taskBodies[endpoint];

	if (typeof behaviour === 'object') {
		if (behaviour.kind === 'reset') return await breakOff(sender, { by: 'reset' });
		if (behaviour.kind === 'silent') return void (await pause(Infinity, sender.signal));
		if (behaviour.kind === 'page') return sendBody(sender, 200, wrongPage);
		if (behaviour.kind === 'nonsense')
			return sendBody(sender, 200, { data: { list: [1, null, 'x'] } });
		if (behaviour.kind === 'other') {
			return sendBody(sender, 200, write(stranger(task.scene), { kind: 'done' }));
		}
		if (behaviour.kind === 'status') {
			return sendBody(sender, behaviour.status, behaviour.body, behaviour.contentType);
		}
	}
	const body = write(task.scene, stateOf(behaviour, asked, task.reason || 'input_moderation'));
	// The source endpoint escapes its slashes, so that nobody finds the link without reading the JSON.
	const escaped = endpoint === 'source' ? JSON.stringify(body).replaceAll('/', '\\/') : body;
	return sendBody(sender, 200, escaped, endpoint === 'source' ? 'application/json' : undefined);
}
