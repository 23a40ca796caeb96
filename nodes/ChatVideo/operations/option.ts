import type { INodeProperties, NodeParameterValueType } from 'n8n-workflow';

/** What a sentence about a value needs: its name in the panel without a unit, and what is usual. */
export interface Label {
	title: string;
	default: NodeParameterValueType;
}

/** All there is to say about one option. */
export interface Option<Value> {
	field: Omit<INodeProperties, 'name' | 'default'>;
	/** What counts where nothing is set. */
	default: NodeParameterValueType;
	/**
	 * Makes the value of what is set.
	 *
	 * @throws {InvalidInput} when that cannot be used
	 */
	read(value: unknown, label: Label): Value;
	/** It changes what is sent: with another value it is another call. */
	inRequest?: true;
}
