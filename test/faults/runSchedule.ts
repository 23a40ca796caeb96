import { UserError, type IRunExecutionData } from 'n8n-workflow';
import { clock } from '../support/clock';
import { startRelay } from '../relay/relay';
import type { Engine } from '../support/engine';
import { chain, chatVideoNode } from '../support/engineWorkflow';
import { asSaid } from './asSaid';
import { inputs } from './earlierVideo';
import { itemOf, wishOf } from './item';
import { addressThrough } from './proxy';
import type { Execution, Ran } from './ran';
import type { Schedule } from './schedule';
import { spoilLedger } from './spoilLedger';

const nobody = 'http://127.0.0.1:1';
const slack = 60_000; // ms; the process is shared with the other schedules

/** Milliseconds within which an execution must end. */
const patience = ({ items, maxConcurrency, tries, timeout }: Schedule): number =>
	slack + tries * Math.ceil(items.length / maxConcurrency) * timeout * 1_000;

const workflowOf = (schedule: Schedule) => {
	const { operation, downloadVideo, simplify, onError, tries } = schedule;
	const { maxConcurrency, recover, maxTries, timeout, idleTimeout } = schedule;
	const options = {
		...{ maxConcurrency, recover, maxTries, timeout, idleTimeout },
		ignoreSslIssues: true, // of the proxy's tunnel
	};
	return chain(
		chatVideoNode({
			parameters: {
				operation,
				prompt: schedule.losesPrompt
					? "={{ $execution.customData.get('chatVideoTask') ? '' : $json.wish }}"
					: '={{ $json.wish }}',
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
		situation: ({ prompt, attempt }) =>
			asSaid(items[itemOf(prompt)]?.faults[attempt - 1], schedule),
	});
	const workflow = workflowOf(schedule);
	const input = items.map(({ nobodyListens, input: kind, proxy }, index) => ({
		json: {
			...(schedule.operation === 'modify' && inputs[kind]),
			wish: wishOf(index),
			base: nobodyListens ? nobody : addressThrough(proxy, relay.url),
		},
	}));
	let opened = 0;
	const credentials = {
		get chatVideoApi() {
			opened += 1;
			if (schedule.sealedAfter.includes(opened)) throw new UserError('The account is sealed');
			return { baseUrl: '={{ $json.base }}', apiKey: key };
		},
	};
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
		let giveUp: NodeJS.Timeout | undefined;
		const run = await Promise.race([
			engine.run(workflow, {
				items: input,
				credentials,
				signal: stop.signal,
				...(previous && { previous }),
			}),
			new Promise<undefined>((resolve) => {
				giveUp = setTimeout(() => resolve(undefined), limit);
			}),
		]);
		clearTimeout(timer);
		clearTimeout(giveUp);
		const heldFor = stoppedAt === undefined ? 0 : Date.now() - stoppedAt;
		if (run === undefined) {
			hung = limit;
			return undefined;
		}
		const hasLost = previous !== undefined && schedule.ledgerIs !== 'kept';
		return { run, hasLost, turns: relay.turns.length, stoppedAt, heldFor };
	};

	let last = await execute();
	for (let again = 0; last !== undefined; again += 1) {
		executions.push(last);
		if (last.run.status !== 'error' || again >= retryExecutions) break;
		last = await execute(spoilLedger(last.run.saved, schedule));
	}

	const sockets = () => relay.openSockets + (elsewhere?.openSockets ?? 0);
	for (let waited = 0; sockets() > 0 && waited < 100; waited += 1) await clock.realPause(10);
	const socketsLeft = sockets();
	await Promise.all([relay.close(), elsewhere?.close()]);
	return { schedule, executions, hung, relay, elsewhere, key, socketsLeft };
}
