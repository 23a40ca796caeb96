import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { Command } from 'commander';
import { readSample, type Sample } from './readSample';

const program = new Command('npm run corpus --')
	.description('Runs the parser over a folder of samples and compares it with what they expect.')
	.argument('<folder>', 'folder with the samples and their index.json')
	.showHelpAfterError();

async function main(): Promise<void> {
	const [folder = ''] = program.parse().args;
	const index = await readFile(join(folder, 'index.json'), 'utf8').catch(() =>
		program.error(`There is no index.json in ${folder}`),
	);
	const samples = JSON.parse(index) as Sample[];
	let failed = 0;
	for (const sample of samples) {
		const body = await readFile(join(folder, sample.file), 'utf8');
		const read = await readSample(sample, body);
		const wrong = Object.entries(sample.expected).filter(
			([field, expected]) => !isSame(read[field], expected),
		);
		failed += wrong.length > 0 ? 1 : 0;
		const mark =
			wrong.length === 0 ? styleText('green', '✔ holds  ') : styleText('red', '✘ differs');
		write(`${mark} ${sample.kind.padEnd(11)} ${sample.file}`);
		for (const [field, expected] of wrong) {
			write(`            ${field}: read ${show(read[field])}, expected ${show(expected)}`);
		}
	}
	write(`\n${samples.length - failed} of ${samples.length} samples hold`);
	if (failed > 0) process.exitCode = 1;
}

/** `null` in a sample means that there must be nothing. */
function isSame(value: unknown, expected: unknown): boolean {
	if (expected === null) return value === undefined || value === '';
	return JSON.stringify(value) === JSON.stringify(expected);
}

const write = (line: string): void => void process.stdout.write(`${line}\n`);

function show(value: unknown): string {
	const json = JSON.stringify(value) ?? 'nothing';
	return json.length > 100 ? `${json.slice(0, 99)}…` : json;
}

void main();
