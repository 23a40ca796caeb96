import { clock } from '../support/clock';
import { DataTables } from '../support/dataTables';
import { useNode } from '../support/useNode';

const node = useNode();
const tables = new DataTables();
const run = (parameters: object, options: object = {}) =>
	node.run(
		{ downloadVideo: false, ...parameters },
		{
			additionalData: tables.additionalData,
			...options,
		},
	);

it('a call that lives renews its row, and Get Many leaves it alone, however long it takes', async () => {
	node.relay.next({ kind: 'generate', silentAt: 'afterProgress' });
	const stop = new AbortController();
	const running = run({ prompt: 'A cat' }, { signal: stop.signal });
	const times = new Set<string>();
	while (times.size < 6) {
		await clock.realPause(20);
		times.add(tables.rows()[0]?.alive ?? '');
	}

	const early = await run({ operation: 'getMany' });
	stop.abort();
	await running;
	await tables.untilRow(({ alive }) => alive === '');
	const late = await run({ operation: 'getMany' });

	const [first = 0, last = 0] = [[...times][1], [...times].at(-1)].map((time) =>
		Date.parse(time ?? ''),
	);
	expect(last - first).toBeGreaterThan(100_000);
	expect(early.json('Chat Video')).toEqual([]);
	expect(late.json('Chat Video')).toEqual([
		expect.objectContaining({ taskId: node.relay.turns[0]?.taskId }),
	]);
});
