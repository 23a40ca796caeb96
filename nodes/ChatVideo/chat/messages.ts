import { textOf, type JsonRecord } from './json';

/** A part of a message's content; unknown types pass unchanged. */
export interface ContentPart extends JsonRecord {
	type: string;
}

/** One message of a conversation, as the chat format has it. Further keys pass unchanged. */
export interface Message extends JsonRecord {
	role: string;
	content: string | readonly ContentPart[];
}

/** The body of `POST /v1/chat/completions`. */
export interface ChatRequest extends JsonRecord {
	model: string;
	messages: readonly Message[];
	stream: true;
}

/** A user's message: plain text, or text and pictures as parts when there are pictures. */
export function toUserMessage(prompt: string, pictures: readonly string[] = []): Message {
	if (pictures.length === 0) return { role: 'user', content: prompt };
	const parts = pictures.map((url) => ({ type: 'image_url', image_url: { url } }));
	return { role: 'user', content: [{ type: 'text', text: prompt }, ...parts] };
}

/** The text of a message, or of its parts. */
export function textIn({ content = '' }: Partial<Message> = {}): string {
	if (typeof content === 'string') return content;
	return content.map(({ text }) => textOf(text) ?? '').join('\n');
}
