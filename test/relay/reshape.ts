import type { Beat, Delta } from './beat';
import type { Story } from './situations';

const text = (beats: Beat[], field: 'content' | 'reasoning_content') =>
	beats.map(({ delta }) => delta[field] ?? '').join('');

/** The sora2api way of sending any transcript: what leads to the result is thought, not said. */
const thinkUntilResult = (beats: Beat[]): Beat[] => {
	const result = beats.findIndex(({ reaches }) => reaches === 'afterProgress');
	return beats.map((beat, index) => {
		if (beat.finishReason) return { ...beat, finishReason: 'STOP' };
		const { content } = beat.delta;
		if (index >= result || typeof content !== 'string') return beat;
		return { ...beat, delta: { ...beat.delta, content: null, reasoning_content: content } };
	});
};

const joined = (beats: Beat[]): Beat[] => {
	const delta: Delta = { role: 'assistant', content: text(beats, 'content') };
	const reasoning = text(beats, 'reasoning_content');
	if (reasoning) delta.reasoning_content = reasoning;

	const stop = beats.findLast(({ finishReason }) => finishReason);
	return [
		{ delta, reaches: 'beforeTask', result: true },
		...(stop ? [{ ...stop, delta: {}, reaches: 'afterResult' as const }] : []),
	];
};

/** Cuts by UTF-16 units, as relays do that count characters in JavaScript: halves of an emoji come one by one. */
const cut = (beat: Beat, size: number): Beat[] => {
	const field = typeof beat.delta.content === 'string' ? 'content' : 'reasoning_content';
	const whole = beat.delta[field] ?? '';
	if (whole.length <= size) return [beat];

	const { reaches, finishReason, result, delta } = beat;
	return Array.from({ length: Math.ceil(whole.length / size) }, (_, index) => {
		const from = index * size;
		const last = from + size >= whole.length;
		return {
			delta: { ...(index === 0 ? delta : {}), [field]: whole.slice(from, from + size) },
			...(reaches && index === 0 ? { reaches } : {}),
			...(finishReason && last ? { finishReason } : {}),
			...(result && index === Math.floor(whole.length / size / 2) ? { result } : {}),
		};
	});
};

/** The same words, dealt out over other chunks. */
export function reshape(beats: Beat[], story: Story): Beat[] {
	const thought = story.reasoning ? thinkUntilResult(beats) : beats;
	const dealt = story.oneChunk ? joined(thought) : thought;
	const { deltaSize } = story;
	return deltaSize ? dealt.flatMap((beat) => cut(beat, deltaSize)) : dealt;
}
