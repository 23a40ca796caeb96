/** A `chat.completion.chunk` or a whole `chat.completion`: loose, as relays differ in everything. */
export interface WireChunk {
	id?: unknown;
	created?: unknown;
	model?: unknown;
	choices?: unknown;
	usage?: unknown;
	/** Named beside the text by relays that tell it nowhere else. */
	task_id?: unknown;
	data?: unknown;
}
