import { once } from 'node:events';
import { pause } from './pause';
import type { Sender } from './write';

/** Turns of the event loop that a reader in this process needs to see what was written last. */
const settling = [0, 0, 0];

/**
 * Ends a response the hard way. What was written before is handed to the system first, and a reader in this
 * process gets its turn: otherwise a client may throw away what it had not read yet, and no test would repeat.
 */
export async function breakOff(
	{ response, signal, breaking }: Sender,
	how: { by: 'reset' | 'destroy' | 'end'; delay?: number },
): Promise<void> {
	const { socket } = response;
	if (!socket || signal.aborted) return;
	await new Promise<void>((resolve) => socket.write('', () => resolve()));
	for (const ms of how.delay === undefined ? settling : [how.delay]) await pause(ms, signal);
	if (signal.aborted) return;

	breaking();
	if (how.by === 'end') {
		response.end();
		return;
	}
	// An error on the way out is what was asked for.
	const closed = once(response, 'close').catch(() => {});
	if (how.by === 'reset') socket.resetAndDestroy();
	if (how.by === 'destroy') socket.destroy();
	await closed;
}
