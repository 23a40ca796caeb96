import { certaintyOf, type Certainty } from '../../nodes/ChatVideo/call/certaintyOf';
import { parseTranscript } from '../../nodes/ChatVideo/transcript/parseTranscript';
import type { Transcript } from '../../nodes/ChatVideo/transcript/transcript';

const task = '> ID: `task_01k7e5w9z5f2d91pekrqy59rwc`\n';
const link = '[▶️ 在线播放](https://cdn.example/lesser.mp4)\n';
const done = '> 生成完成 ✅\n';
const progress = '> 🏃 进度 97..98..\n';

type Ending = 'done' | 'damaged' | 'broken' | 'brokenThenDone';

const endings: Record<Ending, { facts: Partial<Transcript>; isBroken: boolean }> = {
	done: { facts: { isStopped: true }, isBroken: false },
	damaged: { facts: { isStopped: true, hasHole: true }, isBroken: false },
	broken: { facts: { isStopped: false }, isBroken: true },
	// A gateway that puts its own [DONE] after its error, without a finish reason.
	brokenThenDone: { facts: { isStopped: true, finishReason: '' }, isBroken: true },
};

describe('a video that was read is', () => {
	it.each<[Certainty, string, string, Ending]>([
		['certain', 'a link before the stop', task + link, 'done'],
		['certain', 'a link after “done”, though the answer breaks', task + done + link, 'broken'],
		['certain', 'a link of a service without tasks, before the stop', link, 'done'],
		['likely', 'a link that progress follows, before the stop', task + link + progress, 'done'],
		[
			'doubt',
			'a link that progress follows, in an answer that breaks',
			task + link + progress,
			'broken',
		],
		[
			'doubt',
			'a link that progress follows, before an error and a [DONE]',
			task + link + progress,
			'brokenThenDone',
		],
		['doubt', 'a link alone, before an error and a [DONE]', task + link, 'brokenThenDone'],
		['likely', 'a link after “done”, in an answer with a hole', task + done + link, 'damaged'],
		['doubt', 'a link alone, in an answer with a hole', task + link, 'damaged'],
		[
			'doubt',
			'a link before more progress and “done”, in an answer with a hole',
			task + link + progress + done,
			'damaged',
		],
	])('%s: %s', async (certainty, _, text, ending) => {
		const { facts, isBroken } = endings[ending];
		const transcript = { ...(await parseTranscript(text)).transcript, ...facts };
		const [video] = transcript.videos;
		expect(video?.url).toBe('https://cdn.example/lesser.mp4');
		if (video)
			expect(certaintyOf(transcript, video, { isBroken, isFaulty: false })).toBe(certainty);
	});
});
