import { asBatches, toDelta } from './deltas';
import { transcribe } from '../../nodes/ChatVideo/transcript/transcribe';
import { emptyFacts } from '../../nodes/ChatVideo/transcript/facts';
import { toOutcome } from '../../nodes/ChatVideo/transcript/outcome';
import { summaryOf } from './summary';
import { isSoak, sampled } from '../support/sampled';
import { timeOf } from '../support/timeOf';

const small = 32 * 1024; // characters; what is quadratic takes a second and more for them
const large = (isSoak ? 1024 : 512) * 1024; // characters

/** Runs of what the patterns look for: each would be read again from each of its places. */
const runs: Record<string, string> = {
	'opening brackets': '[',
	'opening parentheses': '(',
	'exclamation marks and brackets': '![',
	'labels that never end': '[▶️',
	'words of labels': '播放 view ',
	'labels without a link': '[播放] ',
	'links that never end': '[在线播放](https://a',
	'links with parentheses': '[a](https://a(b)',
	'links within links': '](https://a(b',
	'whole links': '[在线播放](https://a.example/b.mp4) ',
	'percent links that never end': '[99](https://a',
	'quote marks': '> ',
	'quote marks and brackets': '>[',
	blanks: ' ',
	tabs: '\t',
	'wide blanks': '\u3000',
	asterisks: '* ',
	dashes: '- ',
	backticks: '`',
	fences: '``` ',
	'fences of JSON': '```json ',
	'whole fences': '```json {"a":1} ``` ',
	braces: '{',
	'closing braces': '}',
	'double quotes': '"',
	'Chinese quotes': '“',
	'text in double quotes': '"a" ',
	schemes: 'https://',
	'URLs with dots': 'https://a....',
	'URLs with punctuation': '.,;:!?',
	tags: '<video ',
	'attributes of a tag': ' src="https://a" src = ',
	'pictures as tags': '<img src="https://a" ',
	digits: '7',
	'digits with dots': '1.',
	percents: '76..',
	'percents in percent': '1%',
	'words of progress': '进度 1.1.',
	'ids without an id': '任务ID: ',
	'ids with blanks': 'task_id: * * ',
	'sids without a sid': 'sid: `',
	'words of prompts': 'prompt: ',
	failures: '生成失败 ',
	crosses: '❌',
	retries: '生成失败，',
	'retries in Russian': 'повторн',
	reasons: 'reason: ',
	completions: 'generation complete ',
	waiting: 'waiting for ',
	'letters of words': 'a',
	'Chinese letters': '生',
	backslashes: '\\',
	errors: 'error ',
	'labels of what was given': 'Source video: ',
	'words of such labels': 'video the ',
	'what is worked on': 'editing the video ',
	'cells of a table': '| a ',
	'cells of HTML': '<td>',
	'rows of HTML': '<tr>',
	arrows: '-->',
	'tags of boards': '[url=a][img]',
	'links of boards': '[url=https://a.example]b[/url]',
	'notes that never end': '[a]: https://a "',
};

type Shape = (run: string, size: number) => string;

const shapes: Record<string, Shape> = {
	'one line': (run, size) => run.repeat(size / run.length),
	'one line of progress': (run, size) => `> 🏃 进度 ${run.repeat(size / run.length)}`,
	'one line of failure': (run, size) => `> 生成失败 x${run.repeat(size / run.length)}x`,
	'a label that never ends': (run, size) => `[${run.repeat(size / run.length)}`,
	'a tag that never ends': (run, size) => `<video ${run.repeat(size / run.length)}`,
	'a fence that never ends': (run, size) =>
		`\`\`\`json\n{"prompt":"${run.repeat(size / run.length)}`,
	'many lines': (run, size) => `${run}\n`.repeat(size / (run.length + 1)),
};

/**
 * Whether what is quadratic would be seen: for four times the text it takes sixteen times as long,
 * whatever the machine, and minutes for the whole.
 */
async function expectLinear(toText: (size: number) => string, size: number): Promise<void> {
	const [quarter, whole] = [toText(size / 4), toText(size)];
	expect(whole.length).toBeGreaterThan(size / 2);
	const least = await timeOf(() => summaryOf(quarter));
	const time = await timeOf(() => summaryOf(whole));
	expect(time / Math.max(least, short)).toBeLessThan(8);
	expect(time).toBeLessThan(8_000);
}

const short = 50; // milliseconds; below, what it takes is noise

const shapesInOrder = Object.entries(shapes).map(([name, shape], at) => ({ name, shape, at }));
const every = 3; // each run in two shapes or three, each shape with a third of the runs

