import { lastChunk } from '../../nodes/ChatVideo/chat/chunks';
import type { WireChunk } from '../../nodes/ChatVideo/chat/wireChunk';
import { emptyDelta, readDeltas, type Delta } from '../../nodes/ChatVideo/chat/deltas';
import { batches, drain } from './feed';

const rows: Array<[name: string, chunk: WireChunk, told: Partial<Delta>]> = [
	[
		'the reference',
		{
			id: 'chatcmpl-1',
			created: 1760338775,
			model: 'sora-2',
			choices: [{ index: 0, delta: { content: 'x' }, finish_reason: null }],
		},
		{ content: 'x', chatId: 'chatcmpl-1', created: 1760338775, model: 'sora-2' },
	],
	['a role alone', { choices: [{ delta: { role: 'assistant', content: '' } }] }, {}],
	['an empty delta', { choices: [{ delta: {} }] }, {}],
	['a stop', { choices: [{ delta: {}, finish_reason: 'stop' }] }, { finishReason: 'stop' }],
	[
		'an upper-case stop',
		{ choices: [{ delta: {}, finish_reason: 'STOP' }] },
		{ finishReason: 'STOP' },
	],
	[
		'a stop beside text',
		{ choices: [{ delta: { content: 'x' }, finish_reason: 'stop' }] },
		{ content: 'x', finishReason: 'stop' },
	],
	[
		'usage with empty choices',
		{ choices: [], usage: { total_tokens: 5 } },
		{ usage: { total_tokens: 5 } },
	],
	['usage that is null', { choices: [], usage: null }, {}],
	[
		'reasoning',
		{ choices: [{ delta: { content: null, reasoning_content: 'r' } }] },
		{ reasoning: 'r' },
	],
	['reasoning by its other name', { choices: [{ delta: { reasoning: 'r' } }] }, { reasoning: 'r' }],
	['a message instead of a delta', { choices: [{ message: { content: 'x' } }] }, { content: 'x' }],
	['text of a completion', { choices: [{ text: 'x' }] }, { content: 'x' }],
	[
		'text in parts',
		{
			choices: [
				{
					delta: {
						content: [{ type: 'text', text: 'a' }, { type: 'image_url' }, 7, { text: 'b' }],
					},
				},
			],
		},
		{ content: 'ab' },
	],
	['content that is no text', { choices: [{ delta: { content: 7 } }] }, {}],
	[
		'outputs',
		{ choices: [{ delta: { output: [{ url: 'https://a/b', type: 'video', task_id: 's_1' }] } }] },
		{ outputs: [{ url: 'https://a/b', type: 'video', taskId: 's_1' }] },
	],
	[
		'an output without a type',
		{ choices: [{ delta: { output: [{ url: 'https://a/b' }] } }] },
		{ outputs: [{ url: 'https://a/b', type: '', taskId: '' }] },
	],
	[
		'a video as a part of the content',
		{
			choices: [
				{
					message: {
						content: [
							{ type: 'text', text: 'a' },
							{ type: 'video_url', video_url: { url: 'https://a/b' } },
							{ type: 'image_url', image_url: 'https://a/c' },
							{ type: 'video_url', video_url: { url: 7 } },
						],
					},
				},
			],
		},
		{
			content: 'a',
			outputs: [
				{ url: 'https://a/b', type: 'video', taskId: '' },
				{ url: 'https://a/c', type: 'image', taskId: '' },
				{ url: '7', type: 'video', taskId: '' },
			],
		},
	],
	[
		'a video beside the text',
		{ choices: [{ delta: { content: 'x', video_url: 'https://a/b' } }] },
		{ content: 'x', outputs: [{ url: 'https://a/b', type: 'video', taskId: '' }] },
	],
	['a video beside the text that is none', { choices: [{ delta: { video_url: null } }] }, {}],
	['outputs that are none', { choices: [{ delta: { output: [null, {}, { url: '' }, 'x'] } }] }, {}],
	['an output that is no array', { choices: [{ delta: { output: 'x' } }] }, {}],
	['no choices', {}, {}],
	['choices that are none', { choices: 'x' }, {}],
	['a choice that is none', { choices: [null] }, {}],
	[
		'ids of other types',
		{ id: 7, created: '1760338775', model: null, choices: [] },
		{ chatId: '7' },
	],
	['the end', lastChunk, { last: true }],
];

it.each(rows)('%s', async (_, chunk, told) => {
	expect(await drain(readDeltas(batches([chunk])))).toEqual({
		given: [{ ...emptyDelta, ...told }],
	});
});

it('what comes together stays together', async () => {
	const deltas = readDeltas(batches([{}, {}], [lastChunk]));
	expect((await deltas.next()).value).toHaveLength(2);
	expect((await deltas.next()).value).toHaveLength(1);
});
