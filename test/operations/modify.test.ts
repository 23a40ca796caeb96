import type { IDataObject } from 'n8n-workflow';
import { expectRefusal } from '../support/expectRefusal';
import { itemsOf, useNode } from '../support/useNode';

const generate = { operation: 'generate', prompt: 'A cat in the sun' };
const modify = { operation: 'modify', prompt: 'Give it a hat' };

describe('Modify Video', () => {
	const node = useNode();

	it('continues the conversation of the input item three times, verbatim', async () => {
		const run = await node.runChain([
			{ ...generate, simplify: false },
			{ ...modify, simplify: false },
			{ operation: 'modify', prompt: 'Make it night', simplify: false },
			{ operation: 'modify', prompt: 'Add snow', simplify: false },
		]);

		expect(run.error()).toBeUndefined();
		const items = ['A', 'B', 'C', 'D'].map((name) => run.json(name)[0]);
		expect(items.slice(1).map((item) => item?.sourceSid)).toEqual(
			items.slice(0, -1).map((item) => item?.sid),
		);
		expect(items.at(-1)?.messages).toHaveLength(8);
		expect(node.relay.billed).toBe(4);
	});

	const videoUrl = 'https://a.example/1.mp4';
	const conversation = [
		{ role: 'user', content: 'A cat' },
		{ role: 'assistant', content: '> sid: s_1' },
	];
	it.each<[string, IDataObject]>([
		['is an error of which only the cost is left', { billing: 'started', taskId: 'task_1' }],
		['is an error', { error: 'no', errorKind: 'failed', taskId: 'task_1' }],
		['is an error with a conversation', { error: 'no', messages: conversation }],
		...['queued', 'generating', 'failed', 'unfinished'].map((status): [string, IDataObject] => [
			`is ${status}`,
			{ status, taskId: 'task_1', messages: conversation },
		]),
		['is queued, says it in capitals', { status: 'QUEUED', messages: conversation }],
		['is in progress at another node', { status: 'in_progress', videoUrl }],
		['has another word for its success', { status: 'succeeded', videoUrl }],
		['has a number as its status', { status: 200, videoUrl }],
		['has an object as its status', { status: { state: 'failed' }, videoUrl }],
		['is an error of another node', { error: { message: 'no' }, status: 'completed', videoUrl }],
		['was refused', { billing: 'none', videoUrl }],
	])('sends nothing for an input item that %s', async (_, json) => {
		const run = await node.run(modify, { items: itemsOf(json) });

		expectRefusal(run, 'History: the input item is no finished video');
		expect(node.relay.requests).toHaveLength(0);
	});

	const answered = (content: unknown): IDataObject[] => [
		{ role: 'user', content: 'A cat' },
		{ role: 'assistant', content } as IDataObject,
	];
	it.each<[string, IDataObject, string]>([
		['that has only a preview', { previewUrl: videoUrl }, 'has neither messages nor a sid'],
		['that is completed, without a link', { status: 'completed' }, 'has neither messages nor'],
		['whose link is a word', { status: 'completed', videoUrl: 'none' }, 'has neither messages'],
		['whose task is blank', { taskId: ' ' }, 'has neither messages nor a sid'],
		['whose messages are cut', { messages: '[{"role":"user"' }, 'must be an array of messages'],
		[
			'whose last answer failed',
			{ messages: answered('> ID: `task_1`\n> 生成失败 ❌ 审核未通过') },
			'History ends with an answer that failed',
		],
		[
			'whose last answer declined in words',
			{ messages: answered('Sorry, I cannot make this video.') },
			'History ends with an answer that failed',
		],
		[
			'whose last answer goes on',
			{
				messages: answered(
					'> ID: `task_1`\n> [数据预览](https://a.example/web/task_1)\n> 排队中...\n> 进度 20..30',
				),
			},
			'History ends with an answer that is not finished',
		],
		[
			'whose last answer goes on, in parts',
			{ messages: answered([{ type: 'text', text: '> 生成中...' }]) },
			'History ends with an answer that is not finished',
		],
		[
			'whose last answer is blank, in parts',
			{ messages: answered([{ type: 'text', text: ' ' }]) },
			'ends with an assistant message that is empty',
		],
	])('sends nothing for an item %s', async (_, json, sentence) => {
		const run = await node.run(modify, { items: itemsOf(json) });

		expectRefusal(run, sentence);
		expect(node.relay.requests).toHaveLength(0);
	});

	it('sends nothing for a conversation in JSON whose last answer failed', async () => {
		const messages = JSON.stringify(answered('> 生成失败 ❌ 审核未通过'));
		const run = await node.run({ ...modify, history: 'json', messages });

		expectRefusal(run, 'History ends with an answer that failed');
		expect(node.relay.requests).toHaveLength(0);
	});

	it.each<[string, IDataObject]>([
		['with a status in other letters', { status: ' Completed ' }],
		['with an empty status', { status: '' }],
		['with a status that is null', { status: null }],
		['without a status', {}],
		['with an error that is none', { error: null }],
		['whose file was not downloaded', { status: 'completed', download: { video: {} } }],
		[
			'whose file came in the answer',
			{ messages: answered('> 生成中.\n[media](attached-video.mp4)') },
		],
		['that nobody can read', { messages: answered('> 生成中.\nhttps://a.example/s/abc?x') }],
		[
			'whose answer is the body of a task',
			{ messages: answered('{"status":"completed","video_url":"https://a.example/v/1"}') },
		],
		['that says a sid alone', { messages: answered('> 生成中.\n> sid: s_1') }],
	])('sends an input item %s', async (_, fields) => {
		const run = await node.run(modify, { items: itemsOf({ messages: conversation, ...fields }) });

		expect(run.error()?.message).toContain('The service answered 400'); // it does not know s_1
		expect(node.relay.turns).toHaveLength(1);
	});

	it('takes messages as JSON', async () => {
		const first = await node.run(generate);
		const [{ messages } = {}] = first.json('Chat Video');

		const run = await node.run({ ...modify, history: 'json', messages: JSON.stringify(messages) });

		expect(run.error()).toBeUndefined();
		expect(node.relay.turns[1]?.sourceSid).toBe(node.relay.turns[0]?.sid);
	});

	it('leaves the turns before exactly as they came, further keys too', async () => {
		const messages = [
			{ role: 'system', content: 'Films only' },
			{ role: 'user', content: [{ type: 'text', text: 'A cat' }] },
			{
				role: 'assistant',
				content: '> sid: s_1 \r\n[在线播放▶️](https://example.com/1.mp4)\u200D',
				id: 7,
			},
		];
		node.relay.next({ kind: 'play', bytes: 'data: [DONE]\n\n' });

		await node.run({ ...modify, history: 'json', messages: JSON.stringify(messages) });

		expect((node.relay.turns[0]?.body as IDataObject).messages).toEqual([
			...messages,
			{ role: 'user', content: 'Give it a hat' },
		]);
	});

	describe('with a relay that finds the video by its ids', () => {
		const lenient = useNode({ history: 'any' });

		it('goes on after an answer that names its video outside the text, and has none', async () => {
			const sid = 's_68f8b2d3e4f58191a0c9d8e7f6a5b4c3';
			const video = { url: 'https://example.com/1.mp4', type: 'video', task_id: sid };
			const chunk = { choices: [{ delta: { output: [video] }, finish_reason: 'stop' }] };
			lenient.relay.next({ kind: 'play', bytes: `data: ${JSON.stringify(chunk)}\n\n` });

			const run = await lenient.runChain([{ ...generate, simplify: false }, modify]);

			expect(run.error()).toBeUndefined();
			expect(run.json('A')[0]).not.toHaveProperty('transcript');
			expect(lenient.relay.turns[1]?.sourceSid).toBe(sid);
			const [{ messages = [] } = {}] = run.json('B') as Array<{ messages?: IDataObject[] }>;
			expect(messages[1]?.content).toContain(`[在线播放▶️](${video.url})`);
		});

		it('rebuilds the turn from the fields of the input item', async () => {
			const first = await lenient.run(generate);
			const [{ prompt, taskId, sid, posterUrl, videoUrl } = {}] = first.json('Chat Video');

			const run = await lenient.run(modify, {
				items: itemsOf({ prompt, taskId, sid, posterUrl, videoUrl, messages: [] } as IDataObject),
			});

			expect(run.error()).toBeUndefined();
			expect(lenient.relay.turns[1]?.sourceSid).toBe(sid);
		});

		it('rebuilds the turn from fields', async () => {
			const first = await lenient.run(generate);
			const [{ sid } = {}] = first.json('Chat Video');

			const run = await lenient.run({
				...modify,
				history: 'fields',
				previousPrompt: 'A cat in the sun',
				previousSid: sid as string,
			});

			expect(run.error()).toBeUndefined();
			expect(lenient.relay.turns[1]?.sourceSid).toBe(sid);
			expect((lenient.relay.turns[1]?.body as IDataObject).messages).toHaveLength(3);
		});
	});

	it('is refused by a relay that does not find what it sent, and says so', async () => {
		const first = await node.run(generate);
		const [item = {}] = first.json('Chat Video');
		const messages = (item.messages as IDataObject[]).map((message) => ({
			...message,
			content: String(message.content).replace('生成完成', '生成完了'),
		}));

		const run = await node.run(modify, { items: itemsOf({ messages }) });

		expect(run.error('Chat Video')?.message).toContain('The service answered 400');
		expect(node.relay.billed).toBe(1);
	});
});
