import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { SleepingCall } from '../call/sleep';
import type { Item } from '../n8n/item';

/** Does what an item was read for; nothing is sent before it is called. */
export type Job = () => Promise<INodeExecutionData | INodeExecutionData[] | SleepingCall>;

/** A verb of the node: what the panel shows for it, and what it does. */
export interface Operation {
	option: Omit<INodePropertyOptions, 'value'>;
	fields: INodeProperties[];
	/** Whether running it costs money. */
	costs: boolean;
	/**
	 * Reads the item's parameters.
	 *
	 * @throws {InvalidInput} for a parameter or an item that cannot be used
	 */
	prepare(item: Item): Promise<Job>;
}
