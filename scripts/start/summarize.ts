import type { EngineRun } from '../../test/support/engineRun';
import { type Paint, plain } from './paint';
import { reportItem } from './report';

interface Scene {
	turns: string[];
	/** The task of a turn, as far as it was heard of. */
	taskOf: (turn: string) => string | undefined;
	/** Where the files of a turn are. */
	filesOf: (turn: string) => string[];
	/** Where the items are, for the reader. */
	file: string;
	columns: number | undefined;
	paint: Paint;
}

/** What came of the run: a paragraph for each thing there is to say, and the exit code. */
export function summarize(run: EngineRun, scene: Scene): { code: number; paragraphs: string[] } {
	const { turns, filesOf, file, columns, paint } = scene;
	const items = turns.flatMap((turn) =>
		run.json(turn).map((item) => reportItem(turn, item, { files: filesOf(turn), columns, paint })),
	);
	const saved = items.length > 0 ? [paint('dim', `As JSON: ${file}`)] : [];
	if (run.status === 'canceled') {
		return { code: 130, paragraphs: [...items, stopped(run, scene), ...saved] };
	}
	if (run.status !== 'success') {
		return { code: 1, paragraphs: [...items, failed(run, scene), ...saved] };
	}
	return { code: 0, paragraphs: [...items, ...saved] };
}

function stopped(run: EngineRun, { turns, taskOf, paint }: Scene): string {
	const turn = turns.find((name) => run.items(name).length === 0);
	const task = turn && taskOf(turn);
	const advice = task
		? `The service may go on with ${task}.\nThe operation Get Video asks for it later.`
		: 'If the service had accepted the video already, it may charge for it.';
	return lines(paint('yellow', 'Stopped.'), advice);
}

function failed(run: EngineRun, { turns, taskOf, paint }: Scene): string {
	const turn = turns.find((name) => run.error(name));
	const error = run.error(turn) ?? run.error();
	const message = plain(error?.message ?? 'The workflow ended without a reason.');
	const description = plain(String(error?.description ?? ''));
	const task = turn && taskOf(turn);
	const isShown = task && `${message} ${description}`.includes(task);
	return lines(
		`${paint(['red', 'bold'], turn ? `${turn}:` : 'Not started:')} ${message}`,
		description,
		task && !isShown ? `Task: ${task}` : undefined,
	);
}

function lines(...texts: Array<string | undefined>): string {
	return texts.filter((text) => text).join('\n');
}
