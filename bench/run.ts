import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { table } from 'table';
import { runCommand } from '../scripts/n8n/runCommand';
import { say } from '../scripts/n8n/say';
import { parseFlags } from './flags';
import { nameOf, plan, quickPlan, type Job } from './plan';
import { prepare } from './prepare';
import type { Result, Results } from './results';
import { runJob, type Bench } from './runJob';
import {
	goalTable,
	growthTable,
	loadTable,
	streamTable,
	voids,
	waitingTable,
	type Table,
} from './tables';
import { writeReadme } from './writeReadme';

const folder = join(__dirname, '..', 'bench');

/** @returns the exit code */
async function main(): Promise<number> {
	const { only, quick, profile, tables } = parseFlags(process.argv.slice(2));
	if (tables) return await showAgain();
	const node = await prepare(folder);
	const server = fork(join(__dirname, 'benchWire.js'), { execPath: node });
	try {
		const [wire] = (await once(server, 'message')) as [string];
		const jobs = (quick ? quickPlan : plan).filter(
			(job) => only.length === 0 || only.some((word) => nameOf(job).includes(word)),
		);
		const results = await measure(jobs, { node, wire, quick, profile });
		for (const each of tablesOf(results)) print(quick ? withoutVerdict(each) : each);
		const voided = voids(results);
		if (voided.length > 0)
			say(`The control was off, so this run counts for nothing: ${voided.join(', ')}`);
		if (quick || only.length > 0) return 0;
		await write(node, results, voided);
		return voided.length > 0 ? 1 : 0;
	} finally {
		server.disconnect();
	}
}

/** For a sentence that has changed, not a figure. */
async function showAgain(): Promise<number> {
	const written = await readFile(join(folder, 'results.json'), 'utf8');
	const { results } = JSON.parse(written) as Results;
	for (const each of tablesOf(results)) print(each);
	await writeReadme(join(folder, 'README.md'), tablesOf(results));
	return 0;
}

async function measure(jobs: readonly Job[], bench: Bench): Promise<Result[]> {
	const results: Result[] = [];
	for (const [index, job] of jobs.entries()) {
		if (process.stdout.isTTY)
			process.stdout.write(`\r\x1b[K${index + 1} of ${jobs.length}: ${nameOf(job)} `);
		const measured: object[] = [];
		for (let time = 0; time < (job.times ?? 1); time += 1) measured.push(await runJob(job, bench));
		results.push(await settled({ ...job, measured }, bench));
	}
	if (process.stdout.isTTY) process.stdout.write('\r\x1b[K');
	return results;
}

const mostTries = 3; // a machine that is busy for a moment is no reason to begin anew

/** A control that is off is measured again, before it voids what is measured beside it. */
async function settled(result: Result, bench: Bench): Promise<Result> {
	let last = result;
	for (let tried = 1; tried < mostTries && voids([last]).length > 0; tried += 1) {
		last = { ...result, measured: [await runJob(result, bench)] };
	}
	return last;
}

const tablesOf = (results: readonly Result[]): Table[] =>
	[streamTable, waitingTable, loadTable, growthTable, goalTable]
		.map((make) => make(results))
		.filter((rows) => rows.length > 1);

/** What was measured so shortly is shown and not judged. */
const withoutVerdict = (rows: Table): Table =>
	rows[0]?.at(-1) === 'verdict' ? rows.map((row) => row.slice(0, -1)) : rows;

const sentence = { width: 60, wrapWord: true }; // the fourth column, where there is one

function print(rows: Table): void {
	say(
		table(rows, {
			...(rows[0]?.length === 4 && { columns: { 3: sentence } }),
			drawHorizontalLine: (line, all) => line < 2 || line === all,
		}),
	);
}

async function write(
	node: string,
	results: readonly Result[],
	voided: readonly string[],
): Promise<void> {
	const [processor] = cpus();
	const taken: Results = {
		takenAt: new Date().toISOString().slice(0, 10),
		node: (await runCommand(node, ['--version'])).output.trim(),
		processors: `${cpus().length} × ${processor?.model ?? 'unknown'}`,
		void: voided,
		results,
	};
	await writeFile(join(folder, 'results.json'), `${JSON.stringify(taken, null, '\t')}\n`);
	if (voided.length > 0) return;
	await writeReadme(join(folder, 'README.md'), tablesOf(results));
}

main()
	.then((code) => {
		process.exitCode = code;
	})
	.catch((error: Error) => {
		process.stderr.write(`${error.stack}\n`);
		process.exitCode = 1;
	});
