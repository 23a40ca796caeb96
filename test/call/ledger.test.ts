import { clock } from '../support/clock';
import type { IDataObject, INode } from 'n8n-workflow';
import { createLedger, type CallId, type LedgerEntry } from '../../nodes/ChatVideo/call/ledger';
import { brokenFor } from '../relay/brokenFor';
import { refusals } from '../relay/refusals';
import { startRelay } from '../relay/relay';
import type { Situation } from '../relay/situations';
import { chain, chatVideoNode, triggerName, workflowNode } from '../support/engineWorkflow';
import { itemsOf, useNode } from '../support/useNode';
import { timeOf } from '../support/timeOf';

const node = useNode();

const wishes = { operation: 'generate', prompt: '={{ $json.wish }}' };
const retryOnFail = (maxTries = 2) => ({ retryOnFail: true, maxTries, waitBetweenTries: 1 });
const goOn: Partial<INode> = { onError: 'continueRegularOutput' };

/** What the node was asked for, in order. */
const sent = () => node.relay.turns.map(({ prompt }) => prompt);
const taskOf = (turn: number) => node.relay.turns[turn]?.taskId ?? 'none';

describe('a Retry whose items come in another order', () => {
	const call = (item: number, digest: string, execution = '2'): CallId => ({
		...{ run: 0, item, digest, wording: 'w', execution },
	});
	const filled = (...digests: string[]) => {
		const ledger = createLedger({});
		const entry = (at: number): LedgerEntry => ({ state: 'task', task: { taskId: `t${at}` } });
		ledger.restore(
			digests.map((digest, at) => ({ ...call(at, digest, '1'), ...entry(at) })),
			true,
		);
		return ledger;
	};
	const find = (before: string, now: string) => {
		const ledger = filled(...before);
		return [...now].map((digest, at) => {
			const found = ledger.find(call(at, digest));
			return found?.state === 'task' ? found.task.taskId : undefined;
		});
	};

	it.each<[string, string, string, ReadonlyArray<string | undefined>]>([
		['the same order', 'abc', 'abc', ['t0', 't1', 't2']],
		['two changed', 'ab', 'ba', ['t1', 't0']],
		['all turned round', 'abc', 'cab', ['t2', 't0', 't1']],
		['one item gone', 'abc', 'bc', ['t1', 't2']],
		['two items alike, and one was never sent', 'a', 'aa', ['t0', undefined]],
		['two items alike', 'aab', 'baa', ['t2', 't1', 't0']],
		['a prompt that changes by itself', 'ab', 'xy', ['t0', 't1']],
	])('gives each what was sent for it: %s', (_, before, now, expected) => {
		expect(find(before, now)).toEqual(expected);
	});
});

describe('Retry On Fail', () => {
	it('gives a finished item again without a request', async () => {
		node.relay.next({ kind: 'generate' }, refusals.rateLimited());

		const run = await node.run(
			{ ...wishes, options: { maxTries: 1 } },
			{ items: itemsOf({ wish: 'one' }, { wish: 'two' }), settings: retryOnFail() },
		);

		expect(run.status).toBe('success');
		expect(sent()).toEqual(['one', 'two', 'two']);
		expect(run.json('Chat Video').map(({ taskId }) => taskId)).toEqual([taskOf(0), taskOf(2)]);
	});

	it('gives a finished item again with its whole conversation', async () => {
		node.relay.next({ kind: 'generate' }, refusals.rateLimited());

		const run = await node.run(
			{ ...wishes, options: { maxTries: 1 } },
			{ items: itemsOf({ wish: 'one' }, { wish: 'two' }), settings: retryOnFail() },
		);

		expect(run.json('Chat Video')[0]?.messages).toEqual([
			{ role: 'user', content: 'one' },
			{ role: 'assistant', content: node.relay.turns[0]?.transcript },
		]);
	});

	it('asks for the task of an item that broke', async () => {
		node.relay.next(brokenFor(8));

		const run = await node.run(
			{ ...wishes, simplify: false, options: { timeout: 20 } },
			{ items: itemsOf({ wish: 'one' }), settings: retryOnFail(5) },
		);

		expect(run.status).toBe('success');
		expect(sent()).toEqual(['one']);
		expect(run.json('Chat Video')[0]).toMatchObject({
			taskId: taskOf(0),
			videoUrl: node.relay.turns[0]?.videoUrl,
			recovered: true,
		});
	});

	it('does not send again what was sent and never answered, and names Submit Again', async () => {
		node.relay.next({ kind: 'reset', when: 'beforeHeaders', billed: true });

		const run = await node.run(wishes, {
			items: itemsOf({ wish: 'one' }),
			settings: retryOnFail(5),
		});

		expect(sent()).toEqual(['one']);
		expect(node.relay.billed).toBe(1);
		expect(run.error('Chat Video')?.message).toContain('closed the connection before it answered');
		expect(run.error('Chat Video')?.description).toContain('turn on the option Submit Again');
	});

	it('does not send a generation again that was refused for its content', async () => {
		node.relay.next({ kind: 'generate', fails: { at: 92, reason: 'real people' } });

		const run = await node.run(wishes, {
			items: itemsOf({ wish: 'one' }),
			settings: retryOnFail(5),
		});

		expect(sent()).toEqual(['one']);
		expect(run.error('Chat Video')?.message).toContain('real people');
		expect(run.error('Chat Video')?.description).toContain(taskOf(0));
	});

	it('pays once for a prompt that changes with every try', async () => {
		node.relay.next({ kind: 'reset', when: 'beforeHeaders', billed: true });

		await node.run(
			{ operation: 'generate', prompt: '={{ $json.wish }} at {{ Math.random() }}' },
			{ items: itemsOf({ wish: 'a cat' }), settings: retryOnFail(5) },
		);

		expect(node.relay.billed).toBe(1);
	});

	it('pays for each of two items that wish the same', async () => {
		const run = await node.run(wishes, { items: itemsOf({ wish: 'one' }, { wish: 'one' }) });

		const [first, second] = run.json('Chat Video');
		expect(node.relay.billed).toBe(2);
		expect(first?.taskId).not.toBe(second?.taskId);
	});
});

