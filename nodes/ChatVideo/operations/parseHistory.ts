import { isRecord, parseJson } from '../chat/json';
import { textIn, type Message } from '../chat/messages';
import { InvalidInput } from '../n8n/InvalidInput';

const howToGetHistory =
	'Pass the "messages" field of an earlier Chat Video item: an array of { role, content } that ends with the assistant’s answer.';

const largestHistory = 1_000_000; // characters as JSON; it is sent with every turn

/**
 * Checks the turns before a modification. They come back as they are: the relay finds the video
 * to modify by the previous assistant text, unchanged.
 *
 * @param value an array, or the same as JSON text (databases keep it so)
 * @param parameter the name the user knows it by
 * @throws {InvalidInput} when the history cannot be continued
 */
export function parseHistory(value: unknown, parameter: string): readonly Message[] {
	const refuse = (complaint: string): never => {
		throw new InvalidInput(`${parameter} ${complaint}`, howToGetHistory);
	};
	const turns = typeof value === 'string' ? parseJson(value) : value;
	if (!Array.isArray(turns)) return refuse('must be an array of messages');
	if (turns.length === 0) return refuse('is empty, so there is no video to modify');
	const bad = turns.findIndex((turn) => !isMessage(turn));
	if (bad !== -1) return refuse(`has no role and content in message ${bad + 1}`);
	const messages = turns as Message[];
	if (!messages.some(({ role }) => role === 'assistant')) {
		return refuse('holds no assistant message, so there is no video to modify');
	}
	const last = messages[messages.length - 1];
	if (last?.role !== 'assistant') {
		return refuse(`ends with a message of the ${last?.role}; the last one must be the assistant’s`);
	}
	if (isBlank(last)) return refuse('ends with an assistant message that is empty');
	if (JSON.stringify(messages).length > largestHistory) {
		return refuse('is over 1 MB; a conversation is a few KB a turn');
	}
	return messages;
}

function isMessage(turn: unknown): turn is Message {
	if (!isRecord(turn) || typeof turn.role !== 'string' || turn.role === '') return false;
	const { content } = turn;
	if (typeof content === 'string') return true;
	return Array.isArray(content) && content.length > 0 && content.every(isPart);
}

const isPart = (part: unknown): boolean => isRecord(part) && typeof part.type === 'string';

const isBlank = (message: Message): boolean => {
	const { content } = message;
	const isText = typeof content === 'string' || content.every((part) => 'text' in part);
	return isText && textIn(message).trim() === '';
};
