import type { IDataObject } from 'n8n-workflow';
import { pairOf } from '../pairOf';
import type { Schedule } from '../schedule';
import type { Invariant } from './invariant';

const kinds =
	/^(?:unauthorized|quota|modelNotFound|badRequest|rateLimited|unavailable|moderated|failed|timeout|disconnected|malformed|cancelled)$/;

/** What is wrong with the json of an item that stands for an error. */
const fault = ({ error, errorKind, billing, taskId }: IDataObject): string | undefined => {
	if (typeof error !== 'string' || error === '') return 'has no message';
	if (!kinds.test(String(errorKind))) return `has the errorKind ${String(errorKind)}`;
	if (!/^(?:none|possible|started)$/.test(String(billing))) return `has billing ${String(billing)}`;
	const started = taskId !== undefined;
	return started === (billing === 'started') ? undefined : `has billing ${billing}, task ${taskId}`;
};

/** Where each item's outcome should be found; the errors are in the second output if there is one. */
const outputsOf = ({ onError }: Schedule): number[] =>
	onError === 'continueErrorOutput' ? [0, 1] : [0];

/** Every item has one outcome, in order and paired with it, and errors say what they should. */
export const answersEachItem: Invariant = ({ schedule, executions }) =>
	executions.flatMap(({ run, stoppedAt }) => {
		const stopped = stoppedAt !== undefined;
		if (stopped || run.status !== 'success') {
			const expected = stopped || schedule.onError === 'stopWorkflow';
			return expected ? [] : [`it is ${run.status}: ${run.error()?.message}`];
		}
		const outputs = outputsOf(schedule).map((output) => run.items('Chat Video', output));
		const pairs = outputs.map((items) => items.map(pairOf));
		const ordered = pairs.every((each) => each.every((item, at) => item > (each[at - 1] ?? -1)));
		const count = pairs.flat().length;
		const errors = outputs.flat().filter(({ json }) => 'error' in json);
		return [
			...(ordered && count === schedule.items.length
				? []
				: [`outcomes are of the items ${JSON.stringify(pairs)}`]),
			...errors.flatMap(({ json }) => fault(json) ?? []).map((said) => `an error item ${said}`),
		];
	});