describe('an error before the request', () => {
	it.each([
		['was sent', { kind: 'reset', when: 'beforeHeaders', billed: true } as Situation, 'possible'],
		['has a task', brokenFor(1_000), 'started'],
	])('says that an earlier try of the item %s', async (_, situation, billing) => {
		node.relay.next(situation);
		const options = { timeout: 20 };
		const failed = await node.run({ ...wishes, options }, { items: itemsOf({ wish: 'one' }) });
		const empty = { ...wishes, options, prompt: ' ' };

		const retried = await node.run(empty, { previous: failed.saved });
		const goneOn = await node.run(empty, { previous: failed.saved, settings: goOn });

		expect(retried.error('Chat Video')?.message).toContain('Prompt is empty');
		const found = billing === 'started' ? taskOf(0) : 'may have been charged';
		expect(retried.error('Chat Video')?.description).toContain(found);
		expect(goneOn.json('Chat Video')[0]).toMatchObject({
			billing,
			...(billing === 'started' && { taskId: taskOf(0) }),
		});
	});
});

it('an error before the request names every task and video of an earlier try', async () => {
	const items = itemsOf({ wish: 'one' }, { wish: 'two' });
	node.relay.next({ kind: 'generate', twoChoices: 'after' }, refusals.quota());
	const failed = await node.run({ ...wishes, simplify: false }, { items });
	const retried = await node.run({ ...wishes, prompt: ' ' }, { items, previous: failed.saved });

	const [bill] = node.relay.bills;
	const other = bill?.taskId.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
	expect(retried.error('Chat Video')?.message).toContain('Prompt is empty [item 0]');
	const description = retried.error('Chat Video')?.description;
	expect(description).toContain(`task ${bill?.taskId} and ${other}`);
	expect(description).toContain(node.relay.turns[0]?.videoUrl?.replace('/cdn/', '/cdn/other-'));
});

describe('an error that ends the run', () => {
	const slow = useNode({
		situation: ({ prompt }) =>
			prompt === 'slow' ? { kind: 'silent', when: 'beforeHeaders' } : undefined,
	});

	it('says what an earlier try has paid for, also of items that this one did not come to', async () => {
		const run = await slow.run(
			{ ...wishes, options: { maxConcurrency: 2, idleTimeout: 20 } },
			{
				items: itemsOf({ wish: 'slow' }, { wish: 'two' }, { wish: 'three' }),
				settings: retryOnFail(3),
			},
		);

		const { taskId } = slow.relay.turns.find(({ prompt }) => prompt === 'three') ?? {};
		expect(slow.relay.turns).toHaveLength(3);
		expect(run.error('Chat Video')?.message).toContain('[item 0]');
		expect(run.error('Chat Video')?.description).toContain(`Item 2 has task ${taskId}`);
	});
});

it('an error that ends the run names the videos of the others, also where they have no task', async () => {
	node.relay.next({ kind: 'generate', dialect: 'bare' }, refusals.quota());

	const run = await node.run(wishes, { items: itemsOf({ wish: 'one' }, { wish: 'two' }) });

	const { videoUrl } = node.relay.turns[0] ?? {};
	expect(run.error('Chat Video')?.description).toContain(`Item 0 has <a href="${videoUrl}"`);
});

