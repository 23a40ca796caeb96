import type { Beat } from './beat';
import type { Scene } from './scene';
import type { Framing } from './situations';

/** A chunk, of which a test may change the choices. */
interface Chunk {
	choices: readonly object[];
}

/** A beat as the reference's `chat.completion.chunk`, keys in its order. */
const referenceChunk = (scene: Scene, beat: Beat, framing: Framing) => ({
	id: scene.chatId,
	object: 'chat.completion.chunk',
	created: scene.created,
	model: scene.model,
	choices: [
		{
			...(framing.indexAs !== 'absent' && { index: framing.indexAs === 'text' ? '0' : 0 }),
			[framing.message ? 'message' : 'delta']: beat.delta,
			finish_reason: beat.finishReason ?? null,
		},
	],
});

/** The same of sora2api, which stamps every chunk with its own time and a usage. */
const sora2apiChunk = (scene: Scene, beat: Beat, framing: Framing) => ({
	...referenceChunk(scene, beat, framing),
	id: `chatcmpl-${scene.created}001`,
	choices: referenceChunk(scene, beat, framing).choices.map((choice) => ({
		...choice,
		native_finish_reason: beat.finishReason ?? null,
	})),
	usage: { prompt_tokens: 0 },
});

/** What one event carries. */
export function chunk(scene: Scene, beat: Beat, framing: Framing): Chunk {
	return beat.delta.tool_calls === null
		? sora2apiChunk(scene, beat, framing)
		: referenceChunk(scene, beat, framing);
}
