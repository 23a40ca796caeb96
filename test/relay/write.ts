import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Encoder } from './createEncoder';

/** One response, and how far its reader lets it get. */
export interface Sender {
	response: ServerResponse;
	/** Aborted when the connection is gone. */
	signal: AbortSignal;
	/** Hears the size of every write. */
	count: (bytes: number) => void;
	/** What the bytes go through on their way. */
	encoder?: Encoder | undefined;
	/** Hears that the relay itself is about to break the connection. */
	breaking: () => void;
}

/** Writes, and waits for a reader that does not keep up; false once it is gone. */
export async function write(
	{ response, signal, count, encoder }: Sender,
	bytes: Buffer,
): Promise<boolean> {
	if (signal.aborted || response.destroyed) return false;
	if (bytes.length === 0) return true;
	const encoded = encoder === undefined ? bytes : await encoder.encode(bytes);
	if (signal.aborted || response.destroyed) return false;
	count(bytes.length);
	if (!response.write(encoded)) await once(response, 'drain', { signal }).catch(() => {});
	return !signal.aborted;
}
