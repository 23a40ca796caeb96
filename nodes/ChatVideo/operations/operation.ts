import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import type { Session } from '../session';

/** One input item and where it is worked on. */
export interface Item {
	context: IExecuteFunctions;
	index: number;
	session: Session;
}

/** Does what an item was read for; nothing is sent before it is called. */
export type Job = () => Promise<INodeExecutionData>;

/** A verb of the node: what the panel shows for it, and what it does. */
export interface Operation {
	option: INodePropertyOptions;
	fields: INodeProperties[];
	/**
	 * Reads the item's parameters.
	 *
	 * @throws {InvalidInput} for a parameter or an item that cannot be used
	 */
	prepare(item: Item): Promise<Job>;
}
