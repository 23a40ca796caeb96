import type { Beat } from './beat';
import type { Scene } from './scene';

/** A whole `chat.completion`: what a relay sends without a stream. */
export function completion(scene: Scene, beats: Beat[]): object {
	const text = (field: 'content' | 'reasoning_content') =>
		beats.map(({ delta }) => delta[field] ?? '').join('');
	const reasoning = text('reasoning_content');

	return {
		id: scene.chatId,
		object: 'chat.completion',
		created: scene.created,
		model: scene.model,
		choices: [
			{
				index: 0,
				message: {
					role: 'assistant',
					content: text('content'),
					...(reasoning ? { reasoning_content: reasoning } : {}),
				},
				finish_reason: beats.findLast(({ finishReason }) => finishReason)?.finishReason ?? 'stop',
			},
		],
		usage: { prompt_tokens: 21, completion_tokens: 289, total_tokens: 310 },
	};
}
