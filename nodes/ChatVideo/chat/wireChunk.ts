import type { JsonRecord } from './json';

/**
 * A `chat.completion.chunk`, a whole `chat.completion`, or whatever else a relay sends as JSON:
 * loose, as relays differ in everything.
 */
export interface WireChunk extends JsonRecord {
	id?: unknown;
	created?: unknown;
	model?: unknown;
	choices?: unknown;
	usage?: unknown;
	/** Named outside the text by relays that name it nowhere else. */
	task_id?: unknown;
	data?: unknown;
}
