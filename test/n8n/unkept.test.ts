import { clock } from '../support/clock';
import { DataTables } from '../support/dataTables';
import { useNode } from '../support/useNode';

const node = useNode();
let tables: DataTables;
beforeEach(async () => {
	tables = new DataTables();
});
const run = (options: object = {}, more: object = {}) =>
	node.run(
		{ prompt: 'A cat', options: { maxTries: 1, ...options } },
		{ additionalData: tables.additionalData, ...more },
	);
/** Another execution has made the table. */
const begin = async () => {
	await run();
	node.relay.bills.length = 0;
};

describe('a call that n8n does not take the note of', () => {
	it.each<[string, () => void]>([
		['as the table is locked', () => void tables.hold()],
		['as it says that it is locked', () => tables.refuseWrites(new Error('SQLITE_BUSY'))],
	])('is not sent, %s, and says what to do', async (_, lock) => {
		await begin();
		lock();

		const { status, error } = await run().then((made) => ({
			status: made.status,
			error: made.error('Chat Video'),
		}));

		expect(status).toBe('error');
		expect(error?.message).toContain('was not sent');
		expect(error?.description).toMatch(/nothing was charged.*Keep Track/s);
		expect(node.relay.billed).toBe(0);
	});

	it('is sent when Keep Track is off', async () => {
		await begin();
		tables.hold();

		expect((await run({ keepTrack: false })).status).toBe('success');
	});

	it.each<[string, () => void]>([
		['is free again', () => setTimeout(tables.hold(), 5_000)],
		[
			'takes it again',
			() => {
				tables.refuseWrites(new Error('SQLITE_BUSY'));
				setTimeout(() => tables.refuseWrites(), 5_000);
			},
		],
	])('waits until the table %s', async (_, lock) => {
		await begin();
		lock();

		expect((await run()).status).toBe('success');
		expect(tables.rows().at(-1)).toMatchObject({ status: 'done', delivered: expect.any(String) });
		expect(node.relay.billed).toBe(1);
	});

	it.each([
		'Unrecognized node type: n8n-nodes-base.dataTable',
		'Attempted to use Data table node but the module is disabled',
		'Something that no n8n has said before',
	])('is sent in an n8n without data tables, which says: %s', async (words) => {
		tables.fail(new Error(words));

		const made = await run();

		expect(made.status).toBe('success');
		expect(made.logs.filter(({ level }) => level === 'warn')).toHaveLength(1);
		expect(node.relay.billed).toBe(1);
	});

	it('is sent where the data tables are full', async () => {
		await begin();
		tables.fill();

		expect((await run()).status).toBe('success');
		expect(node.relay.billed).toBe(1);
	});

	it('is not sent where a database in trouble has shown no table yet, however long', async () => {
		tables.fail(new Error('SQLITE_BUSY: database is locked'));

		const made = await run();

		expect(made.error('Chat Video')?.message).toContain('was not sent');
		expect(node.relay.billed).toBe(0);
	});

	it('is given up at once when it is stopped meanwhile', async () => {
		await begin();
		tables.hold();
		const stop = new AbortController();
		const running = run({}, { signal: stop.signal });
		await clock.realPause(50);
		const since = Date.now();
		stop.abort();
		await running;

		expect(Date.now() - since).toBeLessThan(5_000);
		expect(node.relay.billed).toBe(0);
	});
});
