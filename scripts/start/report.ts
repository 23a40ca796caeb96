import { getBorderCharacters, table } from 'table';
import type { IDataObject } from 'n8n-workflow';
import { type Paint, plain } from './paint';

/** Longer lines are hard to read, shorter ones not worth a table. */
const widest = 110;
const narrowest = 40;
const keyWidth = 8;
const gap = 2;
/** More percentages than these say nothing new. */
const mostSteps = 6;

interface Look {
	/** Where the item's files are. */
	files?: string[];
	columns?: number | undefined;
	paint: Paint;
}

/**
 * One item under a heading. Links stand on lines of their own and are never cut or wrapped, so that a
 * terminal can open them and a reader can copy them.
 */
export function reportItem(
	title: string,
	item: IDataObject,
	{ files = [], columns = 80, paint }: Look,
): string {
	const width = Math.max(narrowest, Math.min(columns, widest));
	const prose = rows(paint, {
		Task: item.taskId,
		Sid: item.sid,
		Prompt: item.prompt,
		Progress: steps(item.progressLog),
		Missing: missing(item.download),
	});
	const saved = files.map((file, index) => [index === 0 ? paint('cyan', 'Saved') : '', file]);
	const links = rows(paint, { Poster: item.posterUrl, Video: item.videoUrl });
	const fit = links.every(([, url = '']) => url.length <= columns - keyWidth - gap);
	return [
		paint('bold', title),
		paint('dim', '─'.repeat(width)),
		layOut(prose, width - keyWidth - gap),
		layOut(saved),
		// at the left margin a link has the most room before the terminal breaks it
		fit ? layOut(links) : links.flat().join('\n'),
	]
		.filter((block) => block !== '')
		.join('\n');
}

/** `submitted → queued → 36 % → 81 % → completed`, with a long run of percentages thinned out. */
function steps(log: unknown): string {
	const entries = Array.isArray(log) ? (log as Array<{ stage: string; percent?: number }>) : [];
	const percents = entries.flatMap(({ stage, percent }) =>
		stage === 'progress' && percent !== undefined ? [percent] : [],
	);
	const every = Math.max(1, (percents.length - 1) / (mostSteps - 1));
	const kept = new Set(
		Array.from({ length: mostSteps }, (_, index) => percents[Math.round(index * every)]),
	);
	const names = entries.flatMap(({ stage, percent }) => {
		if (stage !== 'progress') return [stage];
		return percent !== undefined && kept.has(percent) ? [`${percent} %`] : [];
	});
	return names.filter((name, index) => name !== names[index - 1]).join(' → ');
}

/** What the node noted on files that could not be downloaded. */
function missing(download: unknown): string {
	const notes = Object.entries((download ?? {}) as Record<string, { message: string }>);
	return notes.map(([file, { message }]) => `${file}: ${message}`).join('\n');
}

function rows(paint: Paint, values: Record<string, unknown>): string[][] {
	return Object.entries(values)
		.filter(([, value]) => typeof value === 'string' && value !== '')
		.map(([key, value]) => [paint('cyan', key), plain(String(value))]);
}

function layOut(cells: string[][], valueWidth?: number): string {
	if (cells.length === 0) return '';
	const text = table(cells, {
		border: getBorderCharacters('void'),
		drawHorizontalLine: () => false,
		columnDefault: { paddingLeft: 0, paddingRight: gap },
		columns: [
			{ width: keyWidth },
			{ paddingRight: 0, ...(valueWidth && { width: valueWidth, wrapWord: true }) },
		],
	});
	return text.replace(/ +$/gm, '').trimEnd();
}
