/** What a figure is measured with. */
export interface Setting {
	/** The address of the wire. */
	wire: string;
	/** Fewer and shorter measurements, to see that everything works. */
	quick: boolean;
	/** What is to be measured: a client, a stream, a size. */
	of: Readonly<Record<string, string>>;
}

/** Measures one thing, in a process of its own. What it gives out is JSON. */
export type Figure = (setting: Setting) => Promise<object>;
