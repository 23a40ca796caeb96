import { clock } from '../support/clock';
import {
	createRunExecutionData,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { runUntil, type Left, type Life, type Moment } from '../support/crash';
import { DataTables, type TableRow } from '../support/dataTables';
import { chain, chatVideoNode } from '../support/engineWorkflow';
import { later, laterNode } from '../support/laterNode';
import { inLoop, loopNodes } from '../support/loopNode';
import { itemsOf, useNode } from '../support/useNode';

type Later = (context: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

const handsOn: Later = async (context) => [context.getInputData()];
const fails: Later = () => Promise.reject(new Error('The upload was refused'));
const waits: Later = async (context) => {
	await context.putExecutionToWait(new Date(Date.now() + 24 * 3_600_000));
	return [context.getInputData()];
};
const neverEnds: Later = () => {
	begin();
	return new Promise(() => {});
};

let does: Later;
let begin = (): void => {};
const node = useNode({}, { nodes: { ...loopNodes, ...laterNode((context) => does(context)) } });
let tables: DataTables;
let died: Promise<void>;
beforeEach(() => {
	tables = new DataTables();
	does = handsOn;
	died = new Promise((resolve) => {
		begin = resolve;
	});
});

const never: Moment = { kind: 'until', over: new Promise(() => {}) };
const prompts = (...each: string[]) => itemsOf(...each.map((prompt) => ({ prompt })));
const video = chatVideoNode({
	onError: 'continueRegularOutput',
	parameters: {
		prompt: '={{ $json.prompt }}',
		downloadVideo: false,
		options: { idleTimeout: 5, timeout: 20 },
	},
});
const recover = (parameters: object = {}) =>
	chatVideoNode({
		name: 'Recover',
		parameters: { operation: 'getMany', downloadVideo: false, ...parameters },
	});

/** Runs it until it is over, or the later node never ends; what is in the rows is as if it had died. */
async function live(workflow: ReturnType<typeof chain>, life: Partial<Life> = {}): Promise<Left> {
	const left = await runUntil(node.engine, workflow, {
		tables,
		items: prompts('A cat'),
		credentials: node.credentials(),
		moment: { kind: 'until', over: died },
		...life,
	});
	loseNotes();
	return left;
}

/** The last that each process would have written is not in the table. */
function loseNotes(changes: TableRow = {}): void {
	const long = new Date(Date.now() - 10 * 60_000).toISOString();
	for (const row of tables.rows()) Object.assign(row, { delivered: '', alive: long, ...changes });
}

const getMany = async (additionalData: object = {}, parameters: object = {}) => {
	const run = await node.engine.run(chain(recover(parameters)), {
		credentials: node.credentials(),
		additionalData: { ...tables.additionalData, ...additionalData },
	});
	expect(run.error()).toBeUndefined();
	return run.json('Recover').map(({ prompt }) => prompt);
};
const areDelivered = () => tables.rows().map(({ delivered }) => delivered !== '');

describe('Get Many does not give again what an execution has put out that', () => {
	it.each<[string, Later]>([
		['ended well', handsOn],
		['failed in a later node', fails],
		['waits in a later node', waits],
	])('%s', async (_, then) => {
		does = then;
		await live(chain(video, later));

		expect(await getMany()).toEqual([]);
		expect(areDelivered()).toEqual([true]);
	});

	it('ended before its row had its result', async () => {
		await live(chain(video, later));
		loseNotes({ status: 'task', videoUrl: '' });

		expect(await getMany()).toEqual([]);
	});

	it('is a Retry', async () => {
		does = neverEnds;
		const { id: retryOf, saved: previous } = await live(chain(video, later));
		does = handsOn;
		await live(chain(video, later), { previous, retryOf, moment: never });

		expect(await getMany()).toEqual([]);
		expect(node.relay.billed).toBe(1);
	});

	it('is one of Get Many', async () => {
		does = neverEnds;
		await live(chain(video, later));
		does = handsOn;
		const { run } = await live(chain(recover(), later), { moment: never });

		expect(run?.json('Recover')).toHaveLength(1);
		expect(await getMany()).toEqual([]);
		expect(areDelivered()).toEqual([true]);
	});
});

describe('Get Many gives a video of an execution that', () => {
	it.each([false, true])('died in a later node, with progress saved: %s', async (savesProgress) => {
		does = neverEnds;
		await live(chain(video, later), { savesProgress });

		expect(await getMany()).toEqual(['A cat']);
	});

	it('died in a later round of a loop, with progress saved', async () => {
		node.relay.next({ kind: 'generate' });
		node.relay.next({ kind: 'generate' });
		node.relay.next({ kind: 'generate', silentAt: 'afterProgress' });
		void node.relay.turn(2).then(async () => {
			while (tables.rows().length < 3 || tables.rows()[2]?.taskId === '') await clock.realPause(5);
			begin();
		});
		await live(inLoop(video), { savesProgress: true, items: prompts('A', 'B', 'C') });

		expect(await getMany()).toEqual(['A', 'B', 'C']);
	});

	it('is one of Get Many, and died in a later node', async () => {
		does = neverEnds;
		await live(chain(video, later));
		await live(chain(recover(), later));

		expect(await getMany()).toEqual(['A cat']);
	});

	it('ended with an error in its place', async () => {
		node.relay.next({ kind: 'generate', silentAt: 'afterProgress', tasks: 'down' });
		await live(chain(video, later), { items: prompts('A cat', 'A dog') });
		const task = node.relay.archive.task(node.relay.bills[0]?.taskId ?? '');
		if (task) task.behaviours = 'done';

		expect(await getMany()).toEqual(['A cat']);
	});

	it.each<[string, (id: string) => void]>([
		['n8n has not kept', (id) => tables.executions.delete(id)],
		[
			'n8n has emptied',
			(id) => {
				const error = { message: 'job stalled more than maxStalledCount' } as never;
				tables.executions.set(id, createRunExecutionData({ resultData: { runData: {}, error } }));
			},
		],
		['n8n has damaged', (id) => tables.executions.set(id, { resultData: {} } as never)],
	])('%s', async (_, lose) => {
		const { id } = await live(chain(video, later));
		lose(id);

		expect(await getMany()).toEqual(['A cat']);
	});

	it.each<[string, unknown]>([
		['has no way to read', undefined],
		['cannot read', () => Promise.reject(new Error('Invalid string length'))],
		['takes too long to read', () => new Promise(() => {})],
	])('this n8n %s', async (_, getRunExecutionData) => {
		await live(chain(video, later));

		expect(await getMany({ getRunExecutionData })).toEqual(['A cat']);
	});
});

it('reads each execution once, and gives as many as are wanted all the same', async () => {
	await live(chain(video, later), { items: prompts('A', 'B') });
	does = neverEnds;
	await live(chain(video, later), { items: prompts('C', 'D', 'E') });
	const read: string[] = [];
	const { getRunExecutionData } = tables.additionalData;

	const given = await getMany(
		{
			getRunExecutionData: (id: string) => {
				read.push(id);
				return getRunExecutionData(id);
			},
		},
		{ limit: 2 },
	);

	expect(given).toEqual(['C', 'D']);
	expect(read).toHaveLength(2);
	expect(areDelivered()).toEqual([true, true, true, true, false]);
});
