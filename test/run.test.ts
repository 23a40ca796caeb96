import type { IDataObject } from 'n8n-workflow';
import { refusals } from './relay/refusals';
import type { Situation } from './relay/situations';
import { expectRefusal } from './support/expectRefusal';
import { itemsOf, useNode } from './support/useNode';

const generate = { operation: 'generate', prompt: 'A cat in the sun' };
const history = [
	{ role: 'user', content: 'A cat' },
	{ role: 'assistant', content: '> sid: s_1' },
];

const relayed = useNode();

describe('bad input', () => {
	const node = useNode();
	const modify = { operation: 'modify', prompt: 'a hat' };
	const withHistory = (messages: unknown) => ({ ...modify, history: 'json', messages });
	const header = (name: string, value: string) => ({
		...generate,
		options: { headers: { header: [{ name, value }] } },
	});

	it.each<[string, IDataObject, string]>([
		['an empty prompt', { ...generate, prompt: ' ' }, 'Prompt is empty'],
		[
			'a prompt that is an object',
			{ ...generate, prompt: '={{ { a: 1 } }}' },
			'Prompt must be text',
		],
		['a model that is no text', { ...generate, model: '={{ [1] }}' }, 'Model must be text'],
		[
			'an empty model',
			{ ...generate, model: { __rl: true, mode: 'id', value: '' } },
			'Model is empty',
		],
		['messages that are no array', withHistory('{"a": 1}'), 'Messages must be an array'],
		['messages that are no JSON', withHistory('hello'), 'Messages must be an array'],
		[
			'messages without content',
			withHistory('[{"role": "user"}]'),
			'Messages has no role and content in message 1',
		],
		['no messages', withHistory('[]'), 'Messages is empty'],
		[
			'messages that end with a user turn',
			withHistory(JSON.stringify([...history, history[0]])),
			'Messages ends with a message of the user',
		],
		[
			'messages without an assistant turn',
			withHistory(JSON.stringify([history[0]])),
			'Messages holds no assistant message',
		],
		[
			'messages over 1 MB',
			withHistory(
				JSON.stringify([history[0], { role: 'assistant', content: 'x'.repeat(1_000_001) }]),
			),
			'Messages is over 1 MB',
		],
		['an input item without history', modify, 'History: the input item has neither'],
		[
			'fields that name no video',
			{ ...modify, history: 'fields', previousPrompt: 'x' },
			'Previous Sid',
		],
		['a header with a newline', header('X-A', 'a\nb'), 'Headers has a value for X-A'],
		['a header name with a newline', header('X\r\nA', 'a'), 'Headers has a name'],
		[
			'an Authorization header',
			header('authorization', 'Bearer x'),
			'Headers must not set authorization',
		],
		[
			'a body that is no object',
			{ ...generate, options: { body: '[1]' } },
			'Body must be a JSON object',
		],
		[
			'a body that sets messages',
			{ ...generate, options: { body: '{"messages": []}' } },
			'Body must not set messages',
		],
		[
			'a body that sets the model',
			{ ...generate, options: { body: '{"model": "a"}' } },
			'Body must not set model',
		],
		[
			'a body that sets stream',
			{ ...generate, options: { body: '{"stream": false}' } },
			'Body must not set stream',
		],
		[
			'a timeout of nothing',
			{ ...generate, options: { timeout: 0 } },
			'Timeout must be a number of seconds',
		],
	])('%s gets a sentence and costs nothing', async (_, parameters, sentence) => {
		const run = await node.run(parameters);

		expectRefusal(run, sentence);
		expect(node.relay.requests).toHaveLength(0);
	});

	it.each([
		['no address', 'api.example.com', 'Base URL'],
		['another protocol', 'ftp://example.com', 'Base URL'],
		['nothing', '', 'Base URL'],
	])('a base URL that is %s gets a sentence', async (_, baseUrl, sentence) => {
		const run = await node.run(generate, {
			credentials: { chatVideoApi: { baseUrl, apiKey: 'k' } },
		});

		expect(run.error('Chat Video')?.message).toContain(sentence);
	});

	it('in the last item costs nothing for those before it', async () => {
		const run = await node.run(
			{ operation: 'generate', prompt: '={{ $json.wish }}' },
			{ items: itemsOf({ wish: 'one' }, { wish: 'two' }, { wish: '' }) },
		);

		expect(run.error('Chat Video')?.message).toBe('Prompt is empty [item 2]');
		expect(node.relay.requests).toHaveLength(0);
	});
});

