import '../support/clock';
import { DataTables, type TableRow } from '../support/dataTables';
import type { EngineRun } from '../support/engineRun';
import { chatVideoNode } from '../support/engineWorkflow';
import { inLoop, loopNodes } from '../support/loopNode';
import { itemsOf, useNode } from '../support/useNode';

const node = useNode({}, { nodes: loopNodes });
let tables: DataTables;
beforeEach(() => {
	tables = new DataTables();
});

const getMany = (parameters: object = {}, options: object = {}) =>
	node.run({ operation: 'getMany', downloadVideo: false, ...parameters } as never, {
		additionalData: tables.additionalData,
		...options,
	});

/** Calls whose process died when their task was known, so many of them. */
async function leaveAlone(count: number, changes: TableRow = {}): Promise<void> {
	const items = itemsOf(...Array.from({ length: count }, (_, at) => ({ prompt: `Video ${at}` })));
	await node.run(
		{ prompt: '={{ $json.prompt }}' },
		{ items, additionalData: tables.additionalData },
	);
	for (const row of tables.rows()) {
		Object.assign(row, {
			status: 'task',
			videoUrl: '',
			posterUrl: '',
			sid: '',
			delivered: '',
			alive: '2026-01-01T00:00:00.000Z',
			claim: 'of-a-process-that-is-gone',
			...changes,
		});
	}
}

