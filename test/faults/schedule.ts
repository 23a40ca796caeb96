import type { Situation } from '../relay/situations';
import type { InputKind } from './earlierVideo';
import type { ProxyBehaviour } from './proxy';

/** What becomes of one item: of its first request, its second … and of every later one. */
export interface ItemPlan {
	/** What the relay does to each request in turn; all that come after are ordinary. */
	faults: Situation[];
	/** Its base URL is a port nobody listens on. */
	nobodyListens: boolean;
	/** What a modification finds in its input item. */
	input: InputKind;
	/** What stands between the node and the relay. */
	proxy: ProxyBehaviour;
}

/** One execution of a workflow in a bad world, and what its user does about it. */
export interface Schedule {
	/** Draws ids and links of the relay. */
	seed: number;
	items: ItemPlan[];
	/** A modification sends a conversation, and is as much of a request as any. */
	operation: 'generate' | 'modify';
	downloadVideo: boolean;
	onError: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	/** Retry On Fail; 1 is off. */
	tries: number;
	/** What becomes of the ledger before Retry Execution. */
	ledgerIs: 'kept' | 'gone' | 'of another version' | 'half' | 'text';
	/** How often Retry Execution is pressed on a failed execution. */
	retryExecutions: number;
	maxConcurrency: number;
	recover: boolean;
	maxTries: number;
	/** Seconds. */
	timeout: number;
	idleTimeout: number;
	/** How often the account is opened before it cannot be, once each. */
	sealedAfter: number[];
	/** The prompt is empty once a task was noted. */
	losesPrompt: boolean;
	/** Links to tasks lead to another origin. */
	linksElsewhere: boolean;
	/** Seconds after which Stop is pressed. */
	stopAfter: number | undefined;
	simplify: boolean;
}
