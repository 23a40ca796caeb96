import { nextLook } from '../../nodes/ChatVideo/call/sleep';

const minute = 60_000; // ms
const at = '2026-01-01T00:00:00.000Z';

it.each<[string, number, Array<number | undefined>, number]>([
	['no progress was seen', 3 * minute, [undefined], 65_000],
	['it has just begun', 0, [0], 65_000],
	['half of it took two minutes', 2 * minute, [20, 50], 2 * minute],
	['it is nearly done', 10 * minute, [99], 65_000],
	['it hardly gets on', 30 * minute, [1], 5 * minute],
	['the last entry has no percent', 3 * minute, [60, undefined], 2 * minute],
])('the next look comes when the video may be done: %s', (_, passed, percents, wait) => {
	const log = percents.map((percent) =>
		percent === undefined
			? ({ stage: 'generating', at } as const)
			: ({ stage: 'progress', percent, at } as const),
	);
	const now = Date.parse(at) + passed;

	const look = nextLook({ since: Date.parse(at), log, unknown: 0 }, now) - now;

	expect(look).toBeGreaterThanOrEqual(wait);
	expect(look).toBeLessThanOrEqual(wait + 5_000);
});