describe('Retry Execution', () => {
	const oneAndTwo = itemsOf({ wish: 'one' }, { wish: 'two' });

	it('with the saved run data runs no finished item again', async () => {
		node.relay.next({ kind: 'generate' }, refusals.quota());
		const failed = await node.run(wishes, { items: oneAndTwo });

		const retried = await node.run(wishes, { previous: failed.saved });

		expect(retried.status).toBe('success');
		expect(sent()).toEqual(['one', 'two', 'two']);
		expect(retried.json('Chat Video')[0]?.taskId).toBe(taskOf(0));
	});

	it('with the saved run data asks for a task that was started', async () => {
		node.relay.next(brokenFor(8));
		const failed = await node.run(
			{ ...wishes, options: { timeout: 20 } },
			{ items: itemsOf({ wish: 'one' }) },
		);
		expect(failed.error('Chat Video')?.message).toContain('timeout');

		const retried = await node.run(wishes, { previous: failed.saved });

		expect(retried.json('Chat Video')[0]?.videoUrl).toBe(node.relay.turns[0]?.videoUrl);
		expect(sent()).toEqual(['one']);
	});

	it('sends a prompt that was edited', async () => {
		node.relay.next(refusals.html(504, true));
		const failed = await node.run(wishes, { items: itemsOf({ wish: 'one' }) });

		const edited = { ...wishes, prompt: '={{ $json.wish }} and only one' };
		const retried = await node.run(edited, { previous: failed.saved });

		expect(retried.status).toBe('success');
		expect(sent()).toEqual(['one', 'one and only one']);
	});

	it('does not send a prompt again that has changed by itself', async () => {
		node.relay.next(refusals.html(504, true));
		const changing = { ...wishes, prompt: '={{ $json.wish }} at {{ Math.random() }}' };
		const failed = await node.run(changing, { items: itemsOf({ wish: 'one' }) });

		const retried = await node.run(changing, { previous: failed.saved });

		expect(retried.error('Chat Video')?.description).toContain('Submit Again');
		expect(node.relay.billed).toBe(1);
	});

	it('sends it to another relay', async () => {
		node.relay.next(refusals.html(504, true));
		const changing = { ...wishes, prompt: '={{ $json.wish }} at {{ Math.random() }}' };
		const failed = await node.run(changing, { items: itemsOf({ wish: 'one' }) });
		await using other = await startRelay();

		const { url: baseUrl, apiKey } = other;
		await node.run(changing, {
			previous: failed.saved,
			credentials: { chatVideoApi: { baseUrl, apiKey } },
		});

		expect(other.billed).toBe(1);
	});

	it.each<[string, (context: IDataObject) => void]>([
		['of another version', ({ chatVideoLedger }) => ((chatVideoLedger as IDataObject).version = 0)],
		['that cannot be read', (context) => (context.chatVideoLedger = 'lost')],
		['that is gone', (context) => delete context.chatVideoLedger],
	])('sends nothing after a ledger %s, until Submit Again', async (_, spoil) => {
		node.relay.next({ kind: 'reset', when: 'beforeHeaders', billed: true });
		const { saved } = await node.run(wishes, { items: itemsOf({ wish: 'one' }) });
		spoil(saved.executionData?.contextData['node:Chat Video'] ?? {});

		const edited = { ...wishes, prompt: '={{ $json.wish }} and only one' };
		const retried = await node.run(edited, { previous: saved });
		expect(retried.error('Chat Video')?.description).toContain('Submit Again');
		const again = await node.run(edited, { previous: retried.saved });
		expect(again.error('Chat Video')?.description).toContain('Submit Again');
		expect(sent()).toEqual(['one']);

		const options = { submitAgain: true };
		const paid = await node.run({ ...edited, options }, { previous: again.saved });
		expect(paid.status).toBe('success');
		expect(sent()).toEqual(['one', 'one and only one']);
	});

	it('knows the call whose model was chosen once more', async () => {
		node.relay.next(refusals.html(504, true));
		const model = { __rl: true, mode: 'list', value: 'sora-2' };
		const changing = { ...wishes, prompt: '={{ $json.wish }} at {{ Math.random() }}' };
		const failed = await node.run({ ...changing, model }, { items: itemsOf({ wish: 'one' }) });

		for (const more of [
			{ cachedResultName: 'Sora 2', cachedResultUrl: 'https://relay.example/sora-2' },
			{ mode: 'id' },
		]) {
			const chosen = { ...changing, model: { ...model, ...more } };
			const retried = await node.run(chosen, { previous: failed.saved });
			expect(retried.error('Chat Video')?.description).toContain('Submit Again');
		}
		const other = { ...changing, model: { ...model, value: 'sora-2-pro' } };
		expect((await node.run(other, { previous: failed.saved })).status).toBe('success');
		expect(node.relay.billed).toBe(2);
	});

	it.each(['sora-2', { mode: 'list', value: 'sora-2', __rl: true }])(
		'knows the call whose model has another form: %j',
		async (model) => {
			node.relay.next(refusals.html(504, true));
			const changing = { ...wishes, prompt: '={{ $json.wish }} at {{ Math.random() }}' };
			const known = { __rl: true, mode: 'id', value: 'sora-2' };
			const items = itemsOf({ wish: 'one' });
			const failed = await node.run({ ...changing, model: known }, { items });

			const retried = await node.run({ ...changing, model }, { previous: failed.saved });

			expect(retried.error('Chat Video')?.description).toContain('Submit Again');
			expect(node.relay.turns).toHaveLength(1);
		},
	);

	it.each<[string, string, string]>([
		['another key', 'another-key', ''],
		['a path that says the same', '', '/v1/'],
		['the whole path', '', '/v1/chat/completions'],
		['another key and a blank', ' another-key ', '/ '],
	])('knows the call whose credential has %s', async (_, key, path) => {
		node.relay.next(refusals.html(504, true));
		const changing = { ...wishes, prompt: '={{ $json.wish }} at {{ Math.random() }}' };
		const failed = await node.run(changing, { items: itemsOf({ wish: 'one' }) });

		const chatVideoApi = { baseUrl: node.relay.url + path, apiKey: key || node.relay.apiKey };
		const retried = await node.run(changing, {
			previous: failed.saved,
			credentials: { chatVideoApi },
		});

		expect(retried.error('Chat Video')?.description).toContain('Submit Again');
		expect(node.relay.turns).toHaveLength(1);
	});

	it('finds neither key nor conversation in the ledger', async () => {
		node.relay.next({ kind: 'generate' }, refusals.unauthorized());
		const failed = await node.run(wishes, { items: oneAndTwo });

		const kept = JSON.stringify(failed.saved.executionData?.contextData);
		expect(kept).toContain(taskOf(0));
		expect(kept).not.toContain(node.relay.apiKey);
		expect(kept).not.toContain('"role"');
	});
});

