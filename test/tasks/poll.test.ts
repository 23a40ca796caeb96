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

	it('come to their end after a minute when no address ever told of the task', async () => {
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
