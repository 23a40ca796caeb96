import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until it is true; Jest ends a test that waits in vain. */
export async function until(isTrue: () => Promise<boolean> | boolean): Promise<void> {
	while (!(await isTrue())) await sleep(200);
}
