import '../support/clock';
import { setTimeout as wait } from 'node:timers/promises';
import { phases, type StuckRequest } from './phases';
import { turnsUntil } from '../support/turnsUntil';

/** Every connection ends soon after the request has. */
async function closed(request: StuckRequest): Promise<void> {
	const until = Date.now() + 5_000;
	while (request.openSockets() > 0 && Date.now() < until) await wait(5);
	expect(request.openSockets()).toBe(0);
}

describe.each(phases)('a request that waits for $name', ({ isSent, start }) => {
	const billing = isSent ? 'possible' : 'none';

	it('ends at Stop, at once', async () => {
		await using request = await start();
		const stop = new AbortController();
		await using posting = request.post({ cancel: stop.signal });
		await wait(100);
		expect(posting.sent()).toBe(isSent ? 1 : 0);
		const error = posting.error();
		stop.abort();
		expect(await turnsUntil(error)).toBeLessThan(20);
		expect(await error).toMatchObject({ kind: 'cancelled', facts: { billing } });
		await closed(request);
		expect(posting.sent()).toBe(isSent ? 1 : 0);
	});

	it.each([
		['Timeout', { timeout: 200 }, 'No result came within the timeout of 0.2 s'],
		['Idle Timeout', { idleTimeout: 200 }, 'The service sent nothing for 0.2 s'],
	])('ends at %s', async (_, times, message) => {
		await using request = await start();
		await using posting = request.post(times);
		const startedAt = Date.now();
		expect(await posting.error()).toMatchObject({ kind: 'timeout', message, facts: { billing } });
		expect(Date.now() - startedAt).toBeLessThan(2_000); // ten times as long
		await closed(request);
	});
});

it('a request after Stop is not sent', async () => {
	for (const { start } of phases) {
		await using request = await start();
		await using posting = request.post({ cancel: AbortSignal.abort() });
		expect(await posting.error()).toMatchObject({ kind: 'cancelled', facts: { billing: 'none' } });
		expect([posting.sent(), request.openSockets()]).toEqual([0, 0]);
	}
});
