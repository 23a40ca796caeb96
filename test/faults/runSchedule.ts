import type { IRunExecutionData } from 'n8n-workflow';
import { clock } from '../support/clock';
import { startRelay } from '../relay/relay';
import type { Engine } from '../support/engine';
import { chain, chatVideoNode } from '../support/engineWorkflow';
import { itemOf, wishOf } from './item';
import type { Execution, Ran } from './ran';
import type { Schedule } from './schedule';

const nobody = 'http://127.0.0.1:1';
const slack = 5_000; // real ms; the processor is shared with the other schedules

/** Real milliseconds within which an execution must end. */
const patience = ({ items, maxConcurrency, tries, timeout }: Schedule): number =>
	slack + (tries * Math.ceil(items.length / maxConcurrency) * timeout * 1_000) / clock.speed;

/** What a modification comes after. */
const before = [
	{ role: 'user', content: 'A calico kitten, landscape' },
	{ role: 'assistant', content: '> ✅ 视频生成成功，sid: s_68ec8accd80c8191ae1fc957af78caaa' },
];

const workflowOf = (schedule: Schedule) => {
	const { operation, downloadVideo, simplify, onError, tries } = schedule;
	const { maxConcurrency, recover, maxTries, timeout, idleTimeout } = schedule;
	const options = { maxConcurrency, recover, maxTries, timeout, idleTimeout };
	return chain(
		chatVideoNode({
			parameters: {
				operation,
				prompt: '={{ $json.wish }}',
				history: 'json',
				messages: JSON.stringify(before),
				downloadVideo,
				simplify,
				options,
			},
			onError,
			...(tries > 1 && { retryOnFail: true, maxTries: tries, waitBetweenTries: 1 }),
		}),
	);
};

/** Runs a schedule against relays of its own, through n8n's engine, until its user gives up. */
export async function runSchedule(engine: Engine, schedule: Schedule): Promise<Ran> {
	const { seed, items, retryExecutions, linksElsewhere, stopAfter } = schedule;
	const key = `sk-secret-of-${seed}`;
	const elsewhere = linksElsewhere ? await startRelay({ seed }) : undefined;
	const relay = await startRelay({
		seed,
		apiKey: key,
		history: 'any',
		...(elsewhere && { taskOrigin: elsewhere }),
		situation: ({ prompt, attempt }) => items[itemOf(prompt)]?.faults[attempt - 1],
	});
	const workflow = workflowOf(schedule);
	const input = items.map(({ nobodyListens }, index) => ({
		json: { wish: wishOf(index), base: nobodyListens ? nobody : relay.url },
	}));
	const executions: Execution[] = [];
	let hung: number | undefined;

	const execute = async (previous?: IRunExecutionData): Promise<Execution | undefined> => {
		const stop = new AbortController();
		let stoppedAt: number | undefined;
		const press = () => {
			stoppedAt = Date.now();
			stop.abort();
		};
		const timer = stopAfter === undefined ? undefined : setTimeout(press, stopAfter * 1_000);
		const limit = patience(schedule);
		const run = await Promise.race([
			engine.run(workflow, {
				items: input,
				credentials: { chatVideoApi: { baseUrl: '={{ $json.base }}', apiKey: key } },
				signal: stop.signal,
				...(previous && { previous }),
			}),
			clock.realPause(limit).then(() => undefined),
		]);
		clearTimeout(timer);
		if (run === undefined) {
			hung = limit;
			return undefined;
		}
		return { run, turns: relay.turns.length, stoppedAt };
	};

	let last = await execute();
	for (let again = 0; last !== undefined; again += 1) {
		executions.push(last);
		if (last.run.status !== 'error' || again >= retryExecutions) break;
		last = await execute(last.run.saved);
	}

	const sockets = () => relay.openSockets + (elsewhere?.openSockets ?? 0);
	for (let waited = 0; sockets() > 0 && waited < 100; waited += 1) await clock.realPause(10);
	const socketsLeft = sockets();
	await Promise.all([relay.close(), elsewhere?.close()]);
	return { schedule, executions, hung, relay, elsewhere, key, socketsLeft };
}
