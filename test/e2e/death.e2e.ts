import { chain, chatVideo, itemsOf, trigger } from './support/chain';
import { callsOf } from './support/callsTable';
import type { Execution } from './support/execution';
import { holdAtMoments, moments, situationOf, type Holding, type Moment } from './support/moments';
import { startMortal, type Mortal } from './support/startMortal';
import { until } from './support/until';
import { useN8n } from './support/useN8n';
import { webhook } from './support/webhook';

jest.setTimeout(300_000);

describe('an n8n that is killed', () => {
	let mortal: Mortal;
	const n8n = useN8n({
		relay: { situation: situationOf },
		async start() {
			mortal = await startMortal();
			return mortal;
		},
	});
	let holding: Holding;
	beforeEach(() => {
		holding = holdAtMoments(n8n.relay, callsOf(n8n.client));
	});

	const begin = (moment: Moment) => n8n.begin(chain(...holding.nodes(moment)));
	const kill = async (signal?: NodeJS.Signals) => {
		await mortal.die(signal);
		await mortal.revive();
	};
	const retry = async (id: string): Promise<Execution> => {
		await until(async () => (await n8n.finished(id)).status === 'crashed');
		return await n8n.retry(id);
	};
	const tasks = (execution: Execution) =>
		execution.items('Chat Video').map(({ json }) => json.taskId);
	const getMany = () => n8n.run(chain(trigger, chatVideo({ operation: 'getMany' })));

	it('pays once for each item, and Retry gives it, whenever that was', async () => {
		const names = Object.keys(moments);
		const all = Object.values(moments);
		const ids = await Promise.all(all.map(begin));
		await holding.untilReached(...all);

		await kill();
		holding.release();
		const retried = await Promise.all(ids.map(retry));

		const outcomes = retried.map((execution, index) => {
			const billed = holding.billed(all[index] as Moment);
			const isGiven = JSON.stringify(tasks(execution)) === JSON.stringify(billed);
			const asks = execution.error?.description?.includes('Submit Again') === true;
			return [names[index], billed.length, isGiven ? 'given' : asks ? 'Submit Again' : 'lost'];
		});
		expect(outcomes).toEqual([
			['before the generation began', 1, 'given'],
			['after it was sent, before an id came', 1, 'Submit Again'],
			['in the middle of it', 1, 'given'],
			['while its file was fetched', 1, 'given'],
			['in a later node', 1, 'given'],
			['in the second of three items', 3, 'given'],
		]);
	});

	it('and killed again while it retries: one video, whichever of them is retried then', async () => {
		const halfway = moments['in the middle of it'];
		const first = await begin({ ...halfway, held: 'after' });
		await holding.untilReached(halfway);
		await kill();
		void retry(first).catch(() => {});
		await holding.untilReached({ ...halfway, held: 'after', statuses: ['done'] });
		const [second] = await n8n.executions({});

		await kill();
		holding.release();
		const retried = await Promise.all([first, second?.id ?? ''].map(retry));

		const billed = holding.billed(halfway);
		expect(billed).toHaveLength(1);
		expect(retried.map(tasks)).toEqual([billed, billed]);
	});

	it('in a sub-workflow: Get Many gives its video', async () => {
		const halfway = moments['in the middle of it'];
		const start = {
			name: 'Start',
			type: 'n8n-nodes-base.executeWorkflowTrigger',
			typeVersion: 1.1,
		};
		const parameters = { inputSource: 'passthrough' };
		const [, ...nodes] = holding.nodes(halfway);
		const value = await n8n.activate(chain({ ...start, parameters }, ...nodes));
		await n8n.begin(
			chain(webhook(), {
				name: 'Sub-workflow',
				type: 'n8n-nodes-base.executeWorkflow',
				typeVersion: 1.2,
				parameters: { workflowId: { __rl: true, mode: 'id', value }, options: {} },
			}),
		);
		await holding.untilReached(halfway);

		await kill();
		await callsOf(n8n.client).leaveAlone();

		expect(tasks(await getMany())).toEqual(holding.billed(halfway));
	});

	it('and asked to end: Retry gives its video, and Get Many those that were left alone, once', async () => {
		const all = [
			moments['in the middle of it'],
			moments['while its file was fetched'],
			moments['in a later node'],
		];
		const [first = ''] = await Promise.all(all.map(begin));
		await holding.untilReached(...all);

		await kill('SIGTERM');
		holding.release();
		const early = await getMany();
		const retried = await retry(first);
		await callsOf(n8n.client).leaveAlone();
		const both = await Promise.all([1, 2].map(() => getMany()));
		const late = await getMany();

		const [halfway = [], ...others] = all.map(holding.billed);
		expect(tasks(early)).toEqual([]);
		expect(tasks(retried)).toEqual(halfway);
		expect(both.flatMap(tasks).sort()).toEqual(others.flat().sort());
		const files = both.flatMap((execution) =>
			execution.items('Chat Video').map(({ binary }) => binary?.data?.mimeType),
		);
		expect(files).toEqual(['video/mp4', 'video/mp4']);
		expect(tasks(late)).toEqual([]);
		expect(n8n.relay.billed).toBe(all.length);
	});

	it('costs a call little to be kept', async () => {
		const items = (count: number) =>
			itemsOf(...Array.from({ length: count }, (_, at) => ({ prompt: `Video ${at}` })));
		const seconds = async (count: number, keepTrack: boolean) => {
			const options = { keepTrack, maxConcurrency: 50 };
			const video = chatVideo({ prompt: '={{ $json.prompt }}', downloadVideo: false, options });
			const execution = await n8n.run(chain(trigger, items(count), video));
			expect(execution.items('Chat Video')).toHaveLength(count);
			return (execution.runs('Chat Video')[0]?.executionTime ?? 0) / 1_000;
		};
		const median = async (count: number, keepTrack: boolean, times: number) => {
			const all: number[] = [];
			for (let at = 0; at < times; at += 1) all.push(await seconds(count, keepTrack));
			return all.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
		};
		await seconds(1, true);

		const before = await callsOf(n8n.client).bytes();
		const one = [await median(1, false, 5), await median(1, true, 5)] as const;
		const many = [await median(1_000, false, 1), await median(1_000, true, 1)] as const;
		const row = ((await callsOf(n8n.client).bytes()) - before) / 1_005;

		process.stdout.write(
			`a call: ${one[0]} s, with its row ${one[1]} s; 1,000 items, 50 at a time: ` +
				`${many[0]} s, with their rows ${many[1]} s; ${Math.round(row)} bytes a row\n`,
		);
		expect(n8n.relay.billed).toBe(2_011);
	});
});
