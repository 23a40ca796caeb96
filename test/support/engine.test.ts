import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
	type IExecuteFunctions,
	type INodeProperties,
	type INodeType,
	NodeApiError,
	NodeConnectionTypes,
	NodeOperationError,
	sleep,
	type StructuredChunk,
} from 'n8n-workflow';
import { type Engine, startEngine } from './engine';
import { engineFolder } from './engineEnvironment';
import { chain, chatVideoNode, workflowNode } from './engineWorkflow';

type Execute = NonNullable<INodeType['execute']>;

let engine: Engine;
/** What the node `test.step` does; each test says it anew. */
let step: Execute;

const properties: INodeProperties[] = [
	{ displayName: 'Prompt', name: 'prompt', type: 'string', default: '' },
	{
		displayName: 'Model',
		name: 'model',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchModels' },
			},
			{ displayName: 'By ID', name: 'id', type: 'string' },
		],
	},
];

const stepNode: INodeType = {
	description: {
		name: 'step',
		displayName: 'Step',
		group: ['transform'],
		version: 1,
		description: 'What the test says',
		defaults: { name: 'Step' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'stepApi', required: true }],
		properties,
	},
	methods: {
		listSearch: {
			async searchModels(filter) {
				const { baseUrl } = await this.getCredentials('stepApi');
				return { results: [{ name: `${String(baseUrl)} ${filter}`, value: 'sora-2' }] };
			},
		},
	},
	async execute(this: IExecuteFunctions) {
		return await step.call(this);
	},
};

const stepOf = (settings: Parameters<typeof workflowNode>[0] = {}) =>
	workflowNode({
		name: 'Step',
		type: 'test.step',
		credentials: { stepApi: { id: '1', name: 'Step account' } },
		...settings,
	});

const two = [{ json: { prompt: 'a cat' } }, { json: { prompt: 'a dog' } }];

beforeAll(async () => {
	engine = await startEngine({
		packages: [],
		nodes: { 'test.step': stepNode },
		credentialTypes: {
			stepApi: {
				name: 'stepApi',
				displayName: 'Step API',
				properties: [
					{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: 'http://default' },
					{ displayName: 'Key', name: 'key', type: 'string', default: '' },
				],
			},
		},
	});
});

afterAll(() => engine.close());

describe('parameters', () => {
	it('resolves expressions and resource locators for each item and keeps pairs', async () => {
		step = async function () {
			return [
				this.getInputData().map((_, item) => ({
					json: {
						prompt: this.getNodeParameter('prompt', item),
						model: this.getNodeParameter('model', item, '', { extractValue: true }),
					},
					pairedItem: { item },
				})),
			];
		};
		const parameters = {
			prompt: '={{ $json.prompt }} in the sun',
			model: { __rl: true, mode: 'list', value: 'sora-2', cachedResultName: 'sora-2' },
		};

		const run = await engine.run(chain(stepOf({ parameters }), workflowNode({ name: 'After' })), {
			items: two,
		});

		expect(run.status).toBe('success');
		expect(run.items('After')).toEqual([
			{ json: { prompt: 'a cat in the sun', model: 'sora-2' }, pairedItem: { item: 0 } },
			{ json: { prompt: 'a dog in the sun', model: 'sora-2' }, pairedItem: { item: 1 } },
		]);
	});

	it('serves credentials in plain, with defaults, and expressions for each item', async () => {
		step = async function () {
			const items = this.getInputData().map((_, item) => this.getCredentials('stepApi', item));
			return [(await Promise.all(items)).map((json) => ({ json }))];
		};
		const credentials = { 'Step account': { key: '={{ $json.prompt }}' } };

		const run = await engine.run(chain(stepOf()), { items: two, credentials });

		expect(run.json('Step')).toEqual([
			{ baseUrl: 'http://default', key: 'a cat' },
			{ baseUrl: 'http://default', key: 'a dog' },
		]);
	});

	it('says which credential is missing', async () => {
		step = async function () {
			return [[{ json: await this.getCredentials('stepApi') }]];
		};

		const run = await engine.run(chain(stepOf()));

		expect(run.status).toBe('error');
		expect(run.error()?.message).toBe('Credential with ID "1" does not exist for type "stepApi".');
	});

	it('searches a list as the editor does', async () => {
		const found = await engine.search(stepOf(), 'searchModels', {
			filter: 'sora',
			credentials: { stepApi: { baseUrl: 'http://here' } },
		});

		expect(found.results).toEqual([{ name: 'http://here sora', value: 'sora-2' }]);
	});
});

