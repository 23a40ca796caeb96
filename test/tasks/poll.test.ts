import { poll, type TaskAnswer } from '../../nodes/ChatVideo/tasks/poll';

describe('the intervals', () => {
	/** What is waited between so many rounds that learn nothing. */
	async function waits(rounds: number): Promise<number[]> {
		const waited: number[] = [];
		const over = new Error('over');
		const polling = poll({
			task: { taskId: 'task_1' },
			sources: [{ url: 'https://relay.example/v1/videos/task_1', withKey: true }],
			ask: () => Promise.resolve<TaskAnswer>({ status: 200, body: '{"status": "pending"}' }),
			async wait(milliseconds) {
				waited.push(milliseconds);
				if (waited.length === rounds) throw over;
			},
		});
		await expect(polling).rejects.toBe(over);
		return waited;
	}

	it('come to their end after a minute when no address ever knew the task', async () => {
		let waited = 0;
		const polled = await poll({
			task: { taskId: 'task_1' },
			sources: [{ url: 'https://relay.example/v1/videos/task_1', withKey: true }],
			ask: () => Promise.resolve<TaskAnswer | undefined>(undefined),
			async wait(milliseconds) {
				waited += milliseconds;
			},
		});

		expect(polled).toEqual({ kind: 'unknown' });
		expect(waited).toBeGreaterThanOrEqual(60_000);
		expect(waited).toBeLessThan(80_000);
	});

	it('grow from one second to fifteen, and no two polls are in step', async () => {
		const [waited, others] = await Promise.all([waits(12), waits(12)]);

		for (const [round, wait] of waited.entries()) {
			const middle = Math.min(1_000 * 1.5 ** round, 15_000);
			expect(wait).toBeGreaterThanOrEqual(middle * 0.8);
			expect(wait).toBeLessThanOrEqual(middle * 1.2);
		}
		expect(waited).not.toEqual(others);
	});
});

describe('a failure that names no task', () => {
	const sources = ['one', 'two'].map((name) => ({
		url: `https://relay.example/${name}`,
		withKey: true,
	}));
	const asked = (first: object, second: object, withKey = true) =>
		poll({
			task: { taskId: 'task_1' },
			sources: sources.map((source) => ({ ...source, withKey })),
			ask: ({ url }) =>
				Promise.resolve<TaskAnswer>({
					status: 200,
					body: JSON.stringify(url.endsWith('one') ? first : second),
				}),
			wait: () => Promise.resolve(),
		});
	const done = { status: 'completed', video_url: 'https://a.example/v.mp4' };

	it.each([
		{ status: 'failed' },
		{ status: 'error', message: 'task not found' },
		{ id: 'task_1', status: 'failed', error: 'task_not_exist' },
		{ status: 'failed', error: '任务不存在' },
		{ status: 'error', message: 'Unauthorized' },
		{ status: 'error', message: 'internal error, try later' },
	])('%j does not keep from asking elsewhere', async (body) => {
		expect(await asked(body, done)).toMatchObject({ status: { state: 'completed' } });
	});

	it('counts where nobody knows better', async () => {
		const body = { status: 'failed', error: 'no luck' };
		expect(await asked(body, {})).toMatchObject({ status: { state: 'failed', reason: 'no luck' } });
	});

	it('of an address that is the task’s own counts at once', async () => {
		const body = { status: 'failed', error: 'internal error' };
		expect(await asked(body, done, false)).toMatchObject({ status: { state: 'failed' } });
	});

	it('is none of the task where it only is not found', async () => {
		const body = { status: 'error', message: 'task not found' };
		expect(await asked(body, body)).toEqual({ kind: 'unknown' });
	});
});

