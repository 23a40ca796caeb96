import '../support/clock';
import { phases } from './phases';

const minute = { timeout: 60_000, idleTimeout: 60_000 };

describe('a connection has 15 s to come about', () => {
	it.concurrent.each(phases.filter(({ isSent }) => !isSent))(
		'which $name cannot exceed',
		async ({ start }) => {
			await using request = await start();
			await using posting = request.post(minute);
			const began = Date.now();
			expect(await posting.error()).toMatchObject({
				kind: 'unavailable',
				message: expect.stringMatching(/^Could not connect to .*: it did not answer in time$/),
				facts: { billing: 'none' },
			});
			const seconds = (Date.now() - began) / 1_000;
			expect(seconds).toBeGreaterThan(14);
			expect(seconds).toBeLessThan(22);
			expect(posting.sent()).toBe(0);
		},
	);

	it.concurrent.each(phases.filter(({ isSent }) => isSent))(
		'and $name any time',
		async ({ start }) => {
			await using request = await start();
			await using posting = request.post({ timeout: 40_000, idleTimeout: 60_000 });
			expect(await posting.error()).toMatchObject({
				kind: 'timeout',
				facts: { billing: 'possible' },
			});
		},
	);
});
