import '../support/clock';
import { ExecuteContext, ExecutionLifecycleHooks } from 'n8n-core';
import { NodeConnectionTypes, type IDataObject, type INode, type INodeType } from 'n8n-workflow';
import type { Situation } from '../relay/situations';
import type { RunOptions } from '../support/engine';
import type { EngineRun } from '../support/engineRun';
import { chain, chatVideoNode, workflowNode, type WorkflowJson } from '../support/engineWorkflow';
import { itemsOf } from '../support/useNode';
import { useSleeper } from '../support/useSleeper';

const passing = (name: string): INodeType => ({
	description: {
		name,
		displayName: name,
		group: ['transform'],
		version: 1,
		description: 'Hands on what it gets',
		defaults: { name },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [
			{ displayName: 'Respond', name: 'responseMode', type: 'string', default: 'onReceived' },
		],
	},
	async execute() {
		return [this.getInputData()];
	},
});
/** What has n8n's methods for waiting. */
const waiting = Object.getPrototypeOf(ExecuteContext.prototype) as ExecuteContext;
const two = itemsOf({ prompt: 'A' }, { prompt: 'B' });
const webhook = 'n8n-nodes-base.webhook';
const chatTrigger = '@n8n/n8n-nodes-langchain.chatTrigger';

/** The relay has given the link and goes on for longer than anybody waits. */
const long = (tasks: object | string, more: Partial<Situation> = {}): Situation =>
	({ kind: 'generate', silentAt: 'afterProgress', tasks, ...more }) as Situation;
const after = (pending: number, then: 'done' | 'failed' = 'done') =>
	long({ kind: 'slow', pending, then });