interface Expected {
	errorKind: string;
	billing: 'none' | 'possible' | 'started';
	words: string;
	httpCode?: string;
	requestId?: string;
}

describe('what goes wrong', () => {
	const node = useNode();
	const requestId = '202611222024597472269388268d9d6jwygcKzZ';
	const policy = 'This content may violate our guardrails';

	it.each<[string, Situation, Expected]>([
		[
			'a wrong key',
			refusals.unauthorized(),
			{ errorKind: 'unauthorized', billing: 'none', words: 'Invalid token', httpCode: '401' },
		],
		[
			'no quota',
			refusals.quota(),
			{ errorKind: 'quota', billing: 'none', words: '预扣费额度失败', httpCode: '403', requestId },
		],
		[
			'an unknown model',
			refusals.modelNotFound(),
			{
				errorKind: 'modelNotFound',
				billing: 'none',
				words: '无可用渠道',
				httpCode: '503',
				requestId,
			},
		],
		[
			'a 404',
			{ kind: 'status', status: 404, body: { error: { message: 'no such path' } } },
			{ errorKind: 'modelNotFound', billing: 'none', words: 'no such path', httpCode: '404' },
		],
		[
			'a bad request',
			{ kind: 'status', status: 422, body: { detail: 'bad size' } },
			{ errorKind: 'badRequest', billing: 'none', words: 'bad size', httpCode: '422' },
		],
		[
			'a limit of calls',
			refusals.rateLimited(),
			{ errorKind: 'rateLimited', billing: 'none', words: '负载已饱和', httpCode: '429' },
		],
		[
			'a busy relay',
			refusals.busy('text'),
			{ errorKind: 'unavailable', billing: 'none', words: 'image queue is full', httpCode: '503' },
		],
		[
			'a gateway page',
			refusals.html(504),
			{ errorKind: 'unavailable', billing: 'possible', words: 'Gateway time-out', httpCode: '504' },
		],
		[
			'a 500',
			{ kind: 'status', status: 500, body: 'oops' },
			{ errorKind: 'unavailable', billing: 'possible', words: 'oops', httpCode: '500' },
		],
		[
			'a 503 page',
			refusals.html(503),
			{ errorKind: 'unavailable', billing: 'possible', words: '503', httpCode: '503' },
		],
		[
			'a reset before the answer',
			{ kind: 'reset', when: 'beforeHeaders' },
			{
				errorKind: 'unavailable',
				billing: 'possible',
				words: 'closed the connection before it answered',
			},
		],
		[
			'a reset after the headers',
			{ kind: 'reset', when: 'afterHeaders' },
			{ errorKind: 'disconnected', billing: 'possible', words: 'broke the connection off' },
		],
		[
			'a JSON error in a 200',
			{
				kind: 'json',
				body: { error: { message: 'user quota is not enough', code: 'insufficient_user_quota' } },
			},
			{ errorKind: 'quota', billing: 'possible', words: 'user quota is not enough' },
		],
		[
			'an unknown JSON error in a 200',
			{ kind: 'json', body: { error: 'boom (request id: abc123)' } },
			{ errorKind: 'failed', billing: 'possible', words: 'boom', requestId: 'abc123' },
		],
		[
			'a page in a 200',
			{ kind: 'html200' },
			{ errorKind: 'malformed', billing: 'possible', words: 'web page' },
		],
		[
			'an empty 200',
			{ kind: 'play', bytes: '' },
			{ errorKind: 'disconnected', billing: 'possible', words: 'ended without a video' },
		],
		[
			'an error event before the task',
			{
				kind: 'generate',
				errorEvent: { at: 'beforeTask', error: { message: 'upstream error', code: 'x' } },
			},
			{ errorKind: 'failed', billing: 'possible', words: 'upstream error' },
		],
		[
			'a stream of noise alone',
			{ kind: 'play', bytes: 'data: ping\n\ndata: null\n\n' },
			{ errorKind: 'malformed', billing: 'possible', words: 'no event that is a chunk: “ping”' },
		],
		[
			'an event without end',
			{ kind: 'generate', endless: 'event', withoutTask: true },
			{ errorKind: 'malformed', billing: 'possible', words: '8 MiB' },
		],
		[
			'a transcript without end',
			{ kind: 'generate', endless: 'transcript', withoutTask: true },
			{ errorKind: 'malformed', billing: 'possible', words: '4 MiB' },
		],
		[
			'a stream that ends before the task',
			{ kind: 'generate', cutAt: 'beforeTask', cutBy: 'end' },
			{ errorKind: 'disconnected', billing: 'possible', words: 'ended' },
		],
	])('%s is shown as what it is', async (_, situation, expected) => {
		node.relay.next(situation);

		const run = await node.run(
			{ ...generate, options: { recover: false, maxTries: 1 } },
			{ settings: { onError: 'continueErrorOutput' } },
		);

		const { words, ...facts } = expected;
		const [item] = run.json('Chat Video', 1);
		expect(item).toMatchObject(facts);
		expect(item?.error).toContain(words);
		expect(item?.error).toContain('[item 0]');
		expect(item).not.toHaveProperty('taskId');
		expect(JSON.stringify(run.data)).not.toContain(node.relay.apiKey);
	});

	it('a task that is known is named with where to ask for it, and not with its last words', async () => {
		node.relay.next({ kind: 'generate', cutAt: 'afterProgress' });

		const run = await node.run({ ...generate, options: { recover: false } });

		const description = run.error('Chat Video')?.description;
		expect(description).toContain(`Task ${node.relay.turns[0]?.taskId}: get its result`);
		expect(description).toContain('in one that does not follow it');
		expect(description).not.toContain('Its last words');
	});

	it.each([
		[
			'whole',
			'Hello! How can I help you today?',
			'Its last words: “Hello! How can I help you today?”',
		],
		[
			'from their end',
			`${'a cat, '.repeat(60)}🐈`,
			`Its last words: “…${'a cat, '.repeat(60).slice(-199)}🐈”`,
		],
	])('an answer in nothing but words is shown with these, %s', async (_, content, words) => {
		const chunk = JSON.stringify({ choices: [{ delta: { content }, finish_reason: 'stop' }] });
		node.relay.next({ kind: 'play', bytes: `data: ${chunk}\n\ndata: [DONE]\n\n` });

		const run = await node.run(generate);

		expect(run.error('Chat Video')?.description).toContain(words);
		expect(run.error('Chat Video')?.description).toContain('choose one that makes videos');
	});

	it.each<[string, Situation, { errorKind: string; words: string }]>([
		[
			'an error event',
			{ kind: 'generate', errorEvent: { at: 'afterProgress', error: { message: policy } } },
			{ errorKind: 'moderated', words: policy },
		],
		[
			'a moderated generation',
			{ kind: 'generate', fails: { at: 92, reason: policy } },
			{ errorKind: 'moderated', words: policy },
		],
		[
			'a failed generation',
			{ kind: 'generate', fails: { reason: 'Invalid parameter' } },
			{ errorKind: 'failed', words: 'Invalid parameter' },
		],
		[
			'a stream that ends',
			{ kind: 'generate', cutAt: 'afterTask', cutBy: 'end' },
			{ errorKind: 'disconnected', words: 'ended' },
		],
		[
			'a stream that breaks',
			{ kind: 'generate', cutAt: 'midResult' },
			{ errorKind: 'disconnected', words: 'broke the connection off' },
		],
		[
			'silence',
			{ kind: 'generate', silentAt: 'afterProgress' },
			{ errorKind: 'timeout', words: 'sent nothing for 0.3 s' },
		],
		[
			'an event that is no JSON, and a cut',
			{ kind: 'generate', malformedAt: 'afterProgress', cutAt: 'midResult' },
			{ errorKind: 'disconnected', words: 'broke the connection off' },
		],
	])('%s after the task keeps its id and links', async (_, situation, { errorKind, words }) => {
		node.relay.next(situation);

		const run = await node.run({ ...generate, options: { recover: false, idleTimeout: 0.3 } });

		const [turn] = node.relay.turns;
		const error = run.error('Chat Video') as unknown as IDataObject;
		expect(error.name).toBe('NodeApiError');
		expect(error.message).toContain(words);
		expect(error.description).toContain(turn?.taskId);
		expect(error.description).toContain(`${node.relay.url}/source/${turn?.taskId}`);

		node.relay.next(situation);
		const { json } =
			(
				await node.run(
					{ ...generate, options: { recover: false, idleTimeout: 0.3 } },
					{ settings: { onError: 'continueErrorOutput' } },
				)
			).items('Chat Video', 1)[0] ?? {};
		const second = node.relay.turns[1];
		expect(json).toMatchObject({
			errorKind,
			billing: 'started',
			taskId: second?.taskId,
			previewUrl: `${node.relay.url}/web/${second?.taskId}`,
			sourceUrl: `${node.relay.url}/source/${second?.taskId}`,
		});
	});

	it('a link at which the stream broke off is shown, as there may be no other trace', async () => {
		node.relay.next({
			kind: 'generate',
			dialect: 'bare',
			reasoning: true,
			oneChunk: true,
			cutAt: 'afterResult',
		});

		const run = await node.run(generate);

		expect(run.error('Chat Video')?.description).toContain(node.relay.turns[0]?.videoUrl);
	});

	it('the whole time is limited too', async () => {
		node.relay.next({ kind: 'generate', silentAt: 'afterProgress', pingWhileWaiting: 20 });

		const run = await node.run({ ...generate, options: { recover: false, timeout: 0.4 } });

		expect(run.error('Chat Video')?.message).toContain('within the timeout of 0.4 s');
	});

	it('a host that is not there costs nothing', async () => {
		const run = await node.run(
			{ ...generate, options: { maxTries: 1 } },
			{
				credentials: { chatVideoApi: { baseUrl: 'http://127.0.0.1:1', apiKey: 'k' } },
				settings: { onError: 'continueErrorOutput' },
			},
		);

		expect(run.json('Chat Video', 1)[0]).toMatchObject({
			errorKind: 'unavailable',
			billing: 'none',
			error: 'Could not connect to 127.0.0.1:1: nothing listens there [item 0]',
		});
	});

	it('an address this n8n forbids is not asked', async () => {
		const run = await node.run(generate, {
			blockPrivateAddresses: true,
			settings: { onError: 'continueErrorOutput' },
		});

		expect(run.json('Chat Video', 1)[0]).toMatchObject({ errorKind: 'unsafeUrl', billing: 'none' });
		expect(node.relay.requests).toHaveLength(0);
	});

	it('Stop closes the connection and ends the node', async () => {
		node.relay.next({ kind: 'generate', silentAt: 'afterTask' });
		const stop = new AbortController();
		const running = node.run(generate, { signal: stop.signal });
		const turn = await node.relay.turn(0);
		await new Promise((resolve) => setTimeout(resolve, 100));

		const stoppedAt = Date.now();
		stop.abort();
		const run = await running;

		expect(run.status).toBe('canceled');
		const closed = await turn.closed;
		expect(closed.by).toBe('client');
		expect(closed.at - stoppedAt).toBeLessThan(2_000);
	});
});

