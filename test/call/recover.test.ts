import { clock } from '../support/clock';
import type { IDataObject } from 'n8n-workflow';
import { startRelay } from '../relay/relay';
import { endpoints, only } from '../relay/only';
import type { Generate } from '../relay/situations';
import type { TaskBehaviour, TaskBehaviours } from '../relay/taskBehaviour';
import { useNode } from '../support/useNode';

const node = useNode();

const generate = { operation: 'generate', prompt: 'A cat', simplify: false };
const broken = (tasks: TaskBehaviours, more: Partial<Generate> = {}): Generate => ({
	kind: 'generate',
	cutAt: 'afterTask',
	tasks,
	...more,
});

/** An endpoint that answers with this body. */
const says = (body: object): TaskBehaviour => ({ kind: 'status', status: 200, body });

/** Requests about tasks, without their query. */
const asked = () => node.relay.requests.filter(({ method }) => method === 'GET');
const askedAt = (path: string) => asked().filter((request) => request.path.startsWith(path));

const stagesOf = ({ progressLog }: IDataObject) =>
	(progressLog as Array<{ stage: string }>).map(({ stage }) => stage);

/** Runs a generation that breaks and gives its only item. */
async function recovered(situation: Generate, options: IDataObject = {}) {
	node.relay.next(situation);
	const settings = { onError: 'continueRegularOutput' as const };
	const run = await node.run({ ...generate, options }, { settings });
	const [item = {}] = run.json('Chat Video');
	return { item, turn: node.relay.turns[0] };
}

