import type { Relay } from '../relay/relay';
import type { DataTables } from '../support/dataTables';

/** The item a prompt was made of: `Video 2.` of the item at 2. */
export const itemOf = (prompt = ''): number => Number(/Video (\d+)\./.exec(prompt)?.[1]);

/**
 * What broke the two rules over the lives of a workflow, in words.
 *
 * @param shown all that n8n has shown in any of them
 */
export function twiceOrLost(relay: Relay, tables: DataTables, shown: string): string[] {
	const billed = relay.bills.map(({ prompt }) => itemOf(prompt));
	const twice = [...new Set(billed)].flatMap((item) => {
		const times = billed.filter((other) => other === item).length;
		return times > 1 ? [`item ${item} was billed ${times} times`] : [];
	});
	const lost = tables
		.rows()
		.flatMap(({ taskId = '', status = '' }) =>
			taskId === '' || shown.includes(taskId) || status === 'failed'
				? []
				: [`task ${taskId} is ${status} and was never given`],
		);
	return [...twice, ...lost];
}
