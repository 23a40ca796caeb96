import '../support/clock';
import type { Situation } from '../relay/situations';
import { runUntil, type Left, type Life, type Moment } from '../support/crash';
import { DataTables, type TableRow } from '../support/dataTables';
import { chain, chatVideoNode, type WorkflowJson } from '../support/engineWorkflow';
import { later, laterNode } from '../support/laterNode';
import { inLoop, loopNodes } from '../support/loopNode';
import { itemsOf, useNode } from '../support/useNode';

const prompts = itemsOf({ prompt: 'A cat' }, { prompt: 'A dog' });
const byPrompt = { prompt: '={{ $json.prompt }}' };

describe('the journal', () => {
	const node = useNode({ history: 'any' }, { nodes: loopNodes });
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

	it('keeps the calls of a loop, each of which the whole execution delivers', async () => {
		const four = itemsOf(...['A', 'B', 'C', 'D'].map((prompt) => ({ prompt })));

		await node.engine.run(inLoop(chatVideoNode({ parameters: byPrompt })), {
			items: four,
			credentials: node.credentials(),
			additionalData: tables.additionalData,
		});

		const found = tables.rows().map(({ prompt, run: count, item }) => [prompt, count, item]);
		expect(found).toEqual([
			['A', '0', '0'],
			['B', '0', '1'],
			['C', '1', '0'],
			['D', '1', '1'],
		]);
		expect(tables.rows().every(({ delivered }) => delivered !== '')).toBe(true);
	});

	const history = [
		{ role: 'user', content: 'What I wished for before' },
		{ role: 'assistant', content: 'sid: `s_68e9b3e1c4d4819183d7a4c5b6f7e8d9`, as it was made' },
	];
	it.each<[string, Situation]>([
		['is made', { kind: 'generate' }],
		['is refused', { kind: 'status', status: 403, body: { error: { message: 'test-key' } } }],
		['breaks off', { kind: 'generate', fails: { reason: 'the key test-key is not good' } }],
		['is lost', { kind: 'reset', when: 'beforeHeaders' }],
	])('has neither the key nor the conversation of a call that %s', async (_, situation) => {
		node.relay.next(situation);

		await run(
			{ operation: 'modify', prompt: 'A hat', history: 'json', messages: JSON.stringify(history) },
			{ items: itemsOf({}) },
		);

		const text = JSON.stringify(tables.rows());
		expect(text).toContain('A hat');
		for (const secret of [node.relay.apiKey, 'What I wished', 'as it was made', '进度']) {
			expect(text).not.toContain(secret);
		}
	});

	it('leaves a table of its name alone that is another one', async () => {
		tables.create('Chat Video calls', ['status', 'customer']);

		const { logs } = await run();

		expect(tables.rows()).toEqual([]);
		expect(tables.rows('Chat Video calls 2')).toHaveLength(2);
		expect(logs.filter(({ message }) => message.includes('Chat Video calls 2'))).toHaveLength(1);
	});

	it.each<[string, (given: DataTables) => void, object]>([
		['is turned off', () => {}, { ...byPrompt, options: { keepTrack: false } }],
		['has no table', (given) => given.fail(new Error('Unrecognized node type')), byPrompt],
	])('leaves the calls alone where it %s', async (_, prepare, parameters) => {
		prepare(tables);

		const { status, logs } = await run(parameters);

		expect(status).toBe('success');
		expect(tables.tables).toEqual([]);
		expect(logs.filter(({ level }) => level === 'warn')).toHaveLength(
			parameters === byPrompt ? 1 : 0,
		);
	});

	it.each([0, 1, 2, 3, 4, 5, 6])(
		'makes calls while the table cannot be used, after %d accesses, and writes them when it can',
		async (count) => {
			tables.failFrom(count, 3);
			const five = itemsOf(...['A', 'B', 'C', 'D', 'E'].map((prompt) => ({ prompt })));

			const { status, logs } = await run(byPrompt, { items: five });

			expect(status).toBe('success');
			expect(node.relay.billed).toBe(5);
			expect(tables.rows().map((row) => [row.prompt, row.status, row.delivered !== ''])).toEqual(
				five.map(({ json }) => [json.prompt, 'done', true]),
			);
			expect(logs.filter(({ level }) => level === 'warn')).toHaveLength(1);
		},
	);

	it('is left alone at once by a call that was stopped', async () => {
		node.relay.next({ kind: 'generate', silentAt: 'afterProgress' });
		const stop = new AbortController();
		const running = run({ prompt: 'A cat' }, { items: itemsOf({}), signal: stop.signal });
		await tables.untilRow(({ status }) => status === 'task');

		stop.abort();
		await running;
		await tables.untilRow(({ claim }) => claim === '');

		expect(tables.rows()).toEqual([
			expect.objectContaining({ status: 'task', delivered: '', alive: '' }),
		]);
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

/** Called when the node after the generation begins, which then never ends. */
let onLater: (() => void) | undefined;
const nodes = laterNode(async (context) => {
	if (onLater === undefined) return [context.getInputData()];
	onLater();
	return await new Promise(() => {});
});

describe('a video whose execution fails after it', () => {
	const node = useNode({}, { nodes });
	const variable = 'EXECUTIONS_DATA_SAVE_ON_ERROR';
	const isCloud = process.env.CHAT_VIDEO_BUILD === 'cloud'; // where no node reads the environment
	afterEach(() => {
		delete process.env[variable];
		onLater = undefined;
	});

	it.each([
		{ ofWorkflow: undefined, ofAll: undefined, isDelivered: true },
		{ ofWorkflow: undefined, ofAll: 'all', isDelivered: true },
		{ ofWorkflow: undefined, ofAll: 'none', isDelivered: isCloud },
		{ ofWorkflow: 'DEFAULT', ofAll: undefined, isDelivered: true },
		{ ofWorkflow: 'DEFAULT', ofAll: 'none', isDelivered: isCloud },
		{ ofWorkflow: 'all', ofAll: 'none', isDelivered: true },
		{ ofWorkflow: 'none', ofAll: undefined, isDelivered: false },
		{ ofWorkflow: 'none', ofAll: 'all', isDelivered: false },
	] as const)(
		'is delivered where n8n saves it: $ofWorkflow in its workflow, $ofAll for all',
		async ({ ofWorkflow, ofAll, isDelivered }) => {
			const tables = new DataTables();
			if (ofAll !== undefined) process.env[variable] = ofAll;
			onLater = () => {
				throw new Error('The upload was refused');
			};
			const workflow = chain(chatVideoNode({ parameters: { prompt: 'A cat' } }), later);
			const settings = ofWorkflow === undefined ? {} : { saveDataErrorExecution: ofWorkflow };

			const { status } = await node.engine.run(
				{ ...workflow, settings },
				{
					items: itemsOf({}),
					credentials: node.credentials(),
					additionalData: tables.additionalData,
				},
			);

			expect(status).toBe('error');
			expect(tables.rows().map(({ delivered }) => delivered !== '')).toEqual([isDelivered]);
		},
	);
});

describe('Retry of an execution whose process died', () => {
	const node = useNode({}, { nodes });
	let tables: DataTables;
	beforeEach(() => {
		tables = new DataTables();
		onLater = undefined;
	});
	const workflowOf = (parameters: object = byPrompt) =>
		chain(chatVideoNode({ parameters: { downloadVideo: false, ...parameters } }), later);
	const live = (workflow: WorkflowJson, moment: Moment, options: Partial<Life> = {}) =>
		runUntil(node.engine, workflow, {
			tables,
			items: prompts,
			credentials: node.credentials(),
			moment,
			...options,
		});
	const retry = (workflow: WorkflowJson, { id, saved }: Left, moment: Moment = never) =>
		live(workflow, moment, { previous: saved, retryOf: id });
	const tasks = ({ run }: Left) => run?.json('Later').map(({ taskId }) => taskId);
	const bills = () => node.relay.bills.map(({ taskId }) => taskId);
	/** How often each prompt was paid for. */
	const paid = () =>
		prompts.map(
			({ json }) =>
				node.relay.bills.filter(({ prompt = '' }) => prompt.startsWith(String(json.prompt))).length,
		);

	it.each([
		['by what it sends', byPrompt],
		['by what was written', { prompt: '={{ $json.prompt }} {{ Math.random() }}' }],
	])(
		'makes each item once, known %s, however often and whenever it dies',
		async (_, parameters) => {
			const workflow = workflowOf(parameters);
			for (let count = 1; count < 14; count += 1) {
				for (const isWritten of [false, true]) {
					tables = new DataTables();
					await live(workflow, never); // the node is known to the table
					node.relay.bills.length = 0;
					const moment = { kind: 'access', count, isWritten } as const;
					const first = await live(workflow, moment);
					const second = await retry(workflow, first, moment);
					const isTraced = tables.rows().length > prompts.length;
					const third = await retry(workflow, second);
					// An execution that died before it left a trace is no link between those around it.
					const isLinked = tables.rows().some((row) => row.executions?.includes(`|${second.id}|`));
					const fourth = isTraced ? await retry(workflow, first) : third;

					const [cat = 0, dog = 0] = paid();
					expect([count, isWritten, cat > 1 || dog > 1]).toEqual([count, isWritten, false]);
					for (const life of [third, fourth]) {
						const isSentAlone = tables.rows().some(({ status }) => status === 'sent');
						const isDoubtful = life === third && isTraced && !isLinked && life.run?.error();
						if (isSentAlone || isDoubtful)
							expect(life.run?.error()?.description).toContain('Submit Again');
						else expect(tasks(life)).toEqual(bills());
					}
				}
			}
		},
	);

	it.each([false, true])(
		'gives a finished item again when a later node dies, with progress saved: %s',
		async (savesProgress) => {
			const workflow = workflowOf();
			const begun = new Promise<void>((resolve) => {
				onLater = resolve;
			});
			const left = await live(workflow, { kind: 'until', over: begun }, { savesProgress });
			onLater = undefined;

			const retried = await retry(workflow, left);

			expect(retried.run?.error()).toBeUndefined();
			expect(tasks(retried)).toEqual(bills());
			expect(paid()).toEqual([1, 1]);
		},
	);

	it('makes each item once where n8n does not say what is retried', async () => {
		const workflow = workflowOf();
		for (let count = 1; count < 14; count += 1) {
			for (const isWritten of [false, true]) {
				tables = new DataTables();
				node.relay.bills.length = 0;
				const { saved, run } = await live(workflow, { kind: 'access', count, isWritten });
				if (run !== undefined) continue; // it was over

				const retried = await live(workflow, never, { previous: saved });

				const isSentAlone = tables.rows().some(({ status }) => status === 'sent');
				if (isSentAlone) expect(retried.run?.error()?.description).toContain('Submit Again');
				else expect(tasks(retried)).toEqual(bills());
				const [cat = 0, dog = 0] = paid();
				expect([count, isWritten, cat > 1 || dog > 1]).toEqual([count, isWritten, false]);
				if (isSentAlone) continue;
				expect(tables.rows().every(({ delivered }) => delivered !== '')).toBe(true);
			}
		}
	});

	it('asks for what was started', async () => {
		node.relay.next({ kind: 'generate', silentAt: 'afterTask' });
		const known = tables.untilRow(({ status }) => status === 'task');

		const retried = await retry(
			workflowOf(),
			await live(workflowOf(), { kind: 'until', over: known }),
		);

		expect(retried.run?.error()).toBeUndefined();
		expect(tasks(retried)).toEqual(bills());
		expect(paid()).toEqual([1, 1]);
	});

	it.each<[string, TableRow]>([
		['a kind that there is none of', { status: 'failed', errorKind: 'toString', note: 'No.' }],
		['a status that there is none of', { status: 'paid' }],
		['links that are none', { videoUrl: 'soon', dataLink: 'soon', posterUrl: 'soon' }],
		['times that are none', { started: 'Monday', updated: '', alive: 'x' }],
		['nothing that a person reads', { prompt: '', model: '', workflow: '', node: '' }],
	])('sends nothing again where a user has written into the table: %s', async (_, changes) => {
		node.relay.next({ kind: 'generate', silentAt: 'afterTask' });
		const known = tables.untilRow(({ status }) => status === 'task');
		const left = await live(workflowOf(), { kind: 'until', over: known });
		for (const row of tables.rows()) Object.assign(row, changes);

		const retried = await retry(workflowOf(), left);

		expect(paid()).toEqual([1, changes.status === 'failed' ? 0 : 1]);
		expect(retried.run?.error()?.message ?? '').not.toMatch(/undefined|not a function|Invalid/);
	});

	const withId = ({ nodes, ...workflow }: WorkflowJson, id: string): WorkflowJson => ({
		...workflow,
		nodes: nodes.map((one) => (one.name === 'Chat Video' ? { ...one, id } : one)),
	});
	it.each<[string, () => WorkflowJson]>([
		[
			'the table was renamed',
			() => {
				Object.assign(tables.tables[0] ?? {}, { name: 'My videos' });
				return workflowOf();
			},
		],
		[
			'the data tables are full',
			() => {
				tables.fill();
				return workflowOf();
			},
		],
		['the node was replaced by a copy of it', () => withId(workflowOf(), 'copy')],
		['Keep Track was turned off', () => workflowOf({ ...byPrompt, options: { keepTrack: false } })],
	])('asks for what was started, also where %s since', async (_, change) => {
		node.relay.next({ kind: 'generate', silentAt: 'afterTask' });
		const known = tables.untilRow(({ status }) => status === 'task');
		const left = await live(workflowOf(), { kind: 'until', over: known });

		const retried = await retry(change(), left);

		expect(retried.run?.error()).toBeUndefined();
		expect(tasks(retried)).toEqual(bills());
		expect(paid()).toEqual([1, 1]);
		expect(tables.tables).toHaveLength(1);
	});

	it('brings rows again that were deleted while their calls ran', async () => {
		node.relay.next({ kind: 'generate', pauses: [{ at: 'beforeTask', ms: 200 }] });
		const later = tables
			.untilRow(({ status }) => status === 'sent')
			.then(() => {
				tables.rows().length = 0;
				return tables.untilRow(({ status, prompt }) => status === 'task' && prompt !== null);
			});

		const left = await live(workflowOf(), { kind: 'until', over: later });
		const retried = await retry(workflowOf(), left);

		expect(tasks(retried)).toEqual(bills());
		expect(paid()).toEqual([1, 1]);
	});

	it('knows which of two requests was the last, whatever the clocks of two workers say', async () => {
		node.relay.next({ kind: 'generate', silentAt: 'beforeTask' });
		const first = await live(workflowOf(), { kind: 'until', over: node.relay.turn(0) });
		const submitAgain = workflowOf({ ...byPrompt, options: { submitAgain: true } });
		node.relay.next({ kind: 'generate', silentAt: 'afterTask' });
		const known = tables.untilRow(({ status }) => status === 'task');
		const second = await retry(submitAgain, first, { kind: 'until', over: known });
		Object.assign(tables.rows()[0] ?? {}, { started: '2099-01-01T00:00:00.000Z' });

		const third = await retry(workflowOf(), second);

		expect(third.run?.error()).toBeUndefined();
		expect(tasks(third)).toEqual(bills().slice(1));
		expect(paid()).toEqual([2, 1]);
	});

	const unkept = workflowOf({ ...byPrompt, options: { keepTrack: false } });
	it('sends nothing that may have been sent where calls are not kept', async () => {
		await retry(workflowOf(), await live(workflowOf(), never)); // others' rows
		node.relay.bills.length = 0;
		node.relay.next({ kind: 'generate', silentAt: 'afterTask' });
		const started = node.relay.turn(node.relay.turns.length);
		const left = await live(unkept, { kind: 'until', over: started });

		const retried = await retry(unkept, left);

		expect(retried.run?.error()?.description).toContain('Submit Again');
		expect(paid()).toEqual([1, 0]);
	});

	it('makes what a process never sent that died in the first execution of all', async () => {
		const left = await live(workflowOf(), { kind: 'access', count: 1, isWritten: false });
		expect(tables.rows()).toEqual([]);

		const retried = await retry(workflowOf(), left);

		expect(tasks(retried)).toEqual(bills());
		expect(paid()).toEqual([1, 1]);
	});

	it('knows that one of its Retries kept no calls', async () => {
		node.relay.next({ kind: 'generate', silentAt: 'afterTask' });
		const known = tables.untilRow(({ status }) => status === 'task');
		const first = await live(workflowOf(), { kind: 'until', over: known });
		const second = await retry(unkept, first, { kind: 'until', over: node.relay.turn(1) });

		const third = await retry(workflowOf(), second);

		expect(third.run?.error()?.description).toContain('Submit Again');
		expect(paid()).toEqual([1, 1]);
	});

	it('says what was sent without an id, and sends it once more with Submit Again', async () => {
		node.relay.next({ kind: 'generate', silentAt: 'beforeTask' });
		const left = await live(workflowOf(), { kind: 'until', over: node.relay.turn(0) });

		const retried = await retry(workflowOf(), left);
		const again = await retry(workflowOf({ ...byPrompt, options: { submitAgain: true } }), left);

		expect(retried.run?.error()?.description).toContain('Submit Again');
		expect(again.run?.error()).toBeUndefined();
		expect(paid()).toEqual([2, 1]);
		expect(tables.rows().map(({ status, item }) => [status, item])).toEqual([
			['sent', '0'],
			['done', '0'],
			['done', '1'],
		]);
	});

	it.each([false, true])(
		'gives each item its own video where they come in another order, one still made: %s',
		async (isMade) => {
			const begun = new Promise<void>((resolve) => {
				onLater = resolve;
			});
			if (isMade)
				node.relay.next({ kind: 'generate' }, { kind: 'generate', silentAt: 'afterTask' });
			const known = tables.untilRow(({ status, item }) => status === 'task' && item === '1');
			const left = await live(workflowOf(), { kind: 'until', over: isMade ? known : begun });
			onLater = undefined;
			left.saved.executionData?.nodeExecutionStack[0]?.data.main?.[0]?.reverse();

			const retried = await retry(workflowOf(), left);

			const shown = retried.run?.json('Later').map(({ prompt, taskId }) => [prompt, taskId]);
			const bought = node.relay.bills.map(({ prompt, taskId }) => [prompt, taskId]);
			expect(shown).toEqual(bought.reverse());
			expect(paid()).toEqual([1, 1]);
			expect(tables.rows().every(({ delivered }) => delivered !== '')).toBe(true);
		},
	);

	describe('where the data table is in trouble', () => {
		const busy = new Error('SQLITE_BUSY: database is locked');
		/** A Retry of an execution has died in mid-stream, and that execution is retried once more. */
		const begin = async (hasBegun: boolean, workflow = workflowOf()): Promise<Left> => {
			const first = await live(workflow, { kind: 'access', count: 1, isWritten: false });
			if (!hasBegun) delete first.saved.resultData.runData['Chat Video'];
			node.relay.next({ kind: 'generate', silentAt: 'afterTask' });
			const known = tables.untilRow(({ status }) => status === 'task');
			await retry(workflow, first, { kind: 'until', over: known });
			return first;
		};

		it.each<[string, boolean, () => void]>([
			['does not answer', true, () => void tables.hold()],
			['does not answer', false, () => void tables.hold()],
			['cannot be read', true, () => tables.fail(busy)],
			['cannot be read', false, () => tables.fail(busy)],
		])(
			'sends nothing while it %s, and says so in time; begun before: %s',
			async (_, hasBegun, prepare) => {
				const first = await begin(hasBegun);
				prepare();
				const since = Date.now();

				const { run: failed } = await retry(workflowOf(), first);

				expect(Date.now() - since).toBeLessThan(45_000);
				expect(failed?.error()?.message).toContain('nothing is sent');
				expect(failed?.error()?.description).toMatch(/may have accepted it.*Retry once more/s);
				expect(failed?.error()?.description).not.toContain('Submit Again');
				expect(paid()).toEqual([1, 0]);
			},
		);

		it.each<[string, () => void]>([
			['answers late', () => setTimeout(tables.hold(), 5_000)],
			['fails for a moment', () => tables.failFrom(0, 3)],
			['can be opened, and fails for a moment then', () => tables.failFrom(1, 3)],
		])('asks for what was started when it %s', async (_, prepare) => {
			const first = await begin(false);
			prepare();

			const retried = await retry(workflowOf(), first);

			expect(retried.run?.error()).toBeUndefined();
			expect(tasks(retried)).toEqual(bills());
			expect(paid()).toEqual([1, 1]);
		});

		it('goes on when it answers in another try of the node', async () => {
			const patient = workflowOf();
			for (const one of patient.nodes) Object.assign(one, { retryOnFail: true, maxTries: 5 });
			const first = await begin(false, patient);
			setTimeout(tables.hold(), 25_000);

			const retried = await retry(patient, first);

			expect(tasks(retried)).toEqual(bills());
			expect(paid()).toEqual([1, 1]);
		});

		it('holds neither the end of an execution nor Get Many', async () => {
			const sent = tables.untilRow(({ status }) => status === 'sent');
			const running = live(workflowOf(), never, { items: prompts.slice(0, 1) });
			await sent;
			tables.hold();
			const since = Date.now();

			expect((await running).run?.error()).toBeUndefined();
			const recovered = await node.run(
				{ operation: 'getMany' },
				{ additionalData: tables.additionalData },
			);

			expect(recovered.error('Chat Video')?.message).toContain('did not answer');
			expect(Date.now() - since).toBeLessThan(120_000);
		});
	});
});

const never: Moment = { kind: 'until', over: new Promise(() => {}) };