describe('continue on fail', () => {
	const node = useNode();
	const wishes = { operation: 'generate', prompt: '={{ $json.wish }}' };
	const items = itemsOf({ wish: 'one' }, { wish: 'two' }, { wish: 'three' });

	it('gives every item its own outcome in the regular output', async () => {
		node.relay.next({ kind: 'generate' }, refusals.quota());

		const run = await node.run(wishes, { items, settings: { onError: 'continueRegularOutput' } });

		const [first, second, third] = run.json('Chat Video');
		expect(first?.status).toBe('completed');
		expect(second).toMatchObject({ errorKind: 'quota', billing: 'none', httpCode: '403' });
		expect(third?.status).toBe('completed');
		expect(run.items('Chat Video').map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});

	it('sends errors to the error output, with all that is known', async () => {
		node.relay.next({ kind: 'generate', fails: { reason: 'real people' } });

		const run = await node.run(wishes, { items, settings: { onError: 'continueErrorOutput' } });

		expect(run.json('Chat Video', 0).map(({ prompt }) => prompt)).toEqual(['two', 'three']);
		expect(run.json('Chat Video', 1)).toEqual([
			expect.objectContaining({
				wish: 'one',
				errorKind: 'moderated',
				billing: 'started',
				taskId: node.relay.turns[0]?.taskId,
			}),
		]);
	});

	it('shows bad input the same way', async () => {
		const run = await node.run(wishes, {
			items: itemsOf({ wish: '' }, { wish: 'two' }),
			settings: { onError: 'continueErrorOutput' },
		});

		expect(run.json('Chat Video', 1)[0]).toMatchObject({
			errorKind: 'badRequest',
			billing: 'none',
		});
		expect(run.json('Chat Video', 0)).toHaveLength(1);
	});
});

describe('an error item of a modification', () => {
	const node = useNode({ history: 'any' });
	const earlier = {
		row: 7,
		prompt: 'a wish',
		status: 'completed',
		taskId: 'task_earlier',
		taskIds: ['task_earlier', 'task_other'],
		sid: 's_earlier',
		videoUrl: 'https://cdn.example/earlier.mp4',
		posterUrl: 'https://cdn.example/earlier.webp',
		sourceUrl: 'https://cdn.example/source/earlier',
		previewUrl: 'https://cdn.example/web/earlier',
		messages: history,
		transcript: 'earlier',
	};

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'has nothing of the video before it, with %s',
		async (onError) => {
			for (const refusal of [refusals.unauthorized(), refusals.html(504)]) {
				node.relay.next(refusal);
				const run = await node.run(
					{ operation: 'modify', prompt: 'a hat' },
					{ items: itemsOf(earlier), settings: { onError } },
				);
				const output = onError === 'continueErrorOutput' ? 1 : 0;
				const stored = JSON.parse(JSON.stringify(run.json('Chat Video', output)[0])) as IDataObject;
				const { row, prompt, ...own } = stored;

				expect(Object.keys(own).sort()).toEqual(
					expect.arrayContaining(['billing', 'error', 'errorKind', 'httpCode']) as string[],
				);
				expect(JSON.stringify(own)).not.toContain('earlier');
				if (output === 1) expect([row, prompt]).toEqual([7, 'a wish']);
			}
		},
	);
});

