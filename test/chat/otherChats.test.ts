import { lastChunk, readChunks } from '../../nodes/ChatVideo/chat/chunks';
import { readDeltas } from '../../nodes/ChatVideo/chat/deltas';
import { readEvents } from '../../nodes/ChatVideo/chat/events';
import { fromOtherChat, otherChats } from '../../nodes/ChatVideo/chat/otherChats';
import { bytesOf, drain } from './feed';
import { unseenRows } from '../support/unseenRows';

interface Api {
	name: string;
	/** What carries a piece of text. */
	say(text: string): object;
	/** What says that it is over. */
	end?: object;
	/** What says all of it once more, or alone. */
	whole?(text: string): object;
}

const text = (text: string) => [{ type: 'text', text }];

const apis: readonly Api[] = [
	{
		name: 'Responses',
		say: (delta) => ({ type: 'response.output_text.delta', delta }),
		whole: (all) => ({
			type: 'response.completed',
			response: { status: 'completed', output: [{ type: 'message', content: text(all) }] },
		}),
	},
	{
		name: 'Responses without a stream',
		say: (delta) => ({ type: 'text-delta', delta }),
		whole: (all) => ({ output: [{ type: 'message', content: text(all) }] }),
	},
	{
		name: 'Responses as the API gives them',
		say: (delta) => ({ type: 'response.output_text.delta', delta }),
		whole: (all) => ({
			...{ object: 'response', status: 'completed' },
			output: [{ type: 'message', status: 'completed', content: text(all) }],
		}),
	},
	{
		name: 'Gemini',
		say: (said) => ({ candidates: [{ content: { parts: [{ text: said }], role: 'model' } }] }),
		end: { candidates: [{ content: { parts: [{ text: '' }] }, finishReason: 'STOP' }] },
	},
	{
		name: 'Gemini within an envelope',
		say: (said) => ({ response: { candidates: [{ content: { parts: [{ text: said }] } }] } }),
		end: { response: { candidates: [{ finishReason: 'STOP' }] } },
	},
	{
		name: 'Anthropic',
		say: (said) => ({ type: 'content_block_delta', delta: { type: 'text_delta', text: said } }),
		end: { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
	},
	{
		name: 'Anthropic without a stream',
		say: (said) => ({ type: 'message', role: 'assistant', content: text(said) }),
		end: { type: 'message_stop' },
	},
	{
		name: 'Bedrock',
		say: (said) => ({ contentBlockDelta: { delta: { text: said }, contentBlockIndex: 0 } }),
		end: { messageStop: { stopReason: 'end_turn' } },
	},
	{
		name: 'Ollama',
		say: (content) => ({ model: 'm', message: { role: 'assistant', content }, done: false }),
		end: { model: 'm', message: { role: 'assistant', content: '' }, done: true },
	},
	{
		name: 'Ollama, to a prompt',
		say: (response) => ({ model: 'm', response, done: false }),
		end: { model: 'm', response: '', done: true, done_reason: 'stop' },
	},
	{
		name: 'Dify',
		say: (answer) => ({ event: 'message', id: 'x', answer }),
		end: { event: 'message_end', id: 'x' },
	},
	{
		name: 'a workflow of Dify',
		say: (said) => ({ event: 'text_chunk', data: { text: said } }),
		end: { event: 'message_end' },
	},
	{
		name: 'Coze',
		say: (content) => ({ role: 'assistant', type: 'answer', content }),
		whole: (content) => ({ role: 'assistant', type: 'answer', content }),
	},
	{
		name: 'Cohere',
		say: (said) => ({ type: 'content-delta', delta: { message: { content: { text: said } } } }),
		end: { type: 'message-end', delta: { finish_reason: 'COMPLETE' } },
	},
	{
		name: 'Cohere of before',
		say: (said) => ({ event_type: 'text-generation', text: said }),
		whole: (all) => ({ event_type: 'stream-end', finish_reason: 'END', response: { text: all } }),
	},
	{
		name: 'DashScope',
		say: (said) => ({ output: { text: said, finish_reason: 'null' } }),
		end: { output: { text: '', finish_reason: 'stop' } },
	},
];

const pieces = ['> ID: task_01jz3v8m2qk7r5t9w4x6y0b1c2\n', '[在线播放](https://cdn.', 'example/a)'];
const all = pieces.join('');

async function read(events: readonly object[]) {
	const body = events.map((event) => `data: ${JSON.stringify(event)}\n\n`);
	const { given, error } = await drain(readDeltas(readChunks(readEvents(bytesOf(...body)))));
	return {
		content: given.map(({ content }) => content).join(''),
		reasoning: given.map(({ reasoning }) => reasoning).join(''),
		finish: given.findLast(({ finishReason }) => finishReason !== '')?.finishReason,
		error,
	};
}

describe.each(apis)('$name', ({ say, end, whole }) => {
	const last = [whole?.(all), end].filter((event) => event !== undefined);

	it('is read as a chat', async () => {
		const { content, finish, error } = await read([...pieces.map(say), ...last]);
		expect(content).toBe(all);
		if (end !== undefined) expect(finish).toEqual(expect.any(String));
		expect(error).toBeUndefined();
	});

	it('is read where all of it comes at once', async () => {
		expect((await read([say(all)])).content).toBe(all);
		if (whole !== undefined) expect((await read([whole(all)])).content).toBe(all);
	});
});

const chat = { choices: [{ message: { content: all }, finish_reason: 'stop' }] };

it.each([
	{ response: JSON.stringify(chat) },
	{ data: { ...chat, answer: 'ok' } },
	{ answer: 'ok', data: chat },
	{ output: { ...chat, text: 'ok' } },
	{ message: { content: 'ok' }, body: JSON.stringify(chat) },
])('a chat in an envelope is the answer, whatever words are next to it: %j', async (body) => {
	expect((await read([body])).content).toBe(all);
});

it.each([
	{ type: 'response.reasoning_summary_text.delta', delta: all },
	{ delta: { type: 'thinking_delta', thinking: all } },
	{ message: { role: 'assistant', content: '', thinking: all } },
	{ candidates: [{ content: { parts: [{ text: all, thought: true }] } }] },
])('what it thinks is no answer: %j', async (event) => {
	expect(await read([event])).toMatchObject({ content: '', reasoning: all });
});

it.each([
	{ task_id: 'a', status: 'completed', message: 'ok', video_url: 'https://cdn.example/a.mp4' },
	{ name: 'operations/1', done: true, response: { video: { uri: 'https://cdn.example/a.mp4' } } },
	{ output: { task_id: 'a', task_status: 'SUCCEEDED', video_url: 'https://cdn.example/a.mp4' } },
	{ data: { taskId: 'a', response: { resultUrls: ['https://cdn.example/a.mp4'] } } },
	{ id: 'a', status: 'succeeded', output: ['https://cdn.example/a.mp4'] },
	{ id: 'a', status: 'failed', message: { content: 'moderation' } },
	{ response: 'queued', status: 'queued', progress: '20%', task_id: 'a' },
	{ answer: 'ok', data: { status: 'running', task_id: 'a' } },
	{ code: 0, state: 'success', data: { response: 'ok', video_url: 'https://cdn.example/a.mp4' } },
	{ output: { text: 'done', task_status: 'SUCCEEDED', video_url: 'https://cdn.example/a.mp4' } },
])('the body of a task is none: %j', async (body) => {
	const { given } = await drain(readChunks(readEvents(bytesOf(JSON.stringify(body)))));
	expect(given).toEqual([body, lastChunk]);
});

it.each([
	[{ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, 'Overloaded'],
	[{ event: 'error', status: 400, code: 'quota', message: 'no quota' }, 'no quota'],
	[{ type: 'response.failed', response: { error: { message: 'no gpu' } } }, 'no gpu'],
])('an error of it is one: %j', async (event, words) => {
	const { content, error } = await read([{ event: 'message', answer: all }, event]);
	expect(content).toBe(all);
	expect(error?.message).toContain(words);
});

const incomplete = {
	type: 'response.incomplete',
	response: { status: 'incomplete', incomplete_details: { reason: 'content_filter' } },
};

it('a response that is not whole says why', async () => {
	expect(await read([incomplete])).toMatchObject({ content: '', finish: 'content_filter' });
});

it('no row is one too many', async () => {
	const events = [
		...apis.flatMap(({ say, end, whole }) => [say('a'), end ?? {}, whole?.('a') ?? {}]),
		{ type: 'response.reasoning_text.delta', delta: 'a' },
		{ promptFeedback: { blockReason: 'SAFETY' } },
		{ type: 'finish' },
		incomplete,
	].map((event) => JSON.stringify(event));
	const toChunk = (event: string): unknown =>
		fromOtherChat(JSON.parse(event) as Record<string, unknown>, false);
	expect(await unseenRows(otherChats, events, toChunk)).toEqual([]);
});
