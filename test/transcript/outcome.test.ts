import type { Output } from '../../nodes/ChatVideo/chat/outputs';
import { emptyFacts, type Video } from '../../nodes/ChatVideo/transcript/facts';
import { toOutcome } from '../../nodes/ChatVideo/transcript/outcome';
import { readOutputs } from '../../nodes/ChatVideo/transcript/readOutsideText';
import { isFinished } from '../../nodes/ChatVideo/transcript/transcribe';
import { emptyReading, snapshot } from '../../nodes/ChatVideo/transcript/transcript';
import { summaryOf } from './summary';

const video: Video = {
	url: 'https://a.example/one',
	downloadUrl: '',
	posterUrl: '',
	gifUrl: '',
	group: 0,
	preview: false,
	bare: false,
	alone: true,
};
const failure = { reason: 'overloaded', detail: '' };
const completed = [{ stage: 'completed' as const }];

it('a transcript that says nothing is unfinished', () => {
	expect(toOutcome(emptyFacts)).toEqual({ kind: 'unfinished' });
});

it('words of completion alone are unfinished', () => {
	expect(toOutcome({ ...emptyFacts, stages: completed })).toEqual({ kind: 'unfinished' });
});

it('a video is a completion, even where words of failure came before', () => {
	expect(toOutcome({ ...emptyFacts, videos: [video], failure }).kind).toBe('completed');
});

it('the last group of videos wins, and its first is the result', () => {
	const second = { ...video, url: 'https://a.example/two', group: 1 };
	const third = { ...video, url: 'https://a.example/three', group: 1 };
	expect(toOutcome({ ...emptyFacts, videos: [video, second, third] })).toEqual({
		kind: 'completed',
		video: second,
		videos: [second, third],
	});
});

describe('a URL without a label', () => {
	const bare = { ...video, bare: true };
	const file = { ...bare, url: 'https://a.example/one.mp4' };

	it('is a result where the text says it is done', () => {
		expect(
			toOutcome({ ...emptyFacts, videos: [bare], stages: completed, text: bare.url }),
		).toMatchObject({
			kind: 'completed',
			video: bare,
		});
	});

	it('is a result where the text is nothing else', () => {
		expect(toOutcome({ ...emptyFacts, videos: [bare], text: ` ${bare.url}\n` }).kind).toBe(
			'completed',
		);
	});

	it('is none in the middle of words', () => {
		expect(
			toOutcome({ ...emptyFacts, videos: [bare], text: `See ${bare.url} for help` }).kind,
		).toBe('unfinished');
	});

	it('is a result where it is a video file that ends the text', () => {
		expect(toOutcome({ ...emptyFacts, videos: [file], text: file.url })).toMatchObject({
			video: file,
		});
	});

	it('is none where something was said after it', () => {
		expect(toOutcome({ ...emptyFacts, videos: [file], text: file.url, group: 1 }).kind).toBe(
			'unfinished',
		);
	});

	it('is less than a video file, wherever that stands', () => {
		const help = { ...bare, url: 'https://a.example/help' };
		const text = `${file.url}\n${help.url}`;
		const videos = [file, help];
		expect(toOutcome({ ...emptyFacts, videos, stages: completed, text })).toMatchObject({
			video: file,
		});
	});

	it('is less than a labelled one, wherever that stands', () => {
		expect(toOutcome({ ...emptyFacts, videos: [video, file], stages: completed })).toMatchObject({
			video,
		});
	});
});

describe('a preview', () => {
	const preview = { ...video, preview: true };

	it('alone is unfinished', () => {
		expect(toOutcome({ ...emptyFacts, videos: [preview] })).toEqual({ kind: 'unfinished' });
	});

	it('is the result where the better video failed', () => {
		expect(toOutcome({ ...emptyFacts, videos: [preview], failure })).toMatchObject({
			video: preview,
		});
	});
});

it.each([
	['its reason', failure, 'overloaded'],
	['none', { reason: '', detail: '' }, 'no reason was given'],
])('a failure has %s', (_, summary, reason) => {
	expect(toOutcome({ ...emptyFacts, failure: summary })).toEqual({ kind: 'failed', reason });
});

it.each([
	['the relay said stop and the video is there', 'stop', [video], true],
	['the video is there, and more may come', '', [video], false],
	['the relay said stop without a video', 'stop', [], false],
])('whether nothing but the usage can come: %s', (_, finishReason, videos, finished) => {
	const isStopped = finishReason !== '';
	expect(isFinished({ ...snapshot(emptyReading), finishReason, isStopped, videos })).toBe(finished);
});

it('a thousand stages and a hundred videos are kept, and no more', async () => {
	const stages = '> 排队中\n> 生成中\n'.repeat(1_000);
	const videos = Array.from(
		{ length: 200 },
		(_, index) => `[播放](https://a.example/${index}.mp4)\n`,
	);
	const summary = await summaryOf(stages + videos.join('') + '> 进度 50..');
	expect(summary.stages).toHaveLength(1_000);
	expect(summary.videoUrls).toHaveLength(100);
	expect(summary.percents).toEqual([]);
});

describe('files that are named outside the text', () => {
	const output: Output = { url: 'https://a.example/raw?sig=1', type: 'video', taskId: 's_1' };

	it('are results, and name the sid', () => {
		const facts = readOutputs(emptyFacts, [output]);
		expect(facts.sid).toBe('s_1');
		expect(toOutcome(facts)).toMatchObject({ kind: 'completed', video: { url: output.url } });
	});

	it('are the same as those of the text', () => {
		const facts = readOutputs({ ...emptyFacts, videos: [video] }, [{ ...output, url: video.url }]);
		expect(facts.videos).toEqual([video]);
	});

	it('may be a picture', () => {
		const facts = readOutputs(emptyFacts, [{ ...output, type: 'image', taskId: '' }]);
		expect(facts).toMatchObject({ posterUrl: output.url, videos: [], sid: '' });
	});

	it('do not replace a sid', () => {
		expect(readOutputs({ ...emptyFacts, sid: 's_0' }, [output]).sid).toBe('s_0');
	});
});

it('a GIF alone is no video', async () => {
	expect(await summaryOf('![cover](https://a.example/p.gif)\n> 生成完成 ✅')).toMatchObject({
		status: 'unfinished',
	});
});

it('the first of two prompts is the one', async () => {
	expect((await summaryOf('Prompt: one\nPrompt: two')).prompt).toBe('one');
});