describe.each(shapesInOrder)('32 KiB as $name is read in no time', ({ shape, at }) => {
	it.each(sampled(Object.entries(runs), every, at))('%s', async (_name, run) => {
		const text = shape(run, small);
		expect(text.length).toBeGreaterThan(small / 2);
		expect(await timeOf(() => summaryOf(text))).toBeLessThan(500);
	});
});

describe(`${large / 1024} KiB take four times as long as a quarter of it, and seconds at most`, () => {
	const rows: Array<[string, keyof typeof shapes, keyof typeof runs]> = [
		['blanks after progress', 'one line of progress', 'blanks'],
		['brackets after progress', 'one line of progress', 'opening brackets'],
		['quote marks after progress', 'one line of progress', 'quote marks'],
		['schemes', 'one line', 'schemes'],
		['links that never end', 'one line', 'links that never end'],
		['a label that never ends', 'a label that never ends', 'words of labels'],
		['a tag that never ends', 'a tag that never ends', 'attributes of a tag'],
		['a failure with blanks in it', 'one line of failure', 'blanks'],
		['a word', 'one line', 'letters of words'],
		['retries in Russian', 'one line', 'retries in Russian'],
		['lines of letters', 'many lines', 'Chinese letters'],
	];

	it.each(rows)('%s', async (_, shape, run) => {
		await expectLinear((size) => shapes[shape]?.(runs[run] ?? '', size) ?? '', large);
	});
});

const most = 4 * 1024 * 1024; // characters; the limit of a transcript

describe('4 MiB, the most that is read, take four times as long as 1 MiB, and seconds at most', () => {
	const all = Object.values(runs).join('');
	const texts: Array<[string, string]> = [
		['all that is looked for, in lines', `${all}\n`],
		['all that is looked for, in quoted lines', `> ${all}\n`],
		['all that is looked for, on one line', all],
		['fences', '```json\n{"prompt":"a"}\n```\n'],
	];

	it.each(texts)('%s', async (_, piece) => {
		await expectLinear((size) => piece.repeat(Math.floor(size / piece.length)), most);
	});

	it.each([
		['an id of dots', (n: number) => `> https://a.example/web/${'.'.repeat(n)}x `],
		['an id in backticks', (n: number) => `> ID: \`${'.'.repeat(n)}x\``],
	])('%s', async (_, toText) => {
		await expectLinear((size) => toText(size - 100), most);
	});
});

const dense = isSoak ? most : most / 4; // characters

describe('short lines that all say something take time by their number alone', () => {
	const rows: Array<[string, string]> = [
		['task pages', '> https://a.example/web/task_1....\n'],
		['whole links', '[在线播放](https://a.example/b.mp4)\n'],
		['failures that are tried again', '> 生成失败，正在重试\n'],
		['progress', '> 🏃 进度 36..44..\n'],
		['rows of a table', '| [Source](https://a.example/b.mp4) | https://a.example/c.mp4 |\n'],
		['labels above links', 'Source:\nhttps://a.example/b.mp4\n'],
		['rows that never end', '<tr>\n<td>\n'],
		['fences that are no JSON', '```json\n{"prompt":}\n```\n'],
	];

	it.each(sampled(rows, 2, 1))('%s', async (_, piece) => {
		await expectLinear((size) => piece.repeat(Math.floor(size / piece.length)), dense);
	});
});

describe('many deltas are read in no time', () => {
	const rows: Array<[string, string, string]> = [
		['of one line', 'prompt: ', 'a'],
		['of one fence', '```json\n{"prompt":"', 'a'],
		['of lines in one fence', '```json\n{', '}\n'],
		['of braces after a long fence', `\`\`\`json\n{"a":[${'1,'.repeat(500_000)}\n`, '}'],
		['of dots', '> 排队中', '.'],
		['of lines', '', '>\n'],
	];

	it.each(rows)('%s', async (_, start, piece) => {
		const deltas = [start, ...Array<string>(30_000).fill(piece)].map(toDelta);
		let shown = 0;
		const time = await timeOf(() => transcribe(asBatches(deltas), () => (shown += 1)));
		expect(shown).toBe(deltas.length);
		expect(time).toBeLessThan(2_000);
	});
});

it('the outcome of a text that grows costs no more with its length', async () => {
	let text = '';
	const time = await timeOf(() => {
		for (let delta = 0; delta < 20_000; delta += 1) {
			text += 'words that say nothing of a video, '.repeat(5);
			toOutcome({ ...emptyFacts, text });
		}
	});
	expect(time).toBeLessThan(1_000);
});