describe('Retry On Fail', () => {
	it('runs all items again and keeps what the first try wrote', async () => {
		step = async function () {
			const context = this.getContext('node');
			const seen = (context.seen ??= []) as string[];
			seen.push(...this.getInputData().map(({ json }) => String(json.prompt)));
			if (seen.length < 6) throw new NodeOperationError(this.getNode(), 'not yet');
			return [[{ json: { seen } }]];
		};

		const run = await engine.run(
			chain(stepOf({ retryOnFail: true, maxTries: 3, waitBetweenTries: 1 })),
			{ items: two },
		);

		expect(run.json('Step')[0]?.seen).toEqual([
			'a cat',
			'a dog',
			'a cat',
			'a dog',
			'a cat',
			'a dog',
		]);
	});

	it('tries five times at most and takes a wait of 0 for the default of a second', async () => {
		let tries = 0;
		step = async () => {
			tries += 1;
			throw new Error('never');
		};
		await engine.run(chain(stepOf({ retryOnFail: true, maxTries: 99, waitBetweenTries: 1 })));
		expect(tries).toBe(5);

		const start = Date.now();
		await engine.run(chain(stepOf({ retryOnFail: true, maxTries: 2, waitBetweenTries: 0 })));
		expect(Date.now() - start).toBeGreaterThanOrEqual(990);
	});

	it.each([
		[1, 'null', null],
		[1, 'false', false],
		[3, 'a sentence', 'it broke'],
		[3, 'an empty sentence', ''],
	])('runs the node %i times if the first item has an error that is %s', async (runs, _, error) => {
		let tries = 0;
		step = async () => {
			tries += 1;
			return [[{ json: { error } }]];
		};

		await engine.run(chain(stepOf({ retryOnFail: true, maxTries: 3, waitBetweenTries: 1 })));

		expect(tries).toBe(runs);
	});
});