describe('no error says canceled, for which n8n would offer no Retry:', () => {
	const said = (content: string): Situation => ({
		kind: 'play',
		bytes: `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`,
	});
	const status = (code: number, message: string, headers = {}): Situation => ({
		kind: 'status',
		status: code,
		body: { error: { message, code: 'canceled' }, request_id: 'canceled' },
		headers,
	});

	it.each<[string, Situation, string]>([
		['words', status(500, 'context canceled; Canceled'), 'context cancelled; Cancelled'],
		['a link in words', status(400, 'see https://a.example/canceled?b'), '/cancel%65d?b'],
		['a place', status(302, '', { location: 'https://canceled.example/' }), 'cancel%65d.example'],
		['a page', { kind: 'status', status: 502, body: '<html><title>Canceled' }, '“Cancelled”'],
		['an event', { kind: 'play', bytes: 'data: {"error":"canceled"}\n\n' }, '“cancelled”'],
		['last words', said('canceled: https://a.example/canceled'), '/cancel%65d'],
		['links', said('[原始数据](https://a.example/canceled/source/1)\n'), '/cancel&#101;d/'],
	])('%s', async (_, situation, shown) => {
		relayed.relay.next(situation);

		const run = await relayed.run(generate);

		expect(run.status).toBe('error');
		const error = run.error('Chat Video');
		expect(`${error?.message} ${error?.description}`).toContain(shown);
		expect(`${error?.message} ${error?.description} ${error?.stack}`).not.toMatch(/canceled/i);
	});
});

describe('an item that fails', () => {
	const node = useNode();

	it('starts no further ones, and finishes those in flight', async () => {
		node.relay.next({ kind: 'generate', headersAfter: 150 }, refusals.quota(), {
			kind: 'generate',
		});

		const run = await node.run(
			{ operation: 'generate', prompt: '={{ $json.wish }}', options: { maxConcurrency: 2 } },
			{ items: itemsOf({ wish: 'one' }, { wish: 'two' }, { wish: 'three' }, { wish: 'four' }) },
		);

		expect(run.error('Chat Video')?.message).toContain('[item 1]');
		expect(node.relay.turns).toHaveLength(2);
		expect(node.relay.turns[0]?.finished).toBe(true);
		expect((await node.relay.turns[0]?.closed)?.by).toBe('relay');
	});
});