describe('a task of a broken stream', () => {
	it.each(endpoints)('is found at the endpoint %s alone', async (endpoint) => {
		const { item, turn } = await recovered(broken(only(endpoint, 'done', 'unknown')));

		expect(item).toMatchObject({
			taskId: turn?.taskId,
			status: 'completed',
			videoUrl: turn?.videoUrl,
			recovered: true,
		});
		expect(node.relay.billed).toBe(1);
	});

	it.each([
		['a reset', { cutAt: 'afterProgress', cutBy: 'reset' }],
		['an end', { cutAt: 'midResult', cutBy: 'end' }],
		['an event that is no JSON', { cutAt: 'midResult', malformedAt: 'afterTask' }],
		['silence', { cutAt: 'beforeDone', silentAt: 'afterTask' }],
		['words that promise it only', { dialect: 'submitted', cutAt: 'beforeDone' }],
	] as Array<[string, Partial<Generate>]>)('is asked for after %s', async (_, more) => {
		const { item, turn } = await recovered(broken('done', more), { idleTimeout: 20 });

		expect(item).toMatchObject({ videoUrl: turn?.videoUrl, recovered: true });
	});

	it('is asked for at its own link first, then at the relay', async () => {
		const { turn } = await recovered(broken(only('generations', 'done', 'unknown')));

		const id = turn?.taskId;
		expect(asked().map(({ path }) => path)).toEqual([
			`/source/${id}`,
			`/api/share/${id}`,
			`/v1/video/query?id=${id}`,
			`/v1/video/query?id=sora-2%3A${id}`,
			`/v1/videos/${id}`,
			`/v2/videos/generations/${id}`,
		]);
	});

	it('is asked for at the relay alone when it printed no links', async () => {
		const { item } = await recovered(broken('done', { withoutLinks: true }));

		expect(item.recovered).toBe(true);
		expect(asked()[0]?.path).toMatch(/^\/v1\/video\/query/);
	});

	it('has its key shown to the relay only, never to its link on the same origin', async () => {
		await recovered(broken(only('videos', 'done', 'unknown')));

		const shown = (path: string) => askedAt(path).map(({ headers }) => headers.authorization);
		expect(shown('/source/')).toEqual([undefined]);
		expect(shown('/api/share/')).toEqual([undefined]);
		expect(shown('/v1/')).toEqual(Array(3).fill(`Bearer ${node.relay.apiKey}`));
	});

	it('has its key shown to no other origin', async () => {
		await using elsewhere = await startRelay();
		await using relay = await startRelay({ taskOrigin: elsewhere });
		relay.next(broken(only('videos', 'done', 'unknown')));

		const run = await node.run(generate, {
			credentials: { chatVideoApi: { baseUrl: relay.url, apiKey: relay.apiKey } },
		});

		expect(run.json('Chat Video')[0]?.recovered).toBe(true);
		expect(elsewhere.requests.map(({ path }) => path.split('/')[1])).toEqual(['source', 'api']);
		for (const { headers } of elsewhere.requests)
			expect(headers).not.toHaveProperty('authorization');
	});

	it('has the recovery in its log, and percents that never fall', async () => {
		const slow: TaskBehaviour = { kind: 'slow', pending: 6 };
		const { item } = await recovered(
			broken(only('query', slow, 'unknown'), { cutAt: 'afterProgress', progress: [40] }),
		);

		expect(stagesOf(item)).toEqual(
			expect.arrayContaining(['submitted', 'progress', 'recovering', 'completed']),
		);
		expect(stagesOf(item).at(-1)).toBe('completed');
		const percents = (item.progressLog as Array<{ percent?: number }>).flatMap(
			({ percent }) => percent ?? [],
		);
		expect(percents.length).toBeGreaterThan(2);
		expect(percents).toEqual([...percents].sort((a, b) => a - b));
		expect(percents[0]).toBe(40);
	});

	it('is found although another endpoint says that it failed, without saying which', async () => {
		const failed = says({ status: 'failed' });

		const { item, turn } = await recovered(
			broken({ ...only('videos', 'done', 'unknown'), query: failed }),
		);

		expect(item.videoUrl).toBe(turn?.videoUrl);
	});

	it('keeps what the answer had said before it broke', async () => {
		const tasks = says({ status: 'completed', video_url: 'https://a.example/v.mp4' });
		node.relay.next(broken({ query: tasks, source: 'unknown', share: 'unknown' }));

		const run = await node.run({ ...generate, prompt: 'A cat, 横屏' });

		const [item = {}] = run.json('Chat Video');
		expect(item).toMatchObject({
			recovered: true,
			orientation: 'landscape',
			videoUrl: 'https://a.example/v.mp4',
		});
		expect(item.chatId).toBeDefined();
		const [, answer] = item.messages as Array<{ content: string }>;
		expect(answer?.content).toContain('"orientation": "landscape"');
		expect(answer?.content).toContain(item.sourceUrl);
	});

	it('has a conversation that the next turn can send', async () => {
		const { item, turn } = await recovered(broken('done'));

		const [wish, answer] = item.messages as Array<{ role: string; content: string }>;
		expect(wish).toEqual({ role: 'user', content: 'A cat' });
		expect(answer?.role).toBe('assistant');
		expect(answer?.content).toContain(turn?.taskId);
		expect(answer?.content).toContain(turn?.videoUrl);
	});

	it('keeps its video when only the upsampling failed', async () => {
		const videoUrl = 'https://cdn.example/video.mp4';
		const body = {
			status: 'video_upsampling_failed',
			upsample_status: 'failed',
			video_url: videoUrl,
		};
		const { item } = await recovered(broken({ source: says(body) }));

		expect(item).toMatchObject({ status: 'completed', videoUrl });
	});

	it('is not taken for another one whose body comes instead', async () => {
		const { item, turn } = await recovered(broken(only('videos', 'done', { kind: 'other' })));

		expect(item.videoUrl).toBe(turn?.videoUrl);
	});

	it.each<TaskBehaviour>(['down', { kind: 'reset' }, { kind: 'silent' }, { kind: 'page' }])(
		'is found although all other endpoints are %j',
		async (others) => {
			const { item, turn } = await recovered(broken(only('generations', 'done', others)));

			expect(item.videoUrl).toBe(turn?.videoUrl);
		},
	);

	it('fails with the reason it failed for', async () => {
		const failed = says({
			status: 'failed',
			error_message: 'This content may violate our guardrails',
		});
		const { item, turn } = await recovered(broken({ source: failed }));

		expect(item).toMatchObject({
			errorKind: 'moderated',
			billing: 'started',
			taskId: turn?.taskId,
		});
		expect(item.error).toContain('guardrails');
	});

	it('leaves the first error when nobody knows it, and when the key is not taken', async () => {
		const refused: TaskBehaviour = {
			kind: 'status',
			status: 401,
			body: { error: 'Invalid token' },
		};
		for (const tasks of ['unknown', refused] as const) {
			node.relay.next(broken(tasks, { cutBy: 'end' }));
			const run = await node.run(generate);

			const error = run.error('Chat Video');
			expect(error?.message).toBe('The answer of the service ended without a video [item 0]');
			expect(error?.description).toContain(node.relay.turns.at(-1)?.taskId);
		}
	});

	it('is not waited for at a link whose host does not exist', async () => {
		node.relay.next(broken('unknown', { cutBy: 'end' }));
		const links = { taskOrigin: 'http://tasks.invalid' };
		await using elsewhere = await startRelay({ ...links, situation: () => broken('unknown') });

		const run = await node.run(generate, {
			credentials: { chatVideoApi: { baseUrl: elsewhere.url, apiKey: elsewhere.apiKey } },
		});

		const error = run.error('Chat Video');
		expect(error?.description).toContain(elsewhere.turns[0]?.taskId);
		expect(error?.description).toContain('http://tasks.invalid/source/');
	});

	it('that is never done ends with the timeout, and keeps its id', async () => {
		const { item, turn } = await recovered(broken('pending'), { timeout: 20 });

		expect(item).toMatchObject({
			errorKind: 'timeout',
			billing: 'started',
			taskId: turn?.taskId,
			error: 'No result came within the timeout of 20 s [item 0]',
		});
	});

	it('is not asked for with Recover off', async () => {
		const { item, turn } = await recovered(broken('done'), { recover: false });

		expect(asked()).toEqual([]);
		expect(item).toMatchObject({ errorKind: 'disconnected', taskId: turn?.taskId });
	});
});

it('a task is asked for at intervals that grow', async () => {
	await recovered(broken(only('source', { kind: 'slow', pending: 4 }, 'unknown')));

	const times = askedAt('/source/').map(({ at }) => at);
	const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
	expect(gaps).toHaveLength(4);
	for (const [round, gap] of gaps.entries()) {
		expect(gap).toBeGreaterThanOrEqual(1_000 * 1.5 ** round * 0.8 - clock.speed);
	}
});

describe('Stop', () => {
	it.each<[string, TaskBehaviour]>([
		['between two questions', 'pending'],
		['while an endpoint is silent', { kind: 'silent' }],
	])('ends the asking at once %s', async (_, behaviour) => {
		node.relay.next(broken(behaviour));
		const stop = new AbortController();
		const running = node.run(generate, { signal: stop.signal });
		while (askedAt('/source/').length === 0) await clock.realPause(1);
		await clock.realPause(30);

		const stoppedAt = Date.now();
		stop.abort();
		const run = await running;

		expect(run.status).toBe('canceled');
		expect(Date.now() - stoppedAt).toBeLessThan(10_000);
		await clock.realPause(100); // what was on its way may still arrive
		const count = node.relay.requests.length;
		await clock.realPause(200);
		expect(node.relay.requests).toHaveLength(count);
	});
});