describe('a generation that sleeps', () => {
	const sleeper = useSleeper({
		nodes: { [webhook]: passing('webhook'), [chatTrigger]: passing('chatTrigger') },
	});
	const { node, run, toEnd } = sleeper;

	afterEach(() => jest.restoreAllMocks());

	const workflow = (
		parameters: IDataObject = {},
		settings: Partial<INode> = {},
		options: IDataObject = {},
		...before: INode[]
	): WorkflowJson =>
		chain(
			...before,
			chatVideoNode({
				...settings,
				parameters: {
					prompt: '={{ $json.prompt }}',
					downloadVideo: false,
					...parameters,
					options: { sleepWhileWaiting: true, maxConcurrency: 5, ...options },
				},
			}),
		);
	const words = ({ logs }: EngineRun): string[] =>
		logs.filter(({ level }) => level === 'info').map(({ message }) => message);

	it('holds no connection while it sleeps, and sleeps for at least 65 seconds', async () => {
		node.relay.next(after(2));

		const begun = Date.now();
		const asleep = await run(workflow());

		const [turn] = node.relay.turns;
		expect((await turn?.closed)?.by).toBe('client');
		expect(asleep.status).toBe('waiting');
		expect(asleep.items('Chat Video')).toEqual([]);
		const wait = new Date(asleep.run.waitTill ?? 0).getTime() - begun;
		expect(wait).toBeGreaterThan(65_000);
		expect(wait).toBeLessThan(5.1 * 60_000);
	});

	it('gives what it would have given, had it waited', async () => {
		const parameters = { downloadVideo: true, simplify: false };
		const awake = await run(workflow(parameters, {}, { sleepWhileWaiting: false }));
		node.relay.next(after(3));

		const json = workflow(parameters);
		const slept = await toEnd(json, await run(json));

		const [expected] = awake.items('Chat Video');
		const [item] = slept.items('Chat Video');
		const [, turn] = node.relay.turns;
		const ofStream = ['sid', 'finishReason', 'usage'];
		expect(Object.keys(item?.json ?? {})).toEqual(
			expect.arrayContaining(
				Object.keys(expected?.json ?? {}).filter((name) => !ofStream.includes(name)),
			),
		);
		expect(item?.json.recovered).toBe(true);
		expect(item?.json).toMatchObject({ taskId: turn?.taskId, videoUrl: turn?.videoUrl });
		const stages = (item?.json.progressLog as Array<{ stage: string }>).map(({ stage }) => stage);
		expect([stages[0], stages.at(-1)]).toEqual(['submitted', 'completed']);
		expect(stages).not.toContain('recovering');
		expect(item?.json.messages).toHaveLength(2);
		expect(item?.json.elapsedMs).toBeGreaterThan(65_000);
		expect(item?.pairedItem).toEqual(expected?.pairedItem);
		expect(item?.binary?.data).toMatchObject({
			mimeType: 'video/mp4',
			fileName: `${turn?.taskId}.mp4`,
		});
		expect(node.relay.billed).toBe(2);
	});

	it('sleeps once for all items, and gives them in their order', async () => {
		node.relay.next(after(4), { kind: 'generate' }, after(2), after(6));
		const items = itemsOf(...['A', 'B', 'C', 'D'].map((prompt) => ({ prompt })));
		const json = workflow({ downloadVideo: true });

		const slept = await toEnd(json, await run(json, { items }), { items });

		const made = slept.items('Chat Video');
		expect(made.map(({ json: { prompt } }) => prompt)).toEqual(['A', 'B', 'C', 'D']);
		expect(made.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3].map((item) => ({ item })),
		);
		expect(made.map(({ binary }) => binary?.data?.fileName)).toEqual(
			made.map(({ json: { taskId } }) => `${String(taskId)}.mp4`),
		);
		expect(node.relay.turns).toHaveLength(4);
		expect(node.relay.requests.filter(({ path }) => path.endsWith('.mp4'))).toHaveLength(4);
		expect(
			sleeper.tables.rows().map(({ status, delivered }) => [status, delivered !== '']),
		).toEqual(made.map(() => ['done', true]));
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'keeps what failed through a sleep, with its kind: %s',
		async (onError) => {
			const refused: Situation = {
				kind: 'status',
				status: 403,
				body: { error: { message: 'no', code: 'insufficient_user_quota' } },
			};
			node.relay.next(refused, after(5, 'failed'), after(4));
			const items = itemsOf(...['A', 'B', 'C', ' '].map((prompt) => ({ prompt })));
			const json = workflow({}, { onError });

			const slept = await toEnd(json, await run(json, { items }), { items });

			const output = onError === 'continueErrorOutput' ? 1 : 0;
			const failed = slept
				.items('Chat Video', output)
				.filter(({ json: { error } }) => error !== undefined);
			expect(failed.map(({ json: { errorKind, billing } }) => [errorKind, billing])).toEqual([
				['quota', 'none'],
				['moderated', 'started'],
				['badRequest', 'none'],
			]);
			expect(failed[1]?.json.taskId).toBe(node.relay.bills[0]?.taskId);
			expect(slept.json('Chat Video').some(({ status }) => status === 'completed')).toBe(true);
			expect(node.relay.turns).toHaveLength(3);
		},
	);

	it('ends with the error of one, and names what the others have paid for', async () => {
		node.relay.next(after(20), after(2, 'failed'));
		const items = itemsOf({ prompt: 'A' }, { prompt: 'B' });
		const json = workflow();

		const failed = await toEnd(json, await run(json, { items }), { items });

		const error = failed.error('Chat Video');
		expect(failed.status).toBe('error');
		expect(error?.message).toContain('refused the video');
		expect(error?.description).toContain(node.relay.bills[0]?.taskId);
		expect(node.relay.billed).toBe(2);

		for (const { taskId } of node.relay.bills) {
			const task = node.relay.archive.task(taskId);
			if (task) task.behaviours = 'done';
		}
		const again = await run(json, { items, previous: failed.saved, retryOf: failed.id });
		expect(again.error('Chat Video')?.message).toContain('refused the video');
		expect(node.relay.billed).toBe(2);
	});

	it('holds the overall timeout', async () => {
		const longest = jest.spyOn(Math, 'random').mockReturnValue(0.999);
		node.relay.next(long('pending'));
		const json = workflow({}, {}, { timeout: 141 });
		const begun = Date.now();

		const failed = await toEnd(json, await run(json));
		longest.mockRestore();

		expect(failed.error('Chat Video')?.message).toContain('within the timeout of 141 s');
		expect(failed.error('Chat Video')?.description).toContain(node.relay.bills[0]?.taskId);
		expect(Date.now() - begun).toBeGreaterThan(140_000);
		expect(Date.now() - begun).toBeLessThan(160_000);
	});

	it('holds the timeout of a retry, too', async () => {
		const longest = jest.spyOn(Math, 'random').mockReturnValue(0.999);
		node.relay.next(long('pending'));
		const json = workflow({}, {}, { timeout: 141 });
		const asleep = await run(json);
		const retried = await run(json, { previous: asleep.saved, retryOf: asleep.id });

		const failed = await toEnd(json, retried);
		longest.mockRestore();

		expect(failed.error('Chat Video')?.message).toContain('within the timeout of 141 s');
		expect(node.relay.billed).toBe(1);
	});

	it('looks once more when it wakes after its time', async () => {
		node.relay.next(after(2));
		const json = workflow({}, {}, { timeout: 150 });
		const asleep = await run(json);
		sleeper.pass(24 * 60 * 60_000);

		expect((await run(json, { asleep })).json('Chat Video')).toMatchObject([
			{ status: 'completed', taskId: node.relay.bills[0]?.taskId },
		]);
	});

	it.each<[string, object | string]>([
		['nobody knows the task any more', 'unknown'],
		['what answers is something else', { kind: 'page' }],
	])('gives up, with the task, when %s', async (_, behaviours) => {
		node.relay.next(long('pending'));
		const json = workflow();
		const asleep = await run(json);
		const { taskId = '' } = node.relay.turns[0] ?? {};
		Object.assign(node.relay.archive.task(taskId) ?? {}, { behaviours });

		const failed = await toEnd(json, asleep);

		expect(failed.error('Chat Video')?.message).toContain('does not know the task');
		expect(failed.error('Chat Video')?.description).toContain(taskId);
		expect(sleeper.passed).toBeLessThan(20 * 60_000);
	});

	it('asks elsewhere when its link has expired, and sleeps on while the relay is down', async () => {
		node.relay.next(long('pending'));
		const json = workflow();
		let last = await run(json);
		const task = node.relay.archive.task(node.relay.turns[0]?.taskId ?? '');
		if (task) task.behaviours = 'down';
		for (let look = 0; look < 5; look += 1) last = await run(json, { asleep: last });
		expect(last.status).toBe('waiting');
		if (task) task.behaviours = { source: 'unknown', share: 'unknown' };

		expect((await toEnd(json, last)).json('Chat Video')).toMatchObject([{ status: 'completed' }]);
	});

	it.each<[string, IDataObject, Situation]>([
		['no link to the data', {}, { kind: 'generate', withoutLinks: true }],
		['a link that nobody answers at', {}, { kind: 'generate', tasks: 'unknown' }],
		['no time for it', { timeout: 60 }, { kind: 'generate', tasks: 'pending' }],
	])('holds the stream where there is %s', async (_, options, situation) => {
		node.relay.next(situation);

		const held = await run(workflow({}, {}, options));

		expect(held.json('Chat Video')).toMatchObject([{ status: 'completed' }]);
		expect(held.json('Chat Video')[0]).not.toHaveProperty('recovered');
	});

	const before = (type: string, parameters: IDataObject = {}): INode =>
		workflowNode({ name: 'Caller', type, parameters });
	it.each<[string, INode[], RunOptions]>([
		['streamed', [], { mode: 'webhook', onChunk: () => {} }],
		['a caller waits', [before(webhook, { responseMode: 'lastNode' })], {}],
		['a caller waits', [before(chatTrigger)], {}],
		['evaluation', [], { mode: 'evaluation' }],
	])('holds the stream where somebody waits, and says so: %s', async (because, nodes, options) => {
		node.relay.next({ kind: 'generate', tasks: 'pending' });

		const held = await run(workflow({}, {}, {}, ...nodes), options);

		expect(held.json('Chat Video')).toMatchObject([{ status: 'completed' }]);
		expect(words(held).filter((line) => line.includes('does not sleep'))).toEqual([
			expect.stringContaining(because),
		]);
	});

	it.each(['onReceived', 'responseNode'])(
		'sleeps where the caller has its answer: %s',
		async (responseMode) => {
			node.relay.next(long('pending'));

			const json = workflow({}, {}, {}, before(webhook, { responseMode }));

			expect((await run(json)).status).toBe('waiting');
		},
	);

	const caller = { executionId: '7', workflowId: 'caller' };
	/** The rest comes for who waits a second. */
	const halting = (tasks: object | string) =>
		long(tasks, {
			silentAt: undefined,
			pauses: [{ at: 'afterProgress', ms: 1_000 }],
		} as Partial<Situation>);
	it.each<[string, RunOptions, 'waiting' | 'success']>([
		['with one item, as an agent does', { parentExecution: caller }, 'success'],
		[
			'by one that goes on without it',
			{ parentExecution: { ...caller, shouldResume: false } },
			'waiting',
		],
		['with all items at once', { parentExecution: caller, items: two }, 'waiting'],
		['by one that n8n cannot wake', { items: two }, 'success'],
	])(
		'sleeps in a workflow that was called if all it makes is waited for: %s',
		async (_, options, status) => {
			const situation = status === 'waiting' ? long('pending') : halting('pending');
			node.relay.next(situation, situation);

			const called = await run(workflow(), { ...options, mode: 'integrated' });

			expect(called.status).toBe(status);
			expect(words(called).filter((line) => line.includes('for each item'))).toHaveLength(
				status === 'success' ? 1 : 0,
			);
		},
	);

	const { prototype } = ExecutionLifecycleHooks;
	it.each([
		['says nothing of a node’s end', prototype, 'addHandler'],
		['lets no node wait', waiting, 'putExecutionToWait'],
		['does not say what it runs', waiting, 'getExecuteData'],
	])('holds the stream in an n8n that %s, and says so', async (_, owner: object, method) => {
		const had = Object.getOwnPropertyDescriptor(owner, method) ?? {};
		const lack = () => void Object.defineProperty(owner, method, { ...had, value: undefined });

		const held = await run(workflow(), { hooks: { workflowExecuteBefore: lack } }).finally(() =>
			Object.defineProperty(owner, method, had),
		);

		expect(held.json('Chat Video')).toMatchObject([{ status: 'completed' }]);
		expect(words(held)).toContainEqual(
			expect.stringContaining('as this n8n cannot run a node again'),
		);
	});

	it.each<[string, number, 'waiting' | 'success']>([
		['before it would wake', 70, 'success'],
		['after it wakes for the first time', 100, 'waiting'],
	])('is awake when n8n ends the execution: %s', async (_, seconds, status) => {
		node.relay.next(halting({ kind: 'slow', pending: 6 }));
		const json = workflow();
		const runInTime = (options: RunOptions = {}) =>
			run(json, {
				...options,
				additionalData: {
					...sleeper.tables.additionalData,
					executionTimeoutTimestamp: Date.now() + seconds * 1_000,
				},
			});

		const first = await runInTime();
		sleeper.pass(70_000);

		expect(first.status).toBe(status);
		expect(words(first).filter((line) => line.includes('ends the execution'))).toHaveLength(
			status === 'success' ? 1 : 0,
		);
		if (status === 'success') return;
		// n8n says anew how long it may take, and counts from its start all the same.
		expect((await runInTime({ asleep: first })).json('Chat Video')).toMatchObject([
			{ status: 'completed' },
		]);
		expect(node.relay.billed).toBe(1);
	});

	it.each<[string, (context: IDataObject) => void]>([
		[
			'what was kept of the sleep',
			(context) => Object.assign(context.chatVideoParked as object, { failed: undefined }),
		],
		['the ledger', (context) => Object.assign(context.chatVideoLedger as object, { version: 0 })],
	])('wakes in a node of another version that cannot read %s', async (_, change) => {
		node.relay.next(after(2));
		const json = workflow();
		const asleep = await run(json);
		const context = asleep.data.executionData?.contextData['node:Chat Video'];
		change(context as IDataObject);

		const slept = await toEnd(json, asleep);

		expect(slept.json('Chat Video')).toMatchObject([
			{ status: 'completed', taskId: node.relay.bills[0]?.taskId },
		]);
		expect(node.relay.turns).toHaveLength(1);
		expect(sleeper.tables.rows()).toMatchObject([{ delivered: expect.stringMatching(/^20/) }]);
	});

	it.each<[string, IDataObject, Situation]>([
		['no link to the data', {}, { kind: 'generate', withoutLinks: true }],
		['Timeout ends before', { timeout: 60 }, { kind: 'generate', tasks: 'pending' }],
	])('says so in the log: %s', async (because, options, situation) => {
		node.relay.next(situation);

		const held = await run(workflow({}, {}, options));

		expect(words(held)).toContainEqual(expect.stringContaining(because));
	});

	it('is billed once when it is retried after its process died, with the workflow as it is or was', async () => {
		node.relay.next(after(3));
		const json = workflow();
		const asleep = await run(json);

		// What n8n has of an execution that died while it was awake is what it woke with.
		const retried = await run(json, { previous: asleep.saved, retryOf: asleep.id });
		const slept = await toEnd(json, retried);

		expect(slept.json('Chat Video')).toMatchObject([
			{ status: 'completed', taskId: node.relay.bills[0]?.taskId },
		]);
		expect(node.relay.turns).toHaveLength(1);
		expect(sleeper.tables.rows()).toMatchObject([
			{ status: 'done', delivered: expect.stringMatching(/^20/) },
		]);
	});

	it('is nobody else’s while it sleeps and lives, and is found when it is long overdue', async () => {
		const getMany = chain(
			chatVideoNode({ parameters: { operation: 'getMany', downloadVideo: false } }),
		);
		node.relay.next(after(2));
		const asleep = await run(workflow());
		const early = await run(getMany);
		sleeper.pass(new Date(asleep.run.waitTill ?? 0).getTime() - Date.now() + 5 * 60_000);
		const late = await run(getMany);
		sleeper.pass(10 * 60_000);

		const overdue = await run(getMany);

		expect([early, late].map((found) => found.json('Chat Video'))).toEqual([[], []]);
		expect(overdue.json('Chat Video')).toMatchObject([{ status: 'completed' }]);
		expect(node.relay.billed).toBe(1);
	});

	it.each<[string, Partial<INode>]>([
		['always gives something', { alwaysOutputData: true }],
		['is executed once', { executeOnce: true }],
	])('gives the video alone where the node %s', async (_, settings) => {
		node.relay.next(after(2));
		const json = workflow({}, settings, {}, workflowNode({ name: 'Before' }));

		const slept = await toEnd(json, await run(json));

		expect(slept.json('Chat Video')).toMatchObject([{ status: 'completed' }]);
		expect(slept.data.resultData.runData['Before']).toHaveLength(1);
		expect(slept.data.resultData.runData['Chat Video']).toHaveLength(1);
		expect(node.relay.turns).toHaveLength(1);
	});

	it.each<[string, () => void]>([
		['its rows were deleted', () => sleeper.tables.rows().splice(0)],
		['the tables are down', () => sleeper.tables.fail(new Error('locked'))],
	])('goes on where %s meanwhile', async (_, happen) => {
		node.relay.next(after(3));
		const json = workflow();
		const asleep = await run(json);
		happen();

		const slept = await toEnd(json, asleep);

		expect(slept.json('Chat Video')).toMatchObject([{ status: 'completed' }]);
		expect(node.relay.turns).toHaveLength(1);
	});

	it('sleeps in one node after the other', async () => {
		node.relay.next(after(2), after(3));
		const one = (name: string) =>
			chatVideoNode({
				name,
				parameters: {
					prompt: '={{ $json.prompt }} ',
					downloadVideo: false,
					options: { sleepWhileWaiting: true },
				},
			});
		const json = chain(one('A'), workflowNode({ name: 'Between' }), one('B'));

		const slept = await toEnd(json, await run(json));

		expect([...slept.json('A'), ...slept.json('B')].map(({ taskId }) => taskId)).toEqual(
			node.relay.bills.map(({ taskId }) => taskId),
		);
		expect(slept.items('B')[0]?.pairedItem).toEqual({ item: 0 });
		expect(node.relay.billed).toBe(2);
	});

	it('costs nothing more with Retry On Fail', async () => {
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		node.relay.next(after(2), after(2, 'failed'));
		const items = itemsOf({ prompt: 'A' }, { prompt: 'B' });
		const json = workflow({}, { ...settings, onError: 'continueRegularOutput' });

		const slept = await toEnd(json, await run(json, { items }), { items });

		expect(slept.json('Chat Video')).toMatchObject([
			{ status: 'completed' },
			{ errorKind: 'moderated' },
		]);
		expect(node.relay.turns).toHaveLength(2);
	});
});
