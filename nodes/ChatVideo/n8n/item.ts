import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { SleepingCall } from '../call/sleep';
import type { Session } from './session';

/** One input item and where it is worked on. */
export interface Item {
	context: IExecuteFunctions;
	index: number;
	session: Session;
}

/** What became of an item in one run of the node. */
export type ItemOutcome =
	{ kind: 'done'; items: INodeExecutionData[] } | { kind: 'failed'; cause: unknown } | SleepingCall;
