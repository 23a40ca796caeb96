import type { TaskLinks } from '../chat/errors';
import { toPartialResult } from '../transcript/result';
import type { Transcript } from '../transcript/transcript';
import type { BrokenCall, CallOutcome } from './callOutcome';
import { toFailed, type CallId, type Ledger, type LedgerEntry } from './ledger';
import { createRedactor } from './redact';
import type { SleepingCall } from './sleep';
import { toFacts } from './toFacts';

export type Recorder = ReturnType<typeof createRecorder>;

/**
 * Writes one call into the ledger, and nothing of the key.
 *
 * @param onTask hears of a task whenever more of it is known
 */
export function createRecorder(
	ledger: Ledger,
	call: CallId,
	apiKey: string,
	onTask: (task: TaskLinks) => void,
) {
	let seen = '';
	const redact = createRedactor(apiKey);
	const record = (entry: LedgerEntry): void => {
		ledger.record(call, entry);
		if (entry.state === 'task') onTask(entry.task);
	};
	const recordEnd = (outcome: CallOutcome | SleepingCall): void => {
		if (outcome.kind === 'completed') {
			const result = { ...outcome.result };
			delete result.messages; // the next try's item brings them
			delete result.attachment;
			return record({ state: 'done', result });
		}
		if (outcome.kind === 'free') return ledger.clear(call);
		if (outcome.kind === 'asleep') {
			const { task, partial, sleep } = outcome;
			return record({ state: 'task', task, partial, sleep });
		}
		// What an earlier try has recorded stands.
		if (outcome.error.facts.fromEarlierTry === true) return;
		const task = outcome.kind === 'broken' ? toTaskEntry(outcome, ledger.find(call)) : undefined;
		record(task ?? toFailed(outcome.error));
	};
	return {
		/** The request is on its way: from here on it may cost money. */
		sent: () => record({ state: 'sent' }),
		/** The transcript has grown, and may name a task. */
		read(transcript: Transcript): void {
			if (transcript.taskId === '') return;
			const { taskIds, sid, previewUrl, sourceUrl, videos } = transcript;
			const facts = [...taskIds, sid, previewUrl, sourceUrl, videos.length].join(' ');
			if (facts === seen) return;
			seen = facts;
			const { task = {} } = toFacts(transcript);
			record(redact({ state: 'task', task, partial: toPartialResult(transcript) }));
		},
		/**
		 * How the call ended, or a part of it; what comes later replaces it.
		 *
		 * @returns the same without the key, to be shown
		 */
		settle(outcome: CallOutcome | SleepingCall): CallOutcome | SleepingCall {
			const shown = redact(outcome);
			recordEnd(shown);
			return shown;
		},
	};
}

/** A task that may still end is asked for in the next try; what is known of it only grows. */
function toTaskEntry(
	{ error, partial }: BrokenCall,
	known: LedgerEntry | undefined,
): LedgerEntry | undefined {
	const { task } = error.facts;
	if (task?.taskId === undefined) return undefined;
	const before = known?.state === 'task' ? known : undefined;
	return {
		state: 'task',
		task: { ...before?.task, ...task },
		partial: { ...before?.partial, ...partial },
		...(before?.sleep && { sleep: { ...before.sleep, isOver: true } }),
	};
}
