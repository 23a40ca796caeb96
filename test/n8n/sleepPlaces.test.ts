import { NodeConnectionTypes, type IDataObject, type INode, type INodeType } from 'n8n-workflow';
import type { EngineRun } from '../support/engineRun';
import { chain, chatVideoNode, workflowNode, type WorkflowJson } from '../support/engineWorkflow';
import { inLoop, loopNodes } from '../support/loopNode';
import { itemsOf } from '../support/useNode';
import { useSleeper } from '../support/useSleeper';

const main = NodeConnectionTypes.Main;

/** Items with a prompt go out at the top, all others below. */
const branching: INodeType = {
	description: {
		name: 'branch',
		displayName: 'Branch',
		group: ['transform'],
		version: 1,
		description: 'Hands on what it gets in one of two ways',
		defaults: { name: 'Branch' },
		inputs: [main],
		outputs: [main, main],
		properties: [],
	},
	async execute() {
		return [
			this.getInputData().filter(({ json }) => json.prompt !== undefined),
			this.getInputData().filter(({ json }) => json.prompt === undefined),
		];
	},
};

/** Waits for both of its inputs. */
const merging: INodeType = {
	description: { ...branching.description, name: 'merge', inputs: [main, main], outputs: [main] },
	async execute() {
		return [[...this.getInputData(0), ...this.getInputData(1)]];
	},
};

const sleeper = useSleeper({
	nodes: { ...loopNodes, 'test.branch': branching, 'test.merge': merging },
});

const video = (parameters: IDataObject = {}, settings: Partial<INode> = {}): INode =>
	chatVideoNode({
		...settings,
		parameters: {
			prompt: '={{ $json.prompt }}',
			downloadVideo: false,
			options: { sleepWhileWaiting: true },
			...parameters,
		},
	});

/** The nodes, with the ways between them: `from`, its output, `to`, its input. */
function graph(
	nodes: INode[],
	ways: ReadonlyArray<[from: string, output: number, to: string, input?: number]>,
	settings: WorkflowJson['settings'] = {},
): WorkflowJson {
	const connections: WorkflowJson['connections'] = {};
	for (const [from, output, to, input = 0] of ways) {
		const outputs = ((connections[from] ??= {}).main ??= []);
		while (outputs.length <= output) outputs.push([]);
		outputs[output]?.push({ node: to, type: main, index: input });
	}
	return { nodes, connections, settings };
}

const start = workflowNode({ name: 'Start', type: 'n8n-nodes-base.manualTrigger' });
const noOp = (name: string): INode => workflowNode({ name });
const branch = workflowNode({ name: 'Branch', type: 'test.branch' });
const merge = workflowNode({ name: 'Merge', type: 'test.merge' });
const numbers = ['1', '2', '3'];
const twoBranches = graph(
	[start, noOp('A'), noOp('B'), video(), noOp('After')],
	[
		['Start', 0, 'A'],
		['Start', 0, 'B'],
		['A', 0, 'Chat Video'],
		['B', 0, 'Chat Video'],
		['Chat Video', 0, 'After'],
	],
);

/** A workflow, its node that shows what came out, the prompts there, and how many were paid for. */
const places: ReadonlyArray<[string, WorkflowJson, string, string[], number]> = [
	['in a line', chain(video(), noOp('After')), 'After', numbers, 3],
	['in a loop', inLoop(video()), 'Chat Video', numbers, 3],
	['where two ways lead to it', twoBranches, 'After', [...numbers, ...numbers], 6],
	[
		'where two ways lead to it, in the old order of execution',
		{ ...twoBranches, settings: { executionOrder: 'v0' } },
		'After',
		[...numbers, ...numbers],
		6,
	],
	[
		'after a branch, with an empty one next to it',
		graph(
			[start, branch, video(), noOp('Empty'), noOp('After')],
			[
				['Start', 0, 'Branch'],
				['Branch', 0, 'Chat Video'],
				['Branch', 1, 'Empty'],
				['Empty', 0, 'After'],
				['Chat Video', 0, 'After'],
			],
		),
		'After',
		numbers,
		3,
	],
	[
		'before a node that waits for another way as well',
		graph(
			[start, noOp('A'), video(), merge],
			[
				['Start', 0, 'A'],
				['Start', 0, 'Chat Video'],
				['A', 0, 'Merge', 0],
				['Chat Video', 0, 'Merge', 1],
			],
		),
		'Merge',
		[...numbers, ...numbers],
		3,
	],
	[
		'after a node that waits for two ways',
		graph(
			[start, noOp('A'), noOp('B'), merge, video(), noOp('After')],
			[
				['Start', 0, 'A'],
				['Start', 0, 'B'],
				['A', 0, 'Merge', 0],
				['B', 0, 'Merge', 1],
				['Merge', 0, 'Chat Video'],
				['Chat Video', 0, 'After'],
			],
		),
		'After',
		[...numbers, ...numbers],
		6,
	],
	[
		'before a node that asks for what its item was made of',
		chain(
			noOp('Before'),
			video(),
			video(
				{ prompt: "={{ $('Before').item.json.prompt }} of {{ $('Chat Video').item.json.prompt }}" },
				{ name: 'After' },
			),
		),
		'After',
		['1 of 1', '2 of 2', '3 of 3'],
		6,
	],
];

describe('a node that sleeps', () => {
	const items = itemsOf(...numbers.map((prompt) => ({ prompt })));
	const outputOf = ({ data }: EngineRun, name: string) =>
		(data.resultData.runData[name] ?? []).flatMap((run) => run.data?.main?.[0] ?? []);
	beforeEach(() => {
		sleeper.node.relay.next(
			...Array.from({ length: 6 }, () => ({
				kind: 'generate' as const,
				silentAt: 'afterProgress' as const,
				tasks: 'slow' as const,
			})),
		);
	});

	const goesOn = async (
		json: WorkflowJson,
		first: EngineRun,
		[node, prompts, billed]: [string, string[], number],
	) => {
		const slept = await sleeper.toEnd(json, first, { items });

		expect(slept.status).toBe('success');
		expect(outputOf(slept, node).map((item) => item.json.prompt)).toEqual(prompts);
		expect(outputOf(slept, 'Chat Video').map(({ json: { status } }) => status)).toEqual(
			outputOf(slept, 'Chat Video').map(() => 'completed'),
		);
		expect(sleeper.node.relay.bills).toHaveLength(billed);
		expect(sleeper.node.relay.turns).toHaveLength(billed);
	};

	it.each(places)('hands on its videos and nothing else: %s', async (_, json, ...expected) => {
		const asleep = await sleeper.run(json, { items });

		expect(asleep.status).toBe('waiting');
		await goesOn(json, asleep, expected);
	});

	it.each(places)(
		'does so when it was stopped and is retried: %s',
		async (_, json, ...expected) => {
			const asleep = await sleeper.run(json, { items });
			const retry = { previous: asleep.saved, retryOf: asleep.id };

			await goesOn(json, await sleeper.run(json, retry), expected);
		},
	);
});