describe('Get Many Videos', () => {
	it('gives what was paid for and not delivered as items of Generate, once', async () => {
		await leaveAlone(2);

		const first = await getMany({ downloadVideo: true });
		const second = await getMany();

		expect(first.error()).toBeUndefined();
		expect(first.items('Chat Video')).toEqual(
			node.relay.bills.map(({ taskId }, at) =>
				expect.objectContaining({
					json: expect.objectContaining({
						status: 'completed',
						taskId,
						prompt: `Video ${at}`,
						model: 'sora-2',
						videoUrl: expect.stringMatching(/^http/),
						messages: [
							expect.objectContaining({ role: 'user', content: `Video ${at}` }),
							expect.objectContaining({ role: 'assistant' }),
						],
					}),
					binary: { data: expect.objectContaining({ mimeType: 'video/mp4' }) },
					pairedItem: { item: 0 },
				}),
			),
		);
		expect(second.items('Chat Video')).toEqual([]);
		expect(tables.rows()).toEqual(
			node.relay.bills.map(() =>
				expect.objectContaining({
					status: 'done',
					videoUrl: expect.stringMatching(/^http/),
					delivered: expect.stringMatching(/^20/),
				}),
			),
		);
		expect(node.relay.billed).toBe(2);
	});

	it.each([
		['that lives', { alive: new Date().toISOString() }],
		['that was delivered', { delivered: '2026-01-01T00:00:00.000Z' }],
		['of another service', { service: 'https://elsewhere.example' }],
		['that was refused', { status: 'refused' }],
		['that failed', { status: 'failed' }],
		['without an id', { status: 'sent', taskId: '' }],
	])('leaves a call %s where it is', async (_, changes: TableRow) => {
		await leaveAlone(1, changes);

		expect((await getMany()).items('Chat Video')).toEqual([]);
	});

	it.each([
		['pending', 'generating'],
		['unknown', 'unfinished'],
		['down', 'unfinished'],
	])('says that a task which is %s is %s, and gives it when it is done', async (tasks, status) => {
		await leaveAlone(1);
		const task = node.relay.archive.task(node.relay.bills[0]?.taskId ?? '');
		if (task) task.behaviours = tasks as never;

		const early = await getMany();
		if (task) task.behaviours = 'done';
		const late = await getMany();

		expect(early.json('Chat Video')).toEqual([expect.objectContaining({ status })]);
		expect(late.json('Chat Video')).toEqual([expect.objectContaining({ status: 'completed' })]);
	});

	it('gives the link that is known where nobody can be asked', async () => {
		await leaveAlone(1, {
			status: 'done',
			videoUrl: 'https://cdn.example/a.mp4',
			taskId: '',
			dataLink: '',
			previewUrl: '',
		});

		expect((await getMany()).json('Chat Video')).toEqual([
			expect.objectContaining({ status: 'completed', videoUrl: 'https://cdn.example/a.mp4' }),
		]);
	});

	it.each<[string, TableRow]>([
		['links that are none', { dataLink: 'soon', previewUrl: 'soon', videoUrl: 'soon' }],
		['times that are none', { started: 'Monday', updated: '', alive: '' }],
		['a run that is none', { run: 'first', item: '', digest: '', executions: '' }],
		['nothing but the task', { prompt: '', model: '', workflow: '', node: '', nodeId: '' }],
	])('gives a video all the same where a user has written %s', async (_, changes) => {
		await leaveAlone(1, changes);

		const run = await getMany({ downloadVideo: true });

		expect(run.items('Chat Video')).toEqual([
			expect.objectContaining({
				json: expect.objectContaining({
					status: 'completed',
					videoUrl: node.relay.turns[0]?.videoUrl,
				}),
				binary: { data: expect.objectContaining({ mimeType: 'video/mp4' }) },
			}),
		]);
		expect((await getMany()).items('Chat Video')).toEqual([]);
	});

	it('gives as many as are wanted, and the others to the next', async () => {
		await leaveAlone(3);

		const runs = [await getMany({ limit: 2 }), await getMany({ limit: 2 })];

		expect(runs.map((run) => run.json('Chat Video').length)).toEqual([2, 1]);
	});

	describe('a video whose file does not come, with Fail on Download', () => {
		const parameters = { downloadVideo: true, options: { failOnDownload: true } };
		const fails = (prompt: string, answer: 'forbidden' | 'file') => {
			const turn = node.relay.turns.find((one) => one.prompt === prompt);
			const medium = node.relay.archive.medium(new URL(turn?.videoUrl ?? '').pathname);
			if (medium) medium.behaviour = { answer };
		};
		const prompts = (run: EngineRun) => run.json('Chat Video').map(({ prompt }) => prompt);

		it('does not keep the others from whoever waits for them, and comes again', async () => {
			await leaveAlone(3);
			fails('Video 0', 'forbidden');

			const first = await getMany(parameters);
			const second = await getMany(parameters);
			fails('Video 0', 'file');
			const third = await getMany(parameters);

			expect(prompts(first)).toEqual(['Video 1', 'Video 2']);
			expect(second.error()?.message).toContain('file was not downloaded');
			expect(prompts(third)).toEqual(['Video 0']);
		});

		it('is not lost where the workflow goes on', async () => {
			await leaveAlone(1);
			fails('Video 0', 'forbidden');

			await getMany(parameters, { settings: { onError: 'continueRegularOutput' } });
			fails('Video 0', 'file');

			expect(prompts(await getMany(parameters))).toEqual(['Video 0']);
		});

		it('is tried again by Retry On Fail', async () => {
			await leaveAlone(1);
			let asked = 0;
			const turn = node.relay.turns.at(-1);
			const medium = node.relay.archive.medium(new URL(turn?.videoUrl ?? '').pathname);
			if (medium) {
				medium.behaviour = {
					get answer() {
						return (asked += 1) === 1 ? ('forbidden' as const) : 'file';
					},
				};
			}

			const run = await getMany(parameters, {
				settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
			});

			expect(prompts(run)).toEqual(['Video 0']);
			expect(tables.rows()[0]?.delivered).toMatch(/^20/);
		});
	});

	it('gives each video once where it is asked by several items, or in a loop', async () => {
		await leaveAlone(3);
		const recover = chatVideoNode({
			parameters: { operation: 'getMany', limit: 2, downloadVideo: false },
		});
		const given: unknown[] = [];

		await node.engine.run(inLoop(recover), {
			items: itemsOf({}, {}, {}),
			credentials: node.credentials(),
			additionalData: tables.additionalData,
			hooks: {
				nodeExecuteAfter(name, data) {
					if (name !== recover.name) return;
					for (const { json } of data.data?.main?.[0] ?? []) given.push(json.taskId);
				},
			},
		});

		expect(given).toEqual(node.relay.bills.map(({ taskId }) => taskId));
	});

	it('gives each video to one of two that ask at once', async () => {
		await leaveAlone(6);

		const runs = await Promise.all([getMany({ limit: 4 }), getMany({ limit: 4 }), getMany()]);
		const more = await getMany();

		const given = [...runs, more].flatMap((run) =>
			run.json('Chat Video').map(({ taskId }) => taskId),
		);
		expect(given.sort()).toEqual(node.relay.bills.map(({ taskId }) => taskId).sort());
	});

	it('gives all that is known when it is asked for all, and asks nobody', async () => {
		await leaveAlone(1, { status: 'sent', taskId: '', note: 'Look at the service' });

		const run = await getMany({ state: 'all', returnAll: true });

		expect(run.json('Chat Video')).toEqual([
			expect.objectContaining({ status: 'unfinished', reason: 'Look at the service' }),
		]);
	});

	it('says what it takes where there are no data tables', async () => {
		tables.fail(new Error('Unrecognized node type: n8n-nodes-base.dataTable'));

		const run = await getMany();

		expect(run.error()?.message).toContain('cannot be looked up');
		expect(run.error()?.description).toContain('data table');
	});

	it('gives nothing where nothing was ever made', async () => {
		const run = await getMany();

		expect(run.status).toBe('success');
		expect(run.items('Chat Video')).toEqual([]);
		expect(tables.tables).toEqual([]);
	});
});