it('the key is kept nowhere, also where the relay repeats it', async () => {
	const message = `Incorrect API key provided: ${node.relay.apiKey}`;
	node.relay.next({ kind: 'status', status: 401, body: { error: { message } } });

	const run = await node.run(wishes, { items: itemsOf({ wish: 'one' }) });

	expect(run.error('Chat Video')?.message).toContain('Incorrect API key provided: ***');
	expect(JSON.stringify([run.saved, run.logs])).not.toContain(node.relay.apiKey);
});

describe('Submit Again', () => {
	const again = { ...wishes, options: { submitAgain: true } };
	const one = itemsOf({ wish: 'one' });
	const gone: Situation = { kind: 'reset', when: 'beforeHeaders', billed: true };

	it('sends once more what may have been paid for', async () => {
		node.relay.next(gone);
		const failed = await node.run(wishes, { items: one });

		const retried = await node.run(again, { previous: failed.saved });

		expect(retried.status).toBe('success');
		expect(sent()).toEqual(['one', 'one']);
	});

	it('sends once, and not with every try of Retry On Fail', async () => {
		node.relay.next(gone, gone, gone, gone);
		const failed = await node.run(wishes, { items: one });

		await node.run(again, { previous: failed.saved, settings: retryOnFail(5) });

		expect(node.relay.billed).toBe(2);
	});

	it('does not send what is finished, or can be asked for', async () => {
		node.relay.next(brokenFor(8));
		const failed = await node.run(
			{ ...wishes, options: { timeout: 20 } },
			{ items: itemsOf({ wish: 'one' }) },
		);

		const retried = await node.run(again, { previous: failed.saved });

		expect(retried.json('Chat Video')[0]?.taskId).toBe(taskOf(0));
		expect(node.relay.billed).toBe(1);
	});

	it('sends a task again that nobody knows any more', async () => {
		node.relay.next({ kind: 'generate', cutAt: 'afterTask', tasks: 'unknown' });
		const failed = await node.run(wishes, { items: one });
		expect(failed.error('Chat Video')?.description).toContain(taskOf(0));

		const retried = await node.run(again, { previous: failed.saved });

		expect(retried.json('Chat Video')[0]?.taskId).toBe(taskOf(1));
	});

	it.each<[string, Situation, object]>([
		['was sent', gone, { billing: 'possible' }],
		[
			'has a task nobody knows',
			{ kind: 'generate', cutAt: 'afterTask', tasks: 'unknown' },
			{ billing: 'started' },
		],
	])(
		'that was refused says what the earlier call that %s may have cost',
		async (_, first, cost) => {
			node.relay.next(first, refusals.unauthorized());
			const failed = await node.run(wishes, { items: one });
			const refused = await node.run(again, { previous: failed.saved, settings: goOn });

			const item = refused.json('Chat Video')[0];
			expect(item).toMatchObject({ errorKind: 'unauthorized', ...cost });
			if (item?.billing === 'started') expect(item.taskId).toBe(taskOf(0));
			expect(refused.items('Chat Video')[0]?.json.error).toContain('Invalid token');
		},
	);

	it('that was refused free of charge leaves what was before it', async () => {
		node.relay.next(gone, refusals.unauthorized());
		const failed = await node.run(wishes, { items: one });
		const refused = await node.run(again, { previous: failed.saved });
		expect(refused.error('Chat Video')?.message).toContain('Invalid token');

		const retried = await node.run(wishes, { previous: refused.saved });

		expect(retried.error('Chat Video')?.description).toContain('Submit Again');
		expect(sent()).toEqual(['one', 'one']);
	});
});

