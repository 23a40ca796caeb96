import { emptyDelta } from '../../nodes/ChatVideo/chat/deltas';
import { malformed } from '../../nodes/ChatVideo/chat/errors';
import { headerTasks, withHeaders, type Headers } from '../../nodes/ChatVideo/chat/headerTasks';
import { batches, drain } from './feed';

const taskId = 'task_01k7dzptgwf2z87wj2c3t36qk0';
const uuid = '8868f1c2-1111-4222-8333-444455556666';

it.each<[Headers, readonly string[]]>([
	[{ 'x-task-id': taskId }, [taskId]],
	[{ 'task-id': uuid }, [uuid]],
	[{ taskid: '4721' }, ['4721']],
	[{ 'x-relay_job_id': [uuid, taskId] }, [uuid, taskId]],
	[{ 'x-request-id': taskId }, [taskId]],
	[{ 'x-request-id': `sora-2:${uuid}` }, [`sora-2:${uuid}`]],
	[{ location: `/v1/videos/${uuid}` }, [uuid]],
	[{ 'operation-location': `https://a.example/video/generations/jobs/${taskId}?v=1` }, [taskId]],
	[{ link: `<https://a.example/${taskId}>; rel="status"` }, [taskId]],
	[{ 'x-task-id': taskId, location: `/v1/videos/${taskId}` }, [taskId]],
])('the head %j names its task', (headers, named) => {
	expect(headerTasks(headers, '')).toEqual(named);
	expect(headerTasks(headers, JSON.stringify({ content: `remix ${named.join(' ')}` }))).toEqual([]);
});

it.each<[Headers]>([
	[{}],
	[{ 'x-request-id': uuid, 'x-oneapi-request-id': '202611222024597472269388268d9d6' }],
	[{ 'x-generation-id': 'gen-1764170000-abcdefgh', 'x-video-id': 'none' }],
	[{ 'x-task-id': '', 'task-id': 'not known yet' }],
	[{ location: '/login?next=/v1/videos/generations' }],
	[{ 'set-cookie': ['vid_12345678abc=1', `task=${taskId}`] }],
	[{ etag: '"8868f1c2-1111-4222-8333-444455556666"', date: 'Thu, 26 Nov 2026 10:00:00 GMT' }],
])('the head %j names none', (headers) => {
	expect(headerTasks(headers, '')).toEqual([]);
});

it('what the headers name stands before the answer, and after it what those after it name', async () => {
	const named = [['one-1'], ['one-1', 'two-2']].values();
	const deltas = withHeaders(() => named.next().value ?? [], batches([emptyDelta]));
	const { given } = await drain(deltas);
	expect(given.map(({ taskIds }) => taskIds)).toEqual([['one-1'], [], ['one-1', 'two-2']]);
});

it('what those after it name is not lost with an answer that breaks', async () => {
	const broken = async function* (): AsyncGenerator<readonly never[]> {
		yield [];
		throw malformed('cut');
	};
	const named = [[], ['two-2']].values();
	const { given, error } = await drain(withHeaders(() => named.next().value ?? [], broken()));
	expect(given.map(({ taskIds }) => taskIds)).toEqual([['two-2']]);
	expect(error?.kind).toBe('malformed');
});
