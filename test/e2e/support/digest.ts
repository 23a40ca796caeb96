import { createHash } from 'node:crypto';

/** Two files of the same SHA-256 are the same bytes. */
export const digest = (bytes: Uint8Array): string =>
	createHash('sha256').update(bytes).digest('hex');
