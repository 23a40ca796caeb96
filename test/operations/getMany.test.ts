import { DataTables, type TableRow } from '../support/dataTables';
import { itemsOf, useNode } from '../support/useNode';

const node = useNode();
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

	it('gives as many as are wanted, and the others to the next', async () => {
		await leaveAlone(3);

		const runs = [await getMany({ limit: 2 }), await getMany({ limit: 2 })];

		expect(runs.map((run) => run.json('Chat Video').length)).toEqual([2, 1]);
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
