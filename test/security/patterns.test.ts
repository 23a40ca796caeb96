import { check } from 'recheck';
import { slowAt } from './attack';
import { collectPatterns } from './patterns';

/** Milliseconds to look for an attack on one pattern; a soak looks longer. */
const patience = Number(process.env.CHAT_VIDEO_PATTERN_MS ?? 50);

const patterns = collectPatterns();

it('every pattern of the product is looked at', () => {
	expect(patterns.length).toBeGreaterThan(100);
	expect(patterns.map(({ place }) => place)).toContain("the grammar's row 1, previewLink");
});

it.each([
	['nested', '^(a+)+$'],
	['at an end that is not there', '\\/+$'],
	['of two runs', '^\\s*\\s*x'],
])('a quantifier %s is found', async (_, source) => {
	expect(await attackOn(source, '')).toMatch(/takes too long/);
});

it(
	'no pattern takes more than linear time',
	async () => {
		const slow: string[] = [];
		const distinct = new Map(patterns.map((each) => [`/${each.source}/${each.flags}`, each]));
		for (const { place, source, flags } of distinct.values()) {
			const attack = await attackOn(source, flags);
			if (attack !== undefined) slow.push(`${place}: /${source}/${flags} ${attack}`);
		}
		expect(slow).toEqual([]);
	},
	patterns.length * (patience + 3_000),
);

async function attackOn(source: string, flags: string): Promise<string | undefined> {
	const found = await check(source, flags, { timeout: patience });
	if (found.status !== 'vulnerable') return undefined;
	const length = slowAt(new RegExp(source, flags), found.attack);
	return length === undefined
		? undefined
		: `takes too long for ${length} characters like ${found.attack.pattern.slice(0, 200)}`;
}
