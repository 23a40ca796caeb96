import { createHash } from 'node:crypto';

export interface Expected {
	bytes: number;
	events: number;
	hash: string;
}

export async function expectedOf(wire: string, stream: string): Promise<Expected> {
	const answer = await fetch(`${wire}/expected/${stream}`);
	return ((await answer.json()) as { expected: Expected }).expected;
}

/**
 * @throws {Error} when a client has not read what was sent
 */
export function check(who: string, read: string | number, { bytes, hash }: Expected): void {
	if (typeof read === 'number' && read === bytes) return;
	if (typeof read === 'string' && hashOf(read) === hash) return;
	const got = typeof read === 'number' ? `${read} bytes` : `${read.length} characters`;
	throw new Error(`${who} has read another text than was sent: ${got}`);
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
