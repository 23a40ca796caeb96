import type { Stage } from '../../nodes/ChatVideo/transcript/facts';
import { createProgressLog } from '../../nodes/ChatVideo/transcript/progressLog';

const submitted: Stage = { stage: 'submitted' };
const half: Stage = { stage: 'progress', percent: 50 };
const failed: Stage = { stage: 'failed', message: 'overloaded' };

const at = (seconds: number): string => new Date(seconds * 1_000).toISOString();

function openAt(...seconds: number[]) {
	const times = seconds.map((second) => second * 1_000);
	return createProgressLog(() => times.shift() ?? 0);
}

it('each stage has the time at which it was first read', () => {
	const log = openAt(1, 2);
	log.read({ stages: [submitted] });
	log.read({ stages: [submitted, half, failed] });
	expect(log.entries()).toEqual([
		{ ...submitted, at: at(1) },
		{ ...half, at: at(2) },
		{ ...failed, at: at(2) },
	]);
});

it('only what is new is given', () => {
	const log = openAt(1, 2, 3);
	const stages = [submitted];
	expect(log.read({ stages })).toEqual([{ ...submitted, at: at(1) }]);
	expect(log.read({ stages })).toEqual([]);
	expect(log.read({ stages: [...stages, half] })).toEqual([{ ...half, at: at(2) }]);
});

it('a reason that comes later is news of the same failure, and no second one', () => {
	const log = openAt(1, 2);
	log.read({ stages: [{ stage: 'failed' }] });
	expect(log.read({ stages: [failed] })).toEqual([{ ...failed, at: at(1) }]);
	expect(log.entries()).toEqual([{ ...failed, at: at(1) }]);
});

it('the clock is that of this machine, unless another is brought', () => {
	const log = createProgressLog();
	const before = Date.now();
	log.read({ stages: [submitted] });
	const [entry] = log.entries();
	expect(Date.parse(entry?.at ?? '')).toBeGreaterThanOrEqual(before);
	expect(Date.parse(entry?.at ?? '')).toBeLessThanOrEqual(Date.now());
});

it('a log that nothing was read for is empty', () => {
	expect(createProgressLog().entries()).toEqual([]);
});
