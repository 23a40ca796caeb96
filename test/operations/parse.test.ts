import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { useNode } from '../support/useNode';

const fixture = (name: string) => readFileSync(join(__dirname, '../fixtures', name), 'utf8');
const transcript = fixture('reference.transcript.md');

describe('Parse Transcript', () => {
	const node = useNode();
	const parse = async (text: string, options = {}) => {
		const run = await node.run(
			{ operation: 'parse', transcript: text, simplify: false },
			{ credentials: {}, ...options },
		);
		if (run.error()) throw run.error();
		return run.json('Chat Video')[0] ?? {};
	};

	it.each([
		['a transcript', transcript],
		['the raw text of a stream', fixture('reference.sse')],
		[
			'the body of a completion',
			JSON.stringify({ choices: [{ message: { content: transcript }, finish_reason: 'stop' }] }),
		],
		[
			'the object that became of it',
			`={{ ${JSON.stringify({ choices: [{ message: { content: transcript }, finish_reason: 'stop' }] })} }}`,
		],
		[
			'the item that an HTTP Request node makes of text',
			`={{ ${JSON.stringify({ data: fixture('reference.sse') })} }}`,
		],
		['the same as text', JSON.stringify({ data: fixture('reference.sse') })],
	])('reads %s', async (_, text) => {
		expect(await parse(text)).toMatchObject({
			status: 'completed',
			taskId: 'task_01k7e5w9z5f2d91pekrqy59rwc',
			sid: 's_68eca3f141808191b1fd30fea1b731bd',
			sourceSid: 's_68ec8accd80c8191ae1fc957af78caaa',
			videoUrl: 'https://filesystem.site/cdn/20251013/a7a7930bd01f7f313bbb6ecb234075.mp4',
			messages: [{ role: 'user' }, { role: 'assistant', content: transcript }],
		});
		expect(node.relay.requests).toHaveLength(0);
	});

	it.each([
		['a moderated one', '生成失败 ❌\n失败原因：input_moderation', 'failed', 'input_moderation'],
		[
			'one that stops at 81 %',
			transcript.slice(0, transcript.indexOf('> 生成完成')),
			'unfinished',
			undefined,
		],
		[
			'an error in a fence',
			'Submitting.\n```json\n{"error":{"code":"content_policy_violation","message":"Blocked"}}\n```\n',
			'failed',
			'content_policy_violation: Blocked',
		],
		[
			'a task in a fence',
			'The task:\n```json\n{"status":"failed","fail_reason":"no seat left"}\n```\nSee above.',
			'failed',
			'no seat left',
		],
		[
			'an error body',
			'{"error":{"message":"no channel","code":"model_not_found"}}',
			'failed',
			'no channel',
		],
		['an error in the stream', 'data: {"error":{"message":"boom"}}\n\n', 'failed', 'boom'],
		[
			'a stream cut in an event',
			'data: {"choices":[{"delta":{"content":"> ID: `task_1`',
			'unfinished',
			undefined,
		],
		[
			'a response that ends without its text once more',
			'data: {"type":"response.output_text.delta","delta":"Video: https://a.example/v.mp4"}\n\ndata: {"type":"response.completed","response":{"id":"resp_1","status":"completed","output":[]}}\n\n',
			'completed',
			undefined,
		],
		['text that is none', 'Hello there', 'unfinished', undefined],
		['a prompt about policy', 'A documentary about real people', 'unfinished', undefined],
		['a refusal in words', 'user quota is not enough', 'failed', 'user quota is not enough'],
	])('says of %s what it is', async (_, text, status, reason) => {
		const item = await parse(text);

		expect(item.status).toBe(status);
		expect(item.reason).toBe(reason);
		expect(item).not.toHaveProperty('error');
	});

	it('counts the draft of the only choice to no other, whatever its index', async () => {
		const [draft, final] = ['https://a.example/draft.mp4', 'https://a.example/final.mp4'];
		const texts = [
			`> 生成中\n[Watch](${draft})\n`,
			`> 进度 80..\n`,
			`> 生成完成\n[Watch](${final})`,
		];
		const events = [0, 1].map((index) =>
			texts
				.map(
					(content) => `data: ${JSON.stringify({ choices: [{ index, delta: { content } }] })}\n\n`,
				)
				.join('')
				.concat('data: [DONE]\n\n'),
		);
		for (const text of events) {
			const item = await parse(text);
			expect(item).toMatchObject({ videoUrl: final, videoUrls: [final] });
		}
	});

	it.each([
		[
			'completed',
			{ id: 'task_1', status: 'completed', progress: 100, video_url: 'https://a.example/v.mp4' },
			{ status: 'completed', taskId: 'task_1', videoUrl: 'https://a.example/v.mp4' },
			['progress', 'completed'],
		],
		[
			'failed',
			{ data: { task_id: 'task_1', status: 'FAILURE' }, fail_reason: 'no GPU' },
			{ status: 'failed', taskId: 'task_1', reason: 'no GPU' },
			['failed'],
		],
		[
			'under way',
			{ task_id: 'task_1', status: 'in_progress', progress: 40 },
			{ status: 'unfinished', taskId: 'task_1' },
			['progress'],
		],
	])('reads the body of a task that is %s, as text and as an object', async (...row) => {
		const [, body, expected, stages] = row;
		for (const given of [JSON.stringify(body), `={{ ${JSON.stringify(body)} }}`]) {
			const item = await parse(given);
			expect(item).toMatchObject(expected);
			expect((item.progressLog as Array<{ stage: string }>).map(({ stage }) => stage)).toEqual(
				stages,
			);
		}
	});

	it.each([
		['blanks', '  ', 'Transcript is empty [item 0]'],
		['nothing', '={{ null }}', 'Transcript is empty [item 0]'],
		['an array', '={{ [1] }}', 'Transcript must be text or an object, not an array [item 0]'],
		['a number', '={{ 7 }}', 'Transcript must be text or an object, not a number [item 0]'],
	])('%s gets a sentence', async (_, given, message) => {
		await expect(parse(given)).rejects.toMatchObject({ name: 'NodeOperationError', message });
	});
});

describe('with a relay that finds the video by its ids', () => {
	const node = useNode({ history: 'any' });

	it('gives a history that the next modification goes on from', async () => {
		const run = await node.runChain([
			{ operation: 'parse', transcript },
			{ operation: 'modify', prompt: 'a hat' },
		]);

		expect(run.error()).toBeUndefined();
		expect(node.relay.turns[0]?.sourceSid).toBe('s_68eca3f141808191b1fd30fea1b731bd');
	});
});
