import { itemOf } from '../item';
import type { Invariant } from './invariant';

/** What is said to have cost nothing has cost nothing. */
export const chargesAsSaid: Invariant = ({ relay, executions }) =>
	executions.flatMap(({ run, turns }) => {
		const billed = new Set(
			relay.turns.slice(0, turns).flatMap((turn) => (turn.billed ? itemOf(turn.prompt) : [])),
		);
		const sentences = [
			...[0, 1]
				.flatMap((output) => run.json('Chat Video', output))
				.flatMap(({ billing, error }) => (billing === 'none' ? [String(error)] : [])),
			...[run.error('Chat Video')].flatMap((error) =>
				error?.description?.includes('nothing was charged') ? [error.message] : [],
			),
		];
		return sentences.flatMap((sentence) => {
			const item = Number(/\[item (\d+)\]/.exec(sentence)?.[1]);
			return billed.has(item) ? [`item ${item} was charged, and the error says otherwise`] : [];
		});
	});