it("a loop's second round is a call of its own", async () => {
	const to = (...names: string[]) => ({
		main: [names.map((name) => ({ node: name, type: 'main' as const, index: 0 }))],
	});
	const rounds = ['Round 1', 'Round 2'].map((name) => workflowNode({ name }));

	const run = await node.engine.run(
		{
			nodes: [...chain().nodes, ...rounds, chatVideoNode({ parameters: wishes })],
			connections: {
				[triggerName]: to('Round 1', 'Round 2'),
				'Round 1': to('Chat Video'),
				'Round 2': to('Chat Video'),
			},
		},
		{ items: itemsOf({ wish: 'one' }), credentials: node.credentials() },
	);

	expect(run.data.resultData.runData['Chat Video']).toHaveLength(2);
	expect(sent()).toEqual(['one', 'one']);
	expect(run.json('Chat Video')[0]?.taskId).toBe(taskOf(1));
});

describe('what loses money elsewhere', () => {
	it('does not resubmit on timeout', async () => {
		node.relay.next({ kind: 'silent', when: 'afterHeaders' });

		const run = await node.run(
			{ ...wishes, options: { idleTimeout: 3, maxTries: 5 } },
			{ items: itemsOf({ wish: 'one' }), settings: retryOnFail(5) },
		);

		expect(run.error('Chat Video')?.message).toContain('sent nothing for 3 s');
		expect(sent()).toEqual(['one']);
	});

	it('keeps the id on timeout', async () => {
		node.relay.next({ kind: 'generate', silentAt: 'afterProgress', tasks: 'pending' });

		const run = await node.run(
			{ ...wishes, options: { idleTimeout: 20, timeout: 40 } },
			{ items: itemsOf({ wish: 'one' }), settings: goOn },
		);

		expect(run.json('Chat Video')[0]).toMatchObject({
			errorKind: 'timeout',
			billing: 'started',
			taskId: taskOf(0),
			sourceUrl: `${node.relay.url}/source/${taskOf(0)}`,
		});
	});

	it('does not run finished items again', async () => {
		node.relay.next({ kind: 'generate' }, { kind: 'generate' }, refusals.html(504, true));
		const items = itemsOf({ wish: 'one' }, { wish: 'two' }, { wish: 'three' });

		const failed = await node.run(wishes, { items, settings: retryOnFail(5) });
		await node.run(wishes, { previous: failed.saved, settings: retryOnFail(5) });

		expect(sent()).toEqual(['one', 'two', 'three']);
	});
});

