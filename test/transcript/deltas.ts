import { emptyDelta, type Delta } from '../../nodes/ChatVideo/chat/deltas';

export const toDelta = (content: string): Delta => ({ ...emptyDelta, content });

export const lastDelta: Delta = { ...emptyDelta, last: true };

/** Batches of one, as they come when every piece arrives alone. */
export async function* asBatches(deltas: Iterable<Delta>): AsyncGenerator<readonly Delta[]> {
	for (const delta of deltas) yield [delta];
}
