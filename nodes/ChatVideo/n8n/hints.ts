import type { IExecuteFunctions } from 'n8n-workflow';
import { ChatError } from '../chat/errors';
import type { ItemOutcome } from './item';

/**
 * Sums up what became of the items, where not all of them came out well.
 *
 * @param costs whether running the node again pays again
 */
export function giveHints(
	context: IExecuteFunctions,
	outcomes: readonly ItemOutcome[],
	costs: boolean,
): void {
	if (typeof context.addExecutionHints !== 'function') return;
	const hint = (type: 'info' | 'warning', message: string): void =>
		context.addExecutionHints({ message, type, location: 'outputPane' });
	const items = outcomes.flatMap((outcome) => (outcome.kind === 'done' ? outcome.items : []));
	const withoutFile = items.filter(({ json }) => json.download !== undefined);
	if (withoutFile.length > 0) {
		hint(
			'warning',
			`${withoutFile.length} of ${items.length} items lack a file that could not be downloaded: their field "download" says why`,
		);
	}
	const failed = outcomes.flatMap((outcome) => (outcome.kind === 'failed' ? [outcome.cause] : []));
	if (failed.length > 0) {
		const charged = failed.filter(
			(cause) => cause instanceof ChatError && cause.facts.billing !== 'none',
		);
		const done = `${outcomes.length - failed.length} of ${outcomes.length} videos completed`;
		const cost = charged.length === 0 ? '' : `; ${charged.length} may have been charged`;
		hint('warning', done + cost);
	}
	// Who builds a workflow runs its nodes by hand, again and again.
	if (costs && failed.length === 0 && context.getMode() === 'manual') {
		hint(
			'info',
			'Running this node again pays for another video. To keep this one, pin it: select the node on the canvas and press P.',
		);
	}
}
