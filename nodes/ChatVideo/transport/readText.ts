import type { Deadline } from './deadline';

const largestText = 1024 * 1024; // bytes; an error page or a task's status is a few KB

/** The text of a short body; what is over the limit is left unread. */
export async function readText(
	body: AsyncIterable<Uint8Array>,
	deadline: Deadline,
): Promise<string> {
	const decoder = new TextDecoder();
	let length = 0;
	let text = '';
	for await (const piece of body) {
		deadline.touch();
		length += piece.length;
		text += decoder.decode(piece, { stream: true });
		if (length > largestText) break;
	}
	return text + decoder.decode();
}
