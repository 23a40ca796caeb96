import { clock } from '../support/clock';
import * as fc from 'fast-check';
import { startEngine, type Engine } from '../support/engine';
import { anySchedule } from './anySchedule';
import { complaints } from './complaints';
import { startProxy } from './proxy';
import { sweep } from './sweep';
import { seed } from '../support/seed';

const count = Number(process.env.CHAT_VIDEO_SCHEDULES ?? 1_000);
const atATime = 16;

let engine: Engine;
let closeProxy = async () => {};
const strays: unknown[] = [];
const onStray = (cause: unknown) => void strays.push(cause);

beforeAll(async () => {
	process.on('unhandledRejection', onStray);
	process.on('uncaughtException', onStray);
	closeProxy = await startProxy();
	engine = await startEngine();
});

afterAll(async () => {
	process.off('unhandledRejection', onStray);
	process.off('uncaughtException', onStray);
	await engine.close();
	await closeProxy();
});

it(
	`nobody pays twice and nothing paid for is lost, in ${count} schedules of faults`,
	async () => {
		const startedAt = clock.realNow();
		const schedules = fc.sample(anySchedule, { numRuns: count, seed });
		let broken: { at: number; first: string[] } | undefined;
		let done = 0;
		await sweep(schedules, atATime, async (schedule, at) => {
			const first = await complaints(engine, schedule);
			done += 1;
			if (first.length > 0 && (broken === undefined || at < broken.at)) broken = { at, first };
			return first.length === 0;
		});
		const seconds = ((clock.realNow() - startedAt) / 1_000).toFixed(1);
		process.stdout.write(`${done} schedules in ${seconds} s, seed ${seed}\n`);
		expect(strays).toEqual([]);
		if (broken === undefined) return;

		const { at, first } = broken;
		process.stdout.write(`${at}: ${first.join('; ')}\n${fc.stringify(schedules[at])}\n`);
		const alone = fc.asyncProperty(anySchedule, async (schedule) => {
			expect(await complaints(engine, schedule)).toEqual([]);
		});
		// Runs it once more, alone, and makes it as small as it gets.
		await fc.assert(alone, { seed, path: String(at), numRuns: 1, endOnFailure: false });
		throw new Error(
			`Only among others, with seed ${seed}, path ${at}:\n${first.join('\n')}\n${fc.stringify(schedules[at])}`,
		);
	},
	count * 1_000,
);
