import type { Message } from '../chat/messages';
import type { VideoResult } from './result';
import { rebuildAnswer } from './rebuild';

/**
 * The conversation with this turn's answer at its end. The answer goes back as it was; one without
 * text, as of relays that name the video outside of it, is rebuilt from its ids and links.
 */
export function toConversation(
	messages: readonly Message[],
	{ transcript = '', ...result }: Omit<VideoResult, 'messages'>,
): readonly Message[] {
	const content = transcript.trim() === '' ? rebuildAnswer(result) : transcript;
	return [...messages, { role: 'assistant', content }];
}
