import type { Delta } from '../../nodes/ChatVideo/chat/deltas';

const empty: Delta = {
	content: '',
	reasoning: '',
	finishReason: '',
	outputs: [],
	chatId: '',
	created: undefined,
	model: '',
	usage: undefined,
	last: false,
};

export const toDelta = (content: string): Delta => ({ ...empty, content });

export const lastDelta: Delta = { ...empty, last: true };

/** Batches of one, as they come when every piece arrives alone. */
export async function* asBatches(deltas: Iterable<Delta>): AsyncGenerator<readonly Delta[]> {
	for (const delta of deltas) yield [delta];
}
