import { ChatError } from '../../nodes/ChatVideo/chat/errors';

export async function* bytesOf(...pieces: Array<string | Uint8Array>): AsyncGenerator<Uint8Array> {
	const encoder = new TextEncoder();
	for (const piece of pieces) yield typeof piece === 'string' ? encoder.encode(piece) : piece;
}

/** Bytes that break off after what came. */
export async function* brokenBytes(...pieces: string[]): AsyncGenerator<Uint8Array> {
	yield* bytesOf(...pieces);
	throw new Error('terminated');
}

export async function* batches<T>(...all: T[]): AsyncGenerator<T> {
	yield* all;
}

/** Everything a stream gave, and the error that ended it. */
export interface Drained<T> {
	given: T[];
	error?: ChatError;
}

export async function drain<T>(stream: AsyncIterable<readonly T[]>): Promise<Drained<T>> {
	const given: T[] = [];
	try {
		for await (const batch of stream) given.push(...batch);
	} catch (error) {
		if (error instanceof ChatError) return { given, error };
		throw error;
	}
	return { given };
}