describe('a body of a task endpoint', () => {
	const file = 'https://files.example/v.mp4';
	const url = 'https://relay.example/v1/videos/task_1';
	const read = (body: object) =>
		poll({
			task: { taskId: 'task_1' },
			sources: [{ url, withKey: true, contentUrl: `${url}/content` }],
			ask: () => Promise.resolve<TaskAnswer>({ status: 200, body: JSON.stringify(body) }),
		});

	it.each([
		['with a list of videos', { status: 'Completed', data: { videos: [{ url: file }] } }, file],
		['with a video', { status: 'done', video: { url: file, duration: 8 }, progress: 100 }, file],
		['with a state', { state: 'completed', video: { url: file, width: 656 } }, file],
		['without a status', { created: 1_766_380_801, data: [{ url: file }] }, file],
		['with unsigned addresses', { status: 'completed', unsigned_urls: [file] }, file],
		[
			'without an address',
			{ id: 'task_1', object: 'video', status: 'completed', progress: 100, seconds: '6' },
			`${url}/content`,
		],
	])('%s leads to the file', async (_, body, videoUrl) => {
		expect(await read(body)).toMatchObject({ status: { state: 'completed', videoUrl } });
	});

	describe('that has all tasks of the account', () => {
		const video = (id: string) => ({
			status: 'completed',
			video_url: `https://files.example/${id}`,
		});
		const own = { id: 'task_1', ...video('own') };
		const other = { id: 'task_2', ...video('other') };

		it.each<[string, object]>([
			['first', { object: 'list', data: [own, other], first_id: 'task_1', last_id: 'task_2' }],
			['last', { object: 'list', data: [other, own], first_id: 'task_2', last_id: 'task_1' }],
			[
				'by another name',
				{ code: 'success', data: [other, { task_id: 'task_1', ...video('own') }] },
			],
			['with the model', { data: [other, { ...own, id: 'sora-2:task_1' }] }],
			['within a page', { code: 0, data: { total: 2, items: [other, own] } }],
			['without an envelope', [other, own]],
			[
				'with a video of another name',
				{ data: [{ ...own, video_url: '', url: own.video_url }, other] },
			],
		])('says what its entry says: %s', async (_, body) => {
			expect(await read(body)).toMatchObject({
				status: { state: 'completed', videoUrl: own.video_url },
			});
		});

		it('is not done because another is', async () => {
			const body = { data: [other, { id: 'task_1', status: 'processing' }] };
			expect(await read(body)).toMatchObject({ status: { state: 'generating', videoUrl: '' } });
		});

		it('knows nothing of it where it is not among them', async () => {
			const body = { data: [other, { ...other, id: 'task_3' }] };
			expect(await read(body)).toMatchObject({ kind: 'unknown' });
		});
	});

	it.each([
		[{ status: 'queued' }, 'queued'],
		[{ status: 'in_progress', progress: 100 }, 'generating'],
		[{ status: 'failed', error: { message: 'no luck' } }, 'failed'],
	])('%j without an address is no file', async (body, state) => {
		expect(await read(body)).toMatchObject({ status: { state, videoUrl: '' } });
	});
});

describe('of several addresses', () => {
	async function ask(...bodies: readonly object[]) {
		const asked: string[] = [];
		const polled = await poll({
			task: { taskId: 'task_1' },
			sources: bodies.map((_, index) => ({ url: `https://relay.example/${index}`, withKey: true })),
			ask({ url }) {
				asked.push(url);
				const body = JSON.stringify(bodies[asked.length - 1]);
				return Promise.resolve<TaskAnswer>({ status: 200, body });
			},
		});
		return { polled, asked };
	}
	const completed = { id: 'task_1', status: 'completed', video_url: 'https://cdn.example/1.mp4' };

	it('none is asked after the one that has the video', async () => {
		const { polled, asked } = await ask(completed, { id: 'task_1', status: 'pending' });
		expect(polled).toMatchObject({ status: { state: 'completed' } });
		expect(asked).toHaveLength(1);
	});

	it('one where the task goes on is believed before a failure that names no task', async () => {
		const { polled } = await ask(
			{ status: 'failed', reason: 'overloaded' },
			{ id: 'task_1', status: 'pending' },
		);
		expect(polled).toMatchObject({ status: { state: 'queued' } });
	});
});
