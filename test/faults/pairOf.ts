import type { INodeExecutionData } from 'n8n-workflow';

/** The input item an outcome says it is of; -1 when it does not say. */
export const pairOf = ({ pairedItem }: INodeExecutionData): number =>
	typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem.item : -1;
