/** What can be measured; each has its function in worker.ts. */
export type Measure =
	| 'control'
	| 'reference'
	| 'heldSocket'
	| 'memory'
	| 'deltas'
	| 'manyDeltas'
	| 'firstStream'
	| 'loadingNode'
	| 'loadingUndici'
	| 'item'
	| 'items'
	| 'turns'
	| 'download';

/** What a measurement is given. */
export interface Setting {
	/** The address of the wire. */
	wire: string;
	/** Fewer and shorter samples, to see that everything works. */
	quick: boolean;
}
