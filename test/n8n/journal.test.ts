import { DataTables } from '../support/dataTables';
import { itemsOf, useNode } from '../support/useNode';

const prompts = itemsOf({ prompt: 'A cat' }, { prompt: 'A dog' });
const byPrompt = { prompt: '={{ $json.prompt }}' };

describe('the journal', () => {
	const node = useNode();
	let tables: DataTables;
	beforeEach(() => {
		tables = new DataTables();
	});
	const run = (parameters: object = byPrompt, options: object = {}) =>
		node.run({ ...parameters } as never, {
			items: prompts,
			additionalData: tables.additionalData,
			...options,
		});

	it('keeps each call in a row that a person can read', async () => {
		const done = await run();

		expect(done.status).toBe('success');
		expect(tables.rows()).toEqual(
			[
				['A cat', 0],
				['A dog', 1],
			].map(([prompt, item]) =>
				expect.objectContaining({
					status: 'done',
					prompt,
					item: String(item),
					run: '0',
					model: 'sora-2',
					node: 'Chat Video',
					service: node.relay.url,
					taskId: node.relay.bills[Number(item)]?.taskId,
					videoUrl: expect.stringMatching(/^http/),
					dataLink: expect.stringMatching(/\/source\//),
					delivered: expect.stringMatching(/^20/),
					alive: '',
				}),
			),
		);
	});

	it('has written that a call is sent before the relay sees it', async () => {
		const seen: string[][] = [];
		node.relay.next({ kind: 'generate', pauses: [{ at: 'afterTask', ms: 100 }] });
		const running = run();
		await node.relay.turn(0);
		seen.push(tables.rows().map(({ status = '' }) => status));
		await running;

		expect(seen).toEqual([['sent']]);
	});
});