describe('a refusal', () => {
	const one = itemsOf({ wish: 'one' });

	it.each<[string, Situation]>([
		['a limit of calls', refusals.rateLimited()],
		['a limit of calls that names a time', refusals.rateLimited(2)],
		['a busy relay', refusals.busy('json')],
		['a busy relay with a line of text', refusals.busy('text')],
	])('that is free is tried again, as %s', async (_, refusal) => {
		node.relay.next(refusal, refusal);

		const run = await node.run(wishes, { items: one });

		expect(run.status).toBe('success');
		expect(node.relay.turns.map(({ billed }) => billed)).toEqual([false, false, true]);
	});

	it('is tried as often as Max Tries says', async () => {
		const refusal = refusals.rateLimited();
		node.relay.next(refusal, refusal, refusal);

		const run = await node.run({ ...wishes, options: { maxTries: 2 } }, { items: one });

		expect(run.error('Chat Video')?.message).toContain('负载已饱和');
		expect(sent()).toHaveLength(2);
	});

	it('waits as long as the relay asks for, else ever longer', async () => {
		node.relay.next(refusals.rateLimited(30), refusals.rateLimited());

		await node.run(wishes, { items: one });

		const [first = 0, second = 0, third = 0] = node.relay.turns.map(({ at }) => at);
		expect(second - first).toBeGreaterThanOrEqual(30_000);
		expect(third - second).toBeGreaterThanOrEqual(2_000);
		expect(third - second).toBeLessThan(20_000);
	});

	it('is not waited for beyond the timeout', async () => {
		node.relay.next(refusals.rateLimited(60));

		const run = await node.run({ ...wishes, options: { timeout: 30 } }, { items: one });

		expect(run.error('Chat Video')?.message).toContain('负载已饱和');
		expect(sent()).toHaveLength(1);
	});

	it.each<[string, Situation]>([
		['502', refusals.html(502)],
		['504', refusals.html(504)],
		['524', refusals.html(524)],
		['500', refusals.emptyBody(500)],
		['503 of a gateway', refusals.html(503)],
		['reset', { kind: 'reset', when: 'beforeHeaders' }],
		['reset after the headers', { kind: 'reset', when: 'afterHeaders' }],
	])('that may have cost is not, as a %s', async (_, situation) => {
		node.relay.next(situation);

		const run = await node.run(
			{ ...wishes, options: { maxTries: 5 } },
			{ items: one, settings: goOn },
		);

		expect(run.json('Chat Video')[0]).toMatchObject({ billing: 'possible' });
		expect(sent()).toEqual(['one']);
	});

	it('of the connection is tried again', async () => {
		const startedAt = Date.now();
		const run = await node.run(wishes, {
			items: one,
			credentials: { chatVideoApi: { baseUrl: 'http://127.0.0.1:1', apiKey: 'k' } },
		});

		expect(run.error('Chat Video')?.message).toContain('nothing listens there');
		expect(Date.now() - startedAt).toBeGreaterThanOrEqual(3_000);
	});

	it('ends with Stop while it is waited out', async () => {
		node.relay.next(refusals.rateLimited(200));
		const stop = new AbortController();
		const running = node.run(wishes, { items: one, signal: stop.signal });
		await (
			await node.relay.turn(0)
		).closed;
		await clock.realPause(50);

		const stoppedAt = Date.now();
		stop.abort();
		const run = await running;

		expect(run.status).toBe('canceled');
		expect(Date.now() - stoppedAt).toBeLessThan(40_000);
		expect(sent()).toHaveLength(1);
	});
});

describe('a task', () => {
	it('is in the log and in the custom data as soon as it is known', async () => {
		node.relay.next({ kind: 'generate', silentAt: 'afterTask' });
		const stop = new AbortController();
		const run = await node.run(wishes, {
			items: itemsOf({ wish: 'one' }),
			signal: stop.signal,
			mode: 'webhook',
			onChunk: ({ content = '' }) => content.includes(taskOf(0)) && stop.abort(),
		});

		expect(run.logs).toContainEqual(
			expect.objectContaining({
				level: 'info',
				message: `Chat Video: task ${taskOf(0)} was started for item 0`,
			}),
		);
		expect(run.metadata).toEqual({ chatVideoTask: taskOf(0) });
	});

	it('is in both, too, where it is only one of those that an answer names', async () => {
		const ids = ['task_01k0main0000000000000000aa', 'task_01k0more0000000000000000bb'];
		const chunks = [
			{ choices: [{ delta: { content: `> ID: \`${ids[0]}\`\n> 生成中\n` } }] },
			{ choices: [], task_id: ids[1] },
		];
		const bytes = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');
		node.relay.next({ kind: 'play', bytes });

		const run = await node.run(wishes, { items: itemsOf({ wish: 'one' }), settings: goOn });

		const noted = run.logs.filter(({ message }) => message.includes('was started for item 0'));
		expect(noted.map(({ message }) => message.split(' ')[3])).toEqual(ids);
		expect(Object.values(run.metadata ?? {})).toEqual(ids);
	});

	it('of a later item, try or node does not replace another in the custom data', async () => {
		const items = itemsOf({ wish: 'one' }, { wish: 'two' });
		node.relay.next({ kind: 'silent', when: 'beforeHeaders' }, { kind: 'generate' });

		const options = { maxConcurrency: 2, idleTimeout: 20 };
		const settings = { ...goOn, ...retryOnFail(3) };
		const run = await node.engine.run(
			chain(
				chatVideoNode({ name: 'A', parameters: { ...wishes, options }, ...settings }),
				chatVideoNode({
					name: 'B',
					parameters: { ...wishes, prompt: '=again {{ $itemIndex }}', options },
				}),
			),
			{ items, credentials: node.credentials() },
		);

		const started = node.relay.turns.flatMap(({ taskId, situation }) =>
			situation.kind === 'generate' ? taskId : [],
		);
		expect(started).toHaveLength(3);
		expect(Object.values(run.metadata).sort()).toEqual(started.sort());
	});
});

