/** The part of a chat request that this relay reads. */
export interface Conversation {
	model: string;
	prompt: string;
	/** `image_url` parts of the last user message. */
	images: string[];
	/** Assistant turns with the user's words that led to them, and where they stand. */
	previous: Array<{ index: number; prompt: string; text: string }>;
	stream: boolean;
}

interface Part {
	type?: string;
	text?: string;
	image_url?: string | { url?: string };
}

interface Message {
	role?: string;
	content?: string | Part[] | null;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const parts = ({ content }: Message): Part[] => {
	if (typeof content === 'string') return [{ type: 'text', text: content }];
	return Array.isArray(content) ? content : [];
};

const text = (message: Message): string =>
	parts(message)
		.map((part) => part.text ?? '')
		.join('');

const imageUrl = ({ image_url: image }: Part): string | undefined =>
	typeof image === 'string' ? image : image?.url;

/** Reads a request body, or says in a sentence what is wrong with it. */
export function readConversation(body: unknown): Conversation | string {
	if (!isObject(body)) return 'the body is not a JSON object';
	if (typeof body['model'] !== 'string' || body['model'] === '') return 'field model is required';
	if (!Array.isArray(body['messages'])) return 'field messages is required';
	const all: unknown[] = body['messages'];
	if (!all.every(isObject)) return 'field messages holds something that is not a message';

	const messages: Array<{ index: number; message: Message }> = all
		.map((message, index) => ({ index, message }))
		.filter(({ message }) => message['role'] !== 'system');
	const wrong = messages.find(
		({ message }, turn) => message.role !== (turn % 2 === 0 ? 'user' : 'assistant'),
	);
	if (wrong) return `messages[${wrong.index}] has the role ${wrong.message.role} out of turn`;
	const last = messages.at(-1)?.message;
	if (last?.role !== 'user') return 'the last message is not from the user';
	const prompt = text(last);
	if (prompt.trim() === '') return 'the last message has no text';

	return {
		model: body['model'],
		prompt,
		images: parts(last).flatMap((part) => imageUrl(part) ?? []),
		previous: messages.flatMap(({ index, message }, turn) =>
			message.role === 'assistant'
				? { index, text: text(message), prompt: text(messages[turn - 1]?.message ?? {}) }
				: [],
		),
		stream: body['stream'] === true,
	};
}
