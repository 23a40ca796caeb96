import type { CallId, LedgerEntry, LedgerRecord } from '../call/ledger';
import { defined } from '../chat/defined';
import { errorKinds, linksOf, type ErrorKind, type TaskLinks } from '../chat/errors';
import { rebuildTurn } from '../transcript/rebuild';
import type { VideoResult } from '../transcript/result';
import type { Row } from './dataTable';

/** The columns, in the order people see them: what became of a call, then what it was, then what finds it. */
export const journalColumns = [
	'status',
	'prompt',
	'videoUrl',
	'taskId',
	'note',
	'delivered',
	'started',
	'model',
	'dataLink',
	'previewUrl',
	'posterUrl',
	'sid',
	'updated',
	'recoveredBy',
	'workflow',
	'node',
	'execution',
	'run',
	'item',
	'service',
	'errorKind',
	'alive',
	'claim',
	'executions',
	'nodeId',
	'digest',
	'wording',
	'call',
] as const;

/** A call as a row of the journal. Empty text is unknown. */
export type JournalRow = Record<(typeof journalColumns)[number], string>;

/** What a call is about, besides what the ledger keeps of it. */
export interface CallSubject {
	prompt: string;
	model: string;
	/** The base URL. */
	service: string;
}

const longestPrompt = 1_000; // characters; enough to know it again, and to ask for a change of it

/** The first row of a call, before it is sent. */
export const toFirstRow = (
	{ run, item, digest, wording, execution }: CallId,
	{ prompt, model, service }: CallSubject,
	place: Pick<JournalRow, 'workflow' | 'node' | 'nodeId' | 'claim' | 'executions' | 'call'>,
): JournalRow => ({
	...empty,
	...place,
	prompt: [...prompt].slice(0, longestPrompt).join(''),
	model,
	service,
	run: String(run),
	item: String(item),
	digest,
	wording,
	execution,
	started: now(),
	alive: now(),
});

export const now = (): string => new Date(Date.now()).toISOString();

const empty = Object.fromEntries(journalColumns.map((name) => [name, ''])) as JournalRow;

/** What an entry of the ledger changes in its row; without one the call was refused free of charge. */
export function toChanges(entry: LedgerEntry | undefined): Partial<JournalRow> {
	if (entry === undefined) return { status: 'refused', note: 'Refused; nothing was charged.' };
	const { state } = entry;
	if (state === 'sent') return { status: state, note: withoutId };
	if (state === 'task') {
		const { task, sleep } = entry;
		const note = sleep === undefined || sleep.isOver ? '' : asleep;
		return { status: state, note, ...toColumns(task) };
	}
	if (state === 'failed') {
		const { kind, message, facts } = entry;
		return { status: state, note: message, errorKind: kind, ...toColumns(facts.task ?? {}) };
	}
	return { status: state, note: '', ...toColumns(entry.result) };
}

const withoutId =
	'Sent, and no task id seen since. Look for it at the service; only Submit Again sends it once more.';

const asleep = 'Its execution sleeps while the video is made, and goes on by itself.';

/** What is not known now may have been known before, and stays. */
function toColumns(links: TaskLinks): Partial<JournalRow> {
	const { taskId, sid, previewUrl, sourceUrl: dataLink, posterUrl, videoUrl } = linksOf(links);
	return defined({ taskId, sid, previewUrl, dataLink, posterUrl, videoUrl });
}

/** A row that was read; what a user has changed in it cannot be trusted to be whole. */
export const toJournalRow = (row: Row): JournalRow => ({ ...empty, ...row });

export const toCallId = ({ run, item, digest, wording, execution }: JournalRow): CallId => ({
	run: Number(run),
	item: Number(item),
	digest,
	wording,
	execution,
});

/** What the ledger would hold of a call that was sent. */
export function toLedgerRecord(row: JournalRow): LedgerRecord {
	const call = toCallId(row);
	const task = toTask(row);
	if (isDone(row)) {
		const result = toVideoResult(row);
		delete result.messages; // the item brings the conversation
		return { ...call, state: 'done', result };
	}
	if (row.status === 'failed') {
		const billing = row.taskId === '' ? 'possible' : 'started';
		const facts = { billing, task } as const;
		return { ...call, state: 'failed', kind: kindIn(row), message: row.note, facts };
	}
	if (row.taskId === '') return { ...call, state: 'sent' };
	return { ...call, state: 'task', task };
}

/**
 * The same where it is not certain that the row is of an execution that is retried here, as one in
 * between died before it left a trace: the same request is the same call, but what was only written
 * the same may be another one. Of that is known that it may have been sent.
 */
export const toDoubtfulRecords = (row: JournalRow): LedgerRecord[] => [
	{ ...toLedgerRecord(row), wording: '' },
	{ ...toCallId(row), digest: '', execution: '', state: 'sent' },
];

const kindIn = ({ errorKind }: JournalRow): ErrorKind =>
	Object.hasOwn(errorKinds, errorKind) ? (errorKind as ErrorKind) : 'failed';

/** Whether there is a video; one that came as a file has no address to find it by. */
const isDone = ({ status, videoUrl }: JournalRow): boolean => status === 'done' && videoUrl !== '';

/** What leads to the video of a row. */
export const toTask = (row: JournalRow): TaskLinks => linksOf({ ...row, sourceUrl: row.dataLink });

/** The result of a row, with the conversation rebuilt, as the journal keeps none. */
export function toVideoResult(row: JournalRow): VideoResult {
	const { prompt, model, started, updated } = row;
	const task = toTask(row);
	const isMade = isDone(row);
	const status = row.status === 'failed' ? 'failed' : isMade ? 'completed' : 'unfinished';
	const messages = rebuildTurn({ ...task, prompt });
	const answer = messages.at(-1)?.content;
	return {
		...task,
		status,
		reason: row.note || undefined,
		model: model || undefined,
		prompt: prompt || undefined,
		progressLog: [
			{ stage: 'submitted', at: started },
			...(isMade ? [{ stage: 'completed' as const, at: updated }] : []),
		],
		recovered: true,
		startedAt: started || undefined,
		...(isMade && { messages, completedAt: updated || undefined }),
		...(isMade && typeof answer === 'string' && { transcript: answer }),
	};
}