it('sums up in a hint what became of the items', async () => {
	node.relay.next(
		{ kind: 'generate' },
		{ kind: 'generate' },
		refusals.html(504, true),
		refusals.quota(),
	);
	const items = itemsOf(...['1', '2', '3', '4', '5'].map((wish) => ({ wish })));

	const run = await node.run(wishes, { items, settings: goOn });

	expect(run.hints('Chat Video').map(({ message }) => message)).toEqual([
		'3 of 5 videos completed; 1 may have been charged',
	]);
});

const idOf = (more: Partial<CallId> = {}): CallId => ({
	run: 0,
	item: 0,
	digest: 'a',
	wording: '',
	execution: '1',
	...more,
});

const left: LedgerEntry = { state: 'sent' };

describe('the ledger', () => {
	it('is plain data in the context it is given, and is found there again', () => {
		const context = {};
		createLedger(context).record(idOf(), { state: 'task', task: { taskId: 'task_1' } });

		const kept = JSON.parse(JSON.stringify(context)) as IDataObject;
		expect(createLedger(kept).find(idOf({ execution: '2' }))).toMatchObject({
			task: { taskId: 'task_1' },
		});
	});

	const worded = { wording: 'w' };
	it.each<[string, Partial<CallId>, Partial<CallId>, boolean]>([
		['the same body in another execution', {}, { execution: '2' }, true],
		['another body in the same execution', {}, { digest: 'b' }, true],
		['another body in another execution', {}, { digest: 'b', execution: '2' }, false],
		[
			'another body where there are no executions',
			{ execution: '' },
			{ digest: 'b', execution: '' },
			false,
		],
		['the same wording', worded, { ...worded, digest: 'b', execution: '2' }, true],
		['the same body, worded otherwise', worded, { wording: 'v', execution: '2' }, true],
		['another wording', worded, { wording: 'v', digest: 'b', execution: '2' }, false],
		['another item', { item: 1 }, { item: 10 }, false],
		['another run', {}, { run: 1 }, false],
	])('knows a call by what it is: %s', (_, kept, asked, known) => {
		const ledger = createLedger({});
		ledger.record(idOf(kept), left);

		expect(ledger.find(idOf(asked))?.state).toBe(known ? 'sent' : undefined);
	});

	it.each<[string, Partial<CallId>, boolean]>([
		['in another run', { run: 1, execution: '2' }, true],
		['of another item', { item: 3 }, true],
		['of another body in the same run', { digest: 'b' }, false],
		['of another body with the same wording', { digest: 'b', wording: 'w' }, false],
	])('knows a tool’s call by its body alone: %s', (_, asked, known) => {
		const ledger = createLedger({}, { byDigest: true });
		ledger.record(idOf({ wording: 'w' }), left);

		expect(ledger.find(idOf(asked))?.state).toBe(known ? 'sent' : undefined);
	});

	it('sees at once what another opening of the same context has recorded', () => {
		const context = {};
		const [one, two] = [createLedger(context), createLedger(context)];
		one.record(idOf(), left);

		expect(two.find(idOf())).toMatchObject(left);
	});

	it('forgets what was refused free of charge, and keeps what was before it', () => {
		const ledger = createLedger({});
		ledger.record(idOf({ item: 1 }), { state: 'task', task: { taskId: 'task_1' } });
		for (const item of [0, 1]) {
			ledger.record(idOf({ item }), left);
			ledger.clear(idOf({ item }));
		}

		expect(ledger.find(idOf())).toBeUndefined();
		expect(ledger.find(idOf({ item: 1 }))).toMatchObject({ state: 'task' });
	});

	it('forgets nothing of a call that did not leave in this try', () => {
		const context = {};
		createLedger(context).record(idOf(), left);
		const later = createLedger(context);
		later.clear(idOf());

		expect(later.find(idOf())).toMatchObject(left);
	});

	it('reports each change, and a free refusal as one, whatever stands after it', () => {
		const seen: Array<string | undefined> = [];
		const ledger = createLedger({}, { onRecord: (_, entry) => seen.push(entry?.state) });
		const failed: LedgerEntry = {
			state: 'failed',
			kind: 'failed',
			message: 'no',
			facts: { billing: 'possible' },
		};
		ledger.record(idOf(), left);
		ledger.clear(idOf());
		ledger.record(idOf(), left);
		ledger.record(idOf(), failed);
		ledger.record(idOf(), left);
		ledger.clear(idOf());

		expect(seen).toEqual(['sent', undefined, 'sent', 'failed', 'sent', undefined]);
	});

	it.each<[string, unknown, boolean]>([
		['another version', { version: 1, records: {}, isLost: false }, false],
		['an older form', { version: 1, entries: {} }, false],
		['no records', { version: 2 }, false],
		['a version of later', { version: 3, records: {}, isLost: false }, false],
		['a half, which does not say whether it is whole', { version: 2, records: {} }, false],
		['an empty object', {}, false],
		['a list', [], false],
		...[
			{ state: 'sent' },
			{ ...idOf(), digest: undefined, state: 'sent' },
			{ ...idOf(), run: '0', state: 'sent' },
			{ ...idOf(), state: 'task' },
			{ ...idOf(), state: 'done', result: null },
			{ ...idOf(), state: 'failed', kind: 'failed', message: 'no' },
			{ ...idOf(), state: 'asleep' },
			{ ...idOf(), state: 'toString' },
			null,
		].map((record): [string, unknown, boolean] => [
			`the record ${JSON.stringify(record)}`,
			{ version: 2, records: { 0: [record] }, isLost: false },
			false,
		]),
		['records that are none', { version: 2, records: { 0: 'sent' }, isLost: false }, false],
		['text', 'records', false],
		['nothing where the node has run', undefined, true],
	])('counts every call as sent after %s, through all tries', (_, chatVideoLedger, hasRun) => {
		const context = { ...(chatVideoLedger !== undefined && { chatVideoLedger }) };
		const ledger = createLedger(context, { hasRun });
		expect([ledger.find(idOf())?.state, ledger.isOwn(idOf())]).toEqual(['sent', false]);

		ledger.record(idOf(), left);
		expect([ledger.find(idOf())?.state, ledger.isOwn(idOf())]).toEqual(['sent', true]);
		expect(createLedger(context).find(idOf({ item: 1 }))?.state).toBe('sent');
	});

	it('is whole again with the records that were kept elsewhere', () => {
		const ledger = createLedger({}, { hasRun: true });
		ledger.record(idOf({ item: 1 }), { state: 'task', task: { taskId: 'task_1' } });
		ledger.restore(
			[
				{ ...idOf(), ...left },
				{ ...idOf({ item: 1 }), ...left },
			],
			true,
		);

		expect([0, 1, 2].map((item) => ledger.find(idOf({ item }))?.state)).toEqual([
			'sent',
			'task',
			undefined,
		]);
	});

	it.each([
		['the latest that another execution made of a call', '2', 'task_2'],
		['nothing that its own execution knows less of', 'mine', 'task_1'],
	])('takes over %s', (_, execution, taskId) => {
		const ledger = createLedger({});
		ledger.record(idOf({ execution: 'mine' }), { state: 'task', task: { taskId: 'task_1' } });
		ledger.restore(
			[
				{ ...idOf({ execution }), state: 'task', task: { taskId: 'task_2' } },
				{ ...idOf({ execution: 'older' }), ...left },
			],
			true,
		);

		expect(ledger.find(idOf())).toMatchObject({ state: 'task', task: { taskId } });
	});

	it('says what may have been paid for in a run, by item', () => {
		const ledger = createLedger({});
		const videoUrl = 'https://relay.example/1.mp4';
		ledger.record(idOf(), left);
		ledger.record(idOf({ item: 1 }), { state: 'task', task: { taskId: 'task_1' } });
		ledger.record(idOf({ item: 2 }), {
			state: 'done',
			result: { status: 'completed', progressLog: [], taskId: 'task_2', videoUrl },
		});
		ledger.record(idOf({ run: 1, item: 3 }), { state: 'task', task: { taskId: 'task_3' } });

		expect([...ledger.paid(0)]).toEqual([
			[0, { billing: 'possible' }],
			[1, { billing: 'started', task: { taskId: 'task_1' } }],
			[2, { billing: 'started', task: { taskId: 'task_2', videoUrl } }],
		]);
	});

	it('finds each of 10,000 items in a moment', async () => {
		const ledger = createLedger({});
		const time = timeOf(() => {
			for (let item = 0; item < 10_000; item += 1) {
				ledger.record(idOf({ item, digest: String(item) }), left);
			}
		});

		expect(await time).toBeLessThan(3_000);
	});
});
