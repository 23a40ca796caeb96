import type { IExecuteFunctions } from 'n8n-workflow';
import type { Session } from './session';

/** One input item and where it is worked on. */
export interface Item {
	context: IExecuteFunctions;
	index: number;
	session: Session;
}
