import type { Ran } from '../ran';

/** Says what is wrong with what came of a schedule, one sentence each; nothing if all is well. */
export type Invariant = (ran: Ran) => string[];
