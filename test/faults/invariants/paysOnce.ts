import { wishOf } from '../item';
import type { Invariant } from './invariant';

/** An item is paid for once, whatever is tried again. */
export const paysOnce: Invariant = ({ relay, schedule }) =>
	schedule.items.flatMap((_, index) => {
		const bills = relay.bills.filter(({ prompt }) => prompt === wishOf(index));
		return bills.length > 1 ? [`item ${index} was billed ${bills.length} times`] : [];
	});