describe('continue on fail', () => {
	const failing: Execute = async function () {
		const error = new NodeApiError(this.getNode(), {}, { message: 'moderated' });
		return [
			[
				{ json: { taskId: 'task_1' }, pairedItem: { item: 0 } },
				{ json: { error: 'moderated', taskId: 'task_2' }, error, pairedItem: { item: 1 } },
			],
		];
	};

	it('sends an item that carries an error to the error output', async () => {
		step = failing;

		const run = await engine.run(chain(stepOf({ onError: 'continueErrorOutput' })), {
			items: two,
		});

		expect(run.status).toBe('success');
		expect(run.json('Step', 0)).toEqual([{ taskId: 'task_1' }]);
		expect(run.json('Step', 1)).toHaveLength(1);
		expect(run.json('Step', 1)[0]?.error).toBe('moderated');
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'%s leaves nothing of an item that carries an error but its message',
		async (onError) => {
			step = failing;

			const run = await engine.run(chain(stepOf({ onError })), { items: two });

			const items = [...run.json('Step', 0), ...run.json('Step', 1)];
			expect(items).toEqual([{ taskId: 'task_1' }, { error: 'moderated' }]);
		},
	);

	it('keeps details of an item that goes to the error output by its json alone', async () => {
		step = async () => [
			[{ json: { error: 'moderated', details: { taskId: 'task_2' } }, pairedItem: { item: 0 } }],
		];

		const run = await engine.run(chain(stepOf({ onError: 'continueErrorOutput' })), {
			items: two,
		});

		expect(run.json('Step', 1)).toEqual([
			{ prompt: 'a cat', error: 'moderated', details: { taskId: 'task_2' } },
		]);
	});

	it('hands on the input if the node throws', async () => {
		step = async () => {
			throw new Error('broken');
		};

		const run = await engine.run(
			chain(stepOf({ onError: 'continueRegularOutput' }), workflowNode({ name: 'After' })),
			{ items: two },
		);

		expect(run.status).toBe('success');
		expect(run.json('After')).toEqual(two.map(({ json }) => json));
		expect(run.error('Step')?.message).toBe('broken');
		expect(run.error()).toBeUndefined();
	});
});

describe('Stop', () => {
	const untilStopped: Execute = async function () {
		const signal = this.getExecutionCancelSignal();
		this.getContext('node').tries = Number(this.getContext('node').tries ?? 0) + 1;
		while (!signal?.aborted) await sleep(1);
		throw new NodeOperationError(this.getNode(), 'stopped');
	};

	it('aborts the signal of the node and ends as canceled', async () => {
		step = untilStopped;
		const stop = new AbortController();
		setTimeout(() => stop.abort(), 20);

		const run = await engine.run(chain(stepOf()), { signal: stop.signal });

		expect(run.status).toBe('canceled');
		expect(run.saved.resultData.runData.Step).toBeUndefined();
	});

	it('does not end Retry On Fail: the node runs again, with a signal that is aborted', async () => {
		step = untilStopped;
		const stop = new AbortController();
		setTimeout(() => stop.abort(), 20);

		const run = await engine.run(
			chain(stepOf({ retryOnFail: true, maxTries: 3, waitBetweenTries: 1 })),
			{ signal: stop.signal },
		);

		expect(run.data.executionData?.contextData['node:Step']).toEqual({ tries: 3 });
	});

	it('runs nothing if it was pressed before', async () => {
		step = async () => [[{ json: { ran: true } }]];

		const run = await engine.run(chain(stepOf()), { signal: AbortSignal.abort() });

		expect(run.status).toBe('canceled');
		expect(run.items('Step')).toEqual([]);
	});

	it('is what n8n takes any error for whose message says canceled', async () => {
		step = async function () {
			throw new NodeOperationError(this.getNode(), 'The relay canceled the task');
		};

		expect((await engine.run(chain(stepOf()))).status).toBe('canceled');
	});
});

describe('Retry Execution', () => {
	it('runs the failed node alone, with its input and what it wrote', async () => {
		let before = 0;
		step = async function () {
			if (this.getNode().name === 'Before') {
				before += 1;
				return [[{ json: { prompt: 'a cat' } }]];
			}
			const context = this.getContext('node');
			context.task ??= `task of ${this.getMode()}`;
			if (this.getMode() !== 'retry') throw new Error('disconnected');
			return [[{ json: { ...this.getInputData()[0]?.json, task: context.task } }]];
		};
		const workflow = chain(stepOf({ name: 'Before' }), stepOf());

		const failed = await engine.run(workflow);
		const retried = await engine.run(workflow, { previous: failed.saved });

		expect(failed.status).toBe('error');
		expect(failed.error()?.message).toBe('disconnected');
		expect(retried.status).toBe('success');
		expect(retried.error()).toBeUndefined();
		expect(retried.json('Step')).toEqual([{ prompt: 'a cat', task: 'task of manual' }]);
		expect(before).toBe(1);
	});
});

describe('files', () => {
	it.each([
		['filesystem', /^filesystem-v2:workflows\/workflow\/executions\//],
		['memory', undefined],
	] as const)('takes a stream to %s', async (binary, id) => {
		step = async function () {
			const file = await this.helpers.prepareBinaryData(
				Readable.from([Buffer.from('a'), Buffer.from('b')]),
				'task_1.mp4',
				'video/mp4',
			);
			return [[{ json: {}, binary: { data: file } }]];
		};

		const run = await engine.run(chain(stepOf()), { binary });

		const file = run.items('Step')[0]?.binary?.data;
		if (!file) throw run.error();
		expect(file).toMatchObject({ fileName: 'task_1.mp4', mimeType: 'video/mp4', bytes: 2 });
		expect(file.id).toEqual(id ? expect.stringMatching(id) : undefined);
		expect(String(await run.binary(file))).toBe('ab');
	});
});

describe('around a run', () => {
	const reporting: Execute = async function () {
		const { id } = this.getWorkflow();
		this.logger.info('working', { id });
		if (this.isStreaming()) {
			this.sendChunk('begin', 0);
			this.sendChunk('item', 0, '36 %');
			this.sendChunk('end', 0);
		}
		this.addExecutionHints({ message: 'The link expires', type: 'info' });
		this.getWorkflowDataProxy(0).$execution.customData.set('taskId', 'task_1');
		return [[{ json: { streams: this.isStreaming() } }]];
	};

	it('delivers chunks, hints, custom data and the log', async () => {
		step = reporting;
		const chunks: StructuredChunk[] = [];

		const run = await engine.run(chain(stepOf()), { onChunk: (chunk) => chunks.push(chunk) });

		expect(chunks.map(({ type, content }) => [type, content])).toEqual([
			['begin', undefined],
			['item', '36 %'],
			['end', undefined],
		]);
		expect(chunks[0]?.metadata).toMatchObject({ nodeName: 'Step', itemIndex: 0 });
		expect(run.hints('Step')).toEqual([{ message: 'The link expires', type: 'info' }]);
		expect(run.metadata).toEqual({ taskId: 'task_1' });
		expect(run.logs).toContainEqual({
			level: 'info',
			message: 'working',
			meta: expect.objectContaining({ id: 'workflow' }),
		});
	});

	it.each([
		[false, 'nobody listens', {}],
		[false, 'a schedule started it', { mode: 'trigger' as const, onChunk: () => {} }],
		[true, 'a webhook started it', { mode: 'webhook' as const, onChunk: () => {} }],
	])('streams: %s, if %s', async (streams, _, options) => {
		step = reporting;

		const run = await engine.run(chain(stepOf()), options);

		expect(run.json('Step')).toEqual([{ streams }]);
	});

	it('keeps runs apart that overlap', async () => {
		step = async function () {
			await sleep(Math.random() * 10);
			this.logger.info(String(this.getInputData()[0]?.json.number));
			const file = await this.helpers.prepareBinaryData(
				Readable.from([Buffer.from('x')]),
				'x',
				'video/mp4',
			);
			return [[{ json: {}, binary: { data: file } }]];
		};
		const numbers = Array.from({ length: 40 }, (_, number) => number);

		const runs = await Promise.all(
			numbers.map((number) =>
				engine.run(chain(stepOf()), {
					items: [{ json: { number } }],
					binary: number % 2 ? 'filesystem' : 'memory',
				}),
			),
		);

		for (const [number, run] of runs.entries()) {
			expect(run.logs.filter(({ level }) => level === 'info')).toMatchObject([
				{ message: String(number) },
			]);
			expect(run.items('Step')[0]?.binary?.data?.data).toBe(
				number % 2 ? 'filesystem-v2' : Buffer.from('x').toString('base64'),
			);
		}
	});

	it.each([true, false])('applies the policy for private addresses: %s', async (blocked) => {
		step = async function () {
			const filter = this.helpers.getSecureEgressFilter?.();
			const checked = await filter?.validateUrl('http://127.0.0.1:1/');
			return [[{ json: { ok: checked?.ok } }]];
		};

		const run = await engine.run(chain(stepOf()), { blockPrivateAddresses: blocked });

		expect(run.json('Step')).toEqual([{ ok: !blocked }]);
	});

	it('rejects what n8n would not start', async () => {
		await expect(engine.run(chain(chatVideoNode()))).rejects.toThrow('chatVideo');
	});
});

describe('packages', () => {
	let folder: string;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'chat-video-package-'));
		const n8n = { nodes: ['Echo.node.js'], credentials: ['EchoApi.credentials.js'] };
		await writeFile(
			join(folder, 'package.json'),
			JSON.stringify({ name: 'n8n-nodes-echo', version: '1.0.0', n8n }),
		);
	});

	afterAll(() => rm(folder, { recursive: true }));

	it('says what is not built', async () => {
		await expect(startEngine({ packages: [folder] })).rejects.toThrow(
			'Echo.node.js is not there: run "npm run build" first.',
		);
	});

	it('loads what the manifest names', async () => {
		await writeFile(
			join(folder, 'Echo.node.js'),
			`exports.Echo = class Echo {
				description = { name: 'echo', displayName: 'Echo', group: [], version: 1, defaults: {},
					inputs: ['main'], outputs: ['main'], properties: [],
					credentials: [{ name: 'echoApi', required: true }] };
				async execute() { return [[{ json: await this.getCredentials('echoApi') }]]; }
			};`,
		);
		await writeFile(
			join(folder, 'EchoApi.credentials.js'),
			`exports.EchoApi = class EchoApi {
				name = 'echoApi';
				properties = [{ name: 'baseUrl', displayName: 'Base URL', type: 'string', default: 'http://x' }];
			};`,
		);
		const packaged = await startEngine({ packages: [folder] });

		const credentials = { echoApi: { id: '1', name: 'Echo account' } };
		const echo = workflowNode({ name: 'Echo', type: 'n8n-nodes-echo.echo', credentials });
		const run = await packaged.run(chain(echo), { credentials: { echoApi: {} } });
		await packaged.close();

		expect(run.json('Echo')).toEqual([{ baseUrl: 'http://x' }]);
		expect(existsSync(engineFolder)).toBe(true);
	});
});
