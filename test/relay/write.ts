import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** One response, and how far its reader lets it get. */
export interface Sender {
	response: ServerResponse;
	/** Aborted when the connection is gone. */
	signal: AbortSignal;
	/** Hears the size of every write. */
	count: (bytes: number) => void;
	/** Hears that the relay itself is about to break the connection. */
	breaking: () => void;
}

/** Writes, and waits for a reader that does not keep up; false once it is gone. */
export async function write({ response, signal, count }: Sender, bytes: Buffer): Promise<boolean> {
	if (signal.aborted || response.destroyed) return false;
	if (bytes.length === 0) return true;
	count(bytes.length);
	if (!response.write(bytes)) await once(response, 'drain', { signal }).catch(() => {});
	return !signal.aborted;
}
