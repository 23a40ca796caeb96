import type { Relay } from '../relay/relay';
import type { EngineRun } from '../support/engineRun';
import type { Schedule } from './schedule';

/** One execution, from its start or by Retry Execution. */
export interface Execution {
	run: EngineRun;
	/** It began with a ledger that cannot be read, and knows no task of before. */
	hasLost: boolean;
	/** How many requests the relay had seen when it was over. */
	turns: number;
	/** When Stop was pressed while it ran. */
	stoppedAt: number | undefined;
	/** How long it went on after that, in ms. */
	heldFor: number;
}

/** What came of a schedule. */
export interface Ran {
	schedule: Schedule;
	/** Without those that did not end. */
	executions: readonly Execution[];
	/** Milliseconds in which the execution that did not end should have. */
	hung: number | undefined;
	relay: Relay;
	/** Where links to tasks lead, if not to the relay. */
	elsewhere: Relay | undefined;
	key: string;
	socketsLeft: number;
}
