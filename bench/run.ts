import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { format } from 'prettier';
import { runCommand } from '../scripts/n8n/runCommand';
import { say } from '../scripts/n8n/say';
import { figuresWith, noFigure, type Figure } from './figures';
import { quartilesOf } from './medianOf';
import { prepare } from './prepare';
import { takeSamples } from './takeSamples';

interface Flags {
	only: string[];
	quick: boolean;
	profile?: string;
}

const command = new Command('npm run bench --')
	.description('Measures the node and writes the table of bench/README.md.')
	.option('--only <words...>', 'only figures with one of these words, e.g. memory; no table', [])
	.option('--quick', 'in less than a minute, to see that everything works; no table', false)
	.option('--profile <folder>', 'write a CPU profile of each measurement')
	.parse();

const { only, quick, profile } = command.opts<Flags>();

/** Cells of the table: figure, goal, measured, reason for a miss. */
type Row = [string, string, string, string];

async function main(): Promise<void> {
	const chosen = figuresWith(only);
	if (chosen.length === 0) command.error(noFigure(only));
	const folder = join(__dirname, '..', 'bench');
	const node = await prepare(folder);
	const server = fork(join(__dirname, 'benchWire.js'), { execPath: node });
	try {
		const [wire] = (await once(server, 'message')) as [string];
		const rows: Row[] = [];
		for (const [index, figure] of chosen.entries()) {
			const samples = await takeSamples(figure.measure, { wire, quick }, { node, profile });
			const row = toRow(figure, samples);
			rows.push(row);
			say(`${index + 1} of ${chosen.length}  ${row.filter(Boolean).join('  |  ')}`);
		}
		if (!quick && only.length === 0) await writeTable(join(folder, 'README.md'), node, rows);
	} finally {
		server.disconnect();
	}
}

function toRow(figure: Figure, samples: readonly number[]): Row {
	const { title, unit = '', atLeast, atMost, reason = '' } = figure;
	const [lower, median, upper] = quartilesOf(samples);
	const spread = samples.length > 1 ? ` (${toShort(lower)}–${toShort(upper)})` : '';
	const bounds = [atLeast && `≥ ${atLeast}`, atMost && `≤ ${atMost}`].filter(Boolean);
	const goal = bounds.length > 0 ? bounds.join(', ') + unit : 'shown';
	const isMissed = median < (atLeast ?? -Infinity) || median > (atMost ?? Infinity);
	// What was measured so shortly is shown and not judged.
	const verdict = isMissed && !quick ? `Missed. ${reason}`.trim() : '';
	return [title, goal, `${toShort(median)}${unit}${spread}`, verdict];
}

const toShort = (value: number): string => value.toFixed(Math.abs(value) < 10 ? 2 : 1);

const between = /(?<=<!-- measured -->\n)[\s\S]*(?=<!-- \/measured -->)/;

/** Puts the table where the text has its place for it. */
async function writeTable(file: string, node: string, rows: readonly Row[]): Promise<void> {
	const { output } = await runCommand(node, ['--version']);
	const [{ model } = { model: 'unknown' }] = cpus();
	const date = new Date().toISOString().slice(0, 10);
	const head = ['figure', 'goal', 'median (quartiles)', 'reason for a miss'];
	const lines = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
	const caption = `Node ${output.trim()}, ${cpus().length} × ${model}, ${date}.`;
	const text = await readFile(file, 'utf8');
	const written = text.replace(between, () => `\n${caption}\n\n${lines.join('\n')}\n\n`);
	await writeFile(file, await format(written, { parser: 'markdown' }));
}

main().catch((error: Error) => {
	process.stderr.write(`${error.stack}\n`);
	process.exitCode = 1;
});
