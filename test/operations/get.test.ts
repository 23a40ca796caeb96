import '../support/clock';
import type { IDataObject } from 'n8n-workflow';
import { only } from '../relay/only';
import { useNode } from '../support/useNode';

const node = useNode();

const asked = () => node.relay.requests.filter(({ method }) => method === 'GET');
const askedAt = (path: string) => asked().filter((request) => request.path.startsWith(path));

describe('Get Video', () => {
	const get = (taskId: string, options: IDataObject = {}) =>
		node.run({ operation: 'get', taskId, options, simplify: false });

	it('waits until the video is done', async () => {
		const { taskId, urls } = node.relay.start({ tasks: only('query', 'slow', 'unknown') });

		const run = await get(taskId);

		expect(run.json('Chat Video')[0]).toMatchObject({
			taskId,
			status: 'completed',
			videoUrl: urls.video,
		});
		expect(askedAt('/v1/video/query').length).toBeGreaterThan(2);
		expect(node.relay.billed).toBe(0);
	});

	it.each([
		['queued', 'query', 'pending'],
		['generating', 'videos', 'pending'],
		['completed', 'videos', 'done'],
	] as const)('says %s when it does not wait', async (status, endpoint, behaviour) => {
		const { taskId } = node.relay.start({ tasks: only(endpoint, behaviour, 'unknown') });

		const run = await get(taskId, { wait: false });

		expect(run.json('Chat Video')[0]).toMatchObject({ taskId, status });
		expect(askedAt('/v1/videos').length).toBeLessThan(2);
	});

	it('says how far it is when it does not wait', async () => {
		const body = { status: 'in_progress', progress: 40 };
		const { taskId } = node.relay.start({
			tasks: only('videos', { kind: 'status', status: 200, body }, 'unknown'),
		});

		const run = await get(taskId, { wait: false });

		expect(run.json('Chat Video')[0]?.progressLog).toMatchObject([
			{ stage: 'generating' },
			{ stage: 'progress', percent: 40 },
		]);
	});

	it('asks at the link it is given, without the key', async () => {
		const { taskId, links } = node.relay.start({ tasks: only('source', 'done', 'unknown') });

		const run = await get(taskId, { sourceUrl: links.source });

		expect(run.json('Chat Video')[0]?.status).toBe('completed');
		expect(asked().map(({ path, headers }) => [path, headers.authorization])).toEqual([
			[`/source/${taskId}`, undefined],
		]);
	});

	it('says that a task is not known', async () => {
		const run = await get('task_01k00000000000000000000000');

		expect(run.error('Chat Video')?.message).toBe('The service does not know the task [item 0]');
		const { description = '' } = run.error('Chat Video') ?? {};
		expect(description).toContain('Get Video costs nothing.<br>');
		expect(description).not.toContain('charges for it');
	});

	it('says that the key is not taken', async () => {
		const { taskId } = node.relay.start();

		const run = await node.run(
			{ operation: 'get', taskId },
			{ credentials: { chatVideoApi: { baseUrl: node.relay.url, apiKey: 'another' } } },
		);

		expect(run.error('Chat Video')?.message).toBe(
			'The service answered 401 when it was asked for the task [item 0]',
		);
	});

	it('says why a task failed', async () => {
		const { taskId } = node.relay.start({ reason: 'Invalid parameter' });

		const run = await get(taskId);

		expect(run.error('Chat Video')?.message).toContain('Invalid parameter');
		expect(run.error('Chat Video')?.description).toContain(taskId);
	});
});
