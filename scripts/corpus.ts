import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { Command } from 'commander';
import type { Engine } from '../test/support/engine';
import { playSample, type PlayedSample } from './playSample';
import { readSample, type Sample } from './readSample';

type Fields = Record<string, unknown>;

/** One with an HTTP status is an answer, and is played through the node; a text is read alone. */
const isPlayed = (sample: Sample | PlayedSample): sample is PlayedSample => 'httpStatus' in sample;

const program = new Command('npm run corpus --')
	.description('Plays a folder of samples and compares what comes out with what they expect.')
	.argument('<folder>', 'folder with the samples and their index.json')
	.argument('[only]', 'part of the names of the files to play')
	.showHelpAfterError();

async function main(): Promise<void> {
	const [folder = '', only = ''] = program.parse().args;
	const index = await readFile(join(folder, 'index.json'), 'utf8').catch(() =>
		program.error(`There is no index.json in ${folder}`),
	);
	const samples = (JSON.parse(index) as Array<Sample | PlayedSample>).filter(({ file }) =>
		file.includes(only),
	);
	const { startEngine } = await import('../test/support/engine');
	const engine = samples.some(isPlayed) ? await startEngine() : undefined;
	let missed = 0;
	for (const sample of samples) {
		const body = await readFile(join(folder, sample.file), 'utf8');
		const wrong = await compare(engine, sample, body);
		missed += wrong.length > 0 ? 1 : 0;
		const mark =
			wrong.length === 0 ? styleText('green', '✔ holds  ') : styleText('red', '✘ differs');
		write(`${mark} ${sample.kind.padEnd(15)} ${sample.file}`);
		for (const line of wrong) write(`            ${line}`);
	}
	write(`\n${samples.length - missed} of ${samples.length} samples hold`);
	await engine?.close();
	if (missed > 0) process.exitCode = 1;
}

/** What differs, a line each. */
async function compare(
	engine: Engine | undefined,
	sample: Sample | PlayedSample,
	body: string,
): Promise<string[]> {
	const read: Fields =
		engine !== undefined && isPlayed(sample)
			? await playSample(engine, sample, body)
			: await readSample(sample as Sample, body);
	return Object.entries(sample.expected).flatMap(([field, expected]) => {
		const [name, holds = isSame] = rules[field] ?? [field];
		if (holds(read[name], expected)) return [];
		return [`${field}: read ${show(read[name])}, expected ${show(expected)}`];
	});
}

type Rule = readonly [field: string, holds?: (value: unknown, expected: unknown) => boolean];

const includes = (value: unknown, expected: unknown): boolean =>
	typeof value === 'string' && value.includes(String(expected));

/** Fields of a sample that ask for another thing than the same value under the same name. */
const rules: Readonly<Record<string, Rule>> = {
	reasonIncludes: ['reason', includes],
	notStatus: ['status', (value, expected) => value !== expected],
	notVideo: ['videoUrl', (value, expected) => !includes(value, expected)],
};

/** `null` in a sample means that there must be nothing. */
function isSame(value: unknown, expected: unknown): boolean {
	if (expected === null) return value === undefined || value === '';
	return JSON.stringify(value) === JSON.stringify(expected);
}

const write = (line: string): void => void process.stdout.write(`${line}\n`);

function show(value: unknown): string {
	const json = JSON.stringify(value) ?? 'nothing';
	return json.length > 200 ? `${json.slice(0, 199)}…` : json;
}

void main();
