import { ChatError } from '../../nodes/ChatVideo/chat/errors';
import { createLedger, type LedgerEntry } from '../../nodes/ChatVideo/call/ledger';
import { createRecorder } from '../../nodes/ChatVideo/call/recorder';
import { emptyReading, snapshot } from '../../nodes/ChatVideo/transcript/transcript';

const call = { run: 0, item: 0, digest: 'digest', wording: '', execution: '1' };
const task = { taskId: 'task_01k7', sourceUrl: 'https://relay.example/source/task_01k7' };

function start(known?: LedgerEntry) {
	const recorded: Array<LedgerEntry | undefined> = [];
	const ledger = createLedger({}, { onRecord: (_, entry) => recorded.push(entry) });
	if (known !== undefined) ledger.record(call, known);
	recorded.length = 0;
	return { recorder: createRecorder(ledger, call, 'sk-test', () => {}), ledger, recorded };
}

const brokenBy = (facts: object) => ({
	kind: 'broken' as const,
	error: new ChatError('disconnected', 'It broke off', { billing: 'possible', ...facts }),
	log: [],
	partial: {},
});

it('what is known of a task stays where a later end knows less', () => {
	const { recorder, ledger } = start({ state: 'task', task, partial: { prompt: 'A cat' } });
	recorder.settle(brokenBy({ task: { taskId: task.taskId } }));
	expect(ledger.find(call)).toEqual({ ...call, state: 'task', task, partial: { prompt: 'A cat' } });
});

it('the error of an earlier try takes nothing from what that try has recorded', () => {
	const { recorder, recorded } = start({ state: 'sent' });
	recorder.settle(brokenBy({ fromEarlierTry: true }));
	expect(recorded).toEqual([]);
});

it('a failure is kept without what caused it, which may be anything', () => {
	const { recorder, ledger } = start();
	recorder.settle(brokenBy({ cause: new Error('socket') }));
	expect(ledger.find(call)).toMatchObject({ state: 'failed', kind: 'disconnected' });
	expect(ledger.find(call)).not.toHaveProperty('facts.cause');
});

it('a task is recorded once for all that is read of it', () => {
	const { recorder, recorded } = start();
	const { taskId } = task;
	const transcript = { ...snapshot(emptyReading), taskId, taskIds: [taskId] };
	recorder.read(transcript);
	recorder.read({ ...transcript, text: 'more' });
	expect(recorded).toMatchObject([{ state: 'task', task: { taskId } }]);
	recorder.read({ ...transcript, sid: 's_1' });
	expect(recorded).toHaveLength(2);
});
