import '../support/clock';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { IDataObject } from 'n8n-workflow';
import type { Generate, Situation } from '../relay/situations';
import { itemsOf, useNode } from '../support/useNode';
import { listen } from '../transport/posting';

const node = useNode({ history: 'any' });

const generate = { operation: 'generate', prompt: 'A cat', simplify: false };
const goOn = { onError: 'continueRegularOutput' as const };

const taskId = 'task_01k7dzptgwf2z87wj2c3t36qk0';
const videoUrl = 'https://cdn.example/result.mp4';
const transcript = `> ID: \`${taskId}\`\n> 排队中.\n> 生成完成 ✅\n\n[在线播放▶️](${videoUrl})\n`;

const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const chunk = (content: string): string => event({ choices: [{ delta: { content } }] });
const stop = event({ choices: [{ delta: {}, finish_reason: 'stop' }] }) + 'data: [DONE]\n\n';
const play = (bytes: string | Uint8Array, more: object = {}): Situation => ({
	kind: 'play',
	bytes,
	...more,
});

/** Runs it against one answer and gives the only item, whatever became of it. */
async function itemOf(situation: Situation, parameters: IDataObject = {}): Promise<IDataObject> {
	node.relay.next(situation);
	const run = await node.run({ ...generate, ...parameters }, { settings: goOn });
	return run.json('Chat Video')[0] ?? {};
}

describe('a video is found in', () => {
	const codings = [
		['gzip', gzipSync],
		['deflate', deflateSync],
		['br', brotliCompressSync],
	] as const;
	const noWord = { message: '', type: '', param: '', code: null };
	const rows: Array<[string, Situation]> = [
		[
			'the body of a task',
			{
				kind: 'json',
				body: { id: taskId, object: 'video', status: 'completed', video_url: videoUrl },
			},
		],
		[
			'the data of a success',
			{
				kind: 'json',
				body: { code: 0, msg: 'success', data: { task_id: taskId, video_url: videoUrl } },
			},
		],
		[
			'the body of a task with a word of success',
			{
				kind: 'json',
				body: {
					id: taskId,
					status: 'completed',
					message: 'success',
					error: {},
					video_url: videoUrl,
				},
			},
		],
		['plain text', play(transcript, { contentType: 'text/plain' })],
		['an array', play(JSON.stringify([{ choices: [{ message: { content: transcript } }] }]))],
		[
			'a message next to an empty delta',
			play(event({ choices: [{ delta: {}, message: { content: transcript } }] }) + stop),
		],
		['a stream with words that hold it open', play(`data: ping\n\n${chunk(transcript)}${stop}`)],
		[
			'a stream with words about the queue',
			play(event({ type: 'status', message: 'queued, position 3' }) + chunk(transcript) + stop),
		],
		[
			'a chunk with an error without a word',
			play(event({ error: noWord, choices: [{ delta: { content: transcript } }] }) + stop),
		],
		[
			'a stream with an error after it',
			play(chunk(transcript) + stop.split('data: [')[0] + event({ error: 'usage is not known' })),
		],
		...codings.map(([coding, compress]): [string, Situation] => [
			`a stream that is compressed as ${coding}`,
			play(compress(chunk(transcript) + stop), { headers: { 'content-encoding': coding } }),
		]),
	];

	it.each(rows)('%s', async (_, situation) => {
		expect(await itemOf(situation)).toMatchObject({ status: 'completed', taskId, videoUrl });
	});
});

describe.each(['after', 'before', 'together'] as const)('of two choices, %s', (twoChoices) => {
	it.each([undefined, 'text', 'absent'] as const)(
		'the first is the result, and the other is named: its index is %s',
		async (indexAs) => {
			for (const cut of [{}, { cutAt: 'beforeDone' as const }, { cutAt: 'midResult' as const }]) {
				const index = indexAs === undefined ? {} : { indexAs };
				const json = await itemOf({ kind: 'generate', twoChoices, ...index, ...cut });

				const { taskId: id, videoUrl: url = '' } = node.relay.turns.at(-1) ?? {};
				const other = url.replace('/cdn/', '/cdn/other-');
				expect(json).toMatchObject({ status: 'completed', taskId: id, videoUrl: url });
				expect(json.taskIds).toHaveLength(2);
				if (cut.cutAt !== 'midResult') expect(json.videoUrls).toContain(other);
			}
		},
	);
});

const elsewhere = 'https://cdn.example/elsewhere.mp4';
it.each([
	['in what cannot be parsed', `data: {"draft": "${elsewhere}", \n\n`],
	['in a thought', chunk(`<think>as ${elsewhere} shows</think>\n`)],
	['in reasoning', event({ choices: [{ delta: { reasoning_content: `as ${elsewhere}\n` } }] })],
])('a link %s is none of the videos', async (_, before) => {
	const item = await itemOf(play(before + chunk(transcript) + stop));

	expect(item).toMatchObject({ status: 'completed', videoUrl });
	expect(JSON.stringify(item.videoUrls)).not.toContain(elsewhere);
});

it.each<[id: string, body: object]>([
	['77123456', { code: 200, msg: '成功', data: { id: 77123456 } }],
	['17f20503-6c24-4c16-946b-35dbbce2af2f', { id: '17f20503-6c24-4c16-946b-35dbbce2af2f' }],
	[
		'17f20503-6c24-4c16-946b-35dbbce2af2f',
		{
			id: '17f20503-6c24-4c16-946b-35dbbce2af2f',
			status: 'done',
			cover: 'https://cdn.example/p.jpg',
		},
	],
	['aa87081b-1a29-d8a6', { request_id: 'aa87081b-1a29-d8a6' }],
])('an id is that of a task, where nothing else or no video is there: %s %j', async (id, body) => {
	expect(await itemOf({ kind: 'json', body })).toMatchObject({ taskId: id, billing: 'started' });
});

it.each([
	{ id: 'chatcmpl-12345678', object: 'chat.completion' },
	{ id: 'ping', type: 'ping' },
	{ request_id: '12345678', took: 4 },
	{ id: '12345678', name: 'Ann', group: 'vip' },
])('and that of anything else is none: %j', async (body) => {
	expect(await itemOf({ kind: 'json', body })).not.toHaveProperty('taskId');
});

describe('a task is asked for that is named in', () => {
	const rows: Array<[string, (id: string) => Situation]> = [
		['the body of a task', (id) => ({ kind: 'json', body: { id, status: 'queued' } })],
		['words that are no more', (id) => ({ kind: 'json', body: { taskId: id, msg: 'no seat' } })],
		[
			'a chunk',
			(id) => play(event({ task_id: id, choices: [{ delta: { content: 'working' } }] }) + stop),
		],
		[
			'an error',
			(id) => ({ kind: 'json', body: { error: { message: 'it timed out', task_id: id } } }),
		],
		[
			'a refusal',
			(id) => ({
				kind: 'status',
				status: 502,
				body: { error: { message: `${id} timed out upstream` } },
				billed: true,
			}),
		],
		[
			'text after an event that is no JSON',
			(id) => play(`data: {"a\n\n${chunk(`> ID: \`${id}\`\n`)}`),
		],
		['the head of an answer', (id) => play('', { headers: { 'x-task-id': id } })],
		[
			'the head of one that breaks',
			(id) => play(stop, { headers: { location: `/${id}` }, cutAt: 9 }),
		],
		[
			'the head of a refusal',
			(id) => ({ kind: 'status', status: 429, body: 'no', headers: { 'x-request-id': id } }),
		],
	];

	it.each(rows)('%s', async (_, answer) => {
		const { taskId: id, urls } = node.relay.start();

		expect(await itemOf(answer(id))).toMatchObject({
			status: 'completed',
			taskId: id,
			videoUrl: urls.video,
			recovered: true,
		});
	});

	it('a refusal, which is noted like any other', async () => {
		const { taskId: id } = node.relay.start();
		const body = { error: { message: 'it timed out', task_id: id } };
		node.relay.next({ kind: 'status', status: 504, body, billed: true });

		const run = await node.run(generate);

		expect(run.metadata).toEqual({ chatVideoTask: id });
	});

	it.each([
		'upstream error: context deadline exceeded',
		'upstream error',
		'EOF',
		'stream error: stream ID 1; INTERNAL_ERROR',
		'Internal server error',
		'system busy',
		'网络错误',
		'stream disconnected',
		'rate limit exceeded',
		'user quota is not enough',
		'no luck',
	])('an error event after it: %s', async (message) => {
		const error = { message };

		const item = await itemOf({
			kind: 'generate',
			errorEvent: { at: 'afterProgress', error },
			tasks: 'done',
		});

		expect(item).toMatchObject({ status: 'completed', recovered: true });
	});

	it('a transcript that says it failed for a reason that is no rule', async () => {
		const item = await itemOf({
			kind: 'generate',
			fails: { at: 92, reason: 'upstream error' },
			tasks: 'done',
		});

		expect(item).toMatchObject({ status: 'completed', recovered: true });
	});

	it('nothing where the relay itself refused the video', async () => {
		const item = await itemOf({
			kind: 'generate',
			fails: { at: 92, reason: 'This content may violate our guardrails' },
			tasks: 'done',
		});

		expect(item).toMatchObject({ errorKind: 'moderated', billing: 'started' });
		expect(node.relay.requests).toHaveLength(1);
	});

	it('a draft: a link that more progress came after', async () => {
		const { taskId: id, urls } = node.relay.start();
		const draft = `> ID: \`${id}\`\n[在线播放▶️](${videoUrl})\n> 进度 60..70..\n`;

		for (const end of ['', 'data: [DONE]\n\n', stop, event({ error: { message: 'EOF' } })]) {
			expect(await itemOf(play(chunk(draft) + end))).toMatchObject({
				videoUrl: urls.video,
				recovered: true,
			});
		}
	});

	it.each(['[在线播放▶️](https://x.example/my-videos)', 'See https://x.example/my-videos'])(
		'a link that names no file: %s',
		async (link) => {
			const { taskId: id, urls } = node.relay.start();
			const text = `> ID: \`${id}\`\n> 生成完成 ✅\n${link}\n`;

			expect(await itemOf(play(chunk(text) + stop))).toMatchObject({ videoUrl: urls.video });
		},
	);

	it('an answer that repeats a link of the prompt', async () => {
		const item = await itemOf(
			{ kind: 'generate', dialect: 'submitted' },
			{ prompt: 'A cat that dances\nas in https://user.example/dance.mp4' },
		);

		expect(item).toMatchObject({ recovered: true, videoUrl: node.relay.turns[0]?.videoUrl });
	});
});

it('the video of another choice is kept with that of the task, also where the first had said nothing yet', async () => {
	const { taskId: id, urls } = node.relay.start();
	const other = 'https://cdn.example/other.mp4';
	const first = event({
		choices: [{ index: 0, delta: { reasoning_content: `> ID: \`${id}\`\n> 生成中.\n` } }],
	});
	const second = event({
		choices: [{ index: 1, delta: { content: `> 生成完成 ✅\n[在线播放▶️](${other})` } }],
	});
	const error = event({ error: { message: 'upstream error' } });

	const item = await itemOf(play(`${first}${second}${error}data: [DONE]\n\n`));

	expect(item).toMatchObject({ videoUrl: urls.video, videoUrls: [urls.video, other] });
});

describe('what is said outside the text does not tear it', () => {
	const link = 'https://cdn.example/result.mp4';
	const torn = [chunk('> 生成完成 ✅\n[在线播放▶️](https://cdn.'), chunk('example/result.mp4)\n')];

	it.each([
		['a state', event({ status: 'processing', progress: 40 }), torn],
		['a state in front of it', event({ id: 'chatcmpl-1', status: 'queued' }), ['', torn.join('')]],
		['the whole message after it', '', torn],
	])('%s', async (_, between, [first = '', second = '']) => {
		const whole = '> 生成完成 ✅\n[在线播放▶️](https://cdn.example/result.mp4)\n';
		const end = event({
			choices: [{ delta: {}, message: { content: whole }, finish_reason: 'stop' }],
		});

		const item = await itemOf(play(first + between + second + end));

		expect(item).toMatchObject({ videoUrl: link, transcript: whole });
		expect(item).not.toHaveProperty('taskId');
	});
});

describe('the video that is modified is not the result, where its task is named in', () => {
	const rows: Array<[string, Situation]> = [
		[
			'a refusal',
			{ kind: 'status', status: 504, body: { error: { message: `remix of ${taskId} timed out` } } },
		],
		[
			'a field of a refusal',
			{ kind: 'status', status: 500, body: { error: { message: 'no', task_id: taskId } } },
		],
		[
			'an error',
			play(event({ error: { message: `loading ${taskId}: context deadline exceeded` } })),
		],
		[
			'the body of a task',
			{ kind: 'json', body: { id: taskId, status: 'completed', video_url: videoUrl } },
		],
	];

	const modify = { operation: 'modify', history: 'fields', previousTaskId: taskId };

	it('text, together with the new one, whichever comes first', async () => {
		for (const isFirst of [true, false]) {
			const { taskId: id, urls } = node.relay.start();
			const lines = [`> Remix of Task ID: \`${taskId}\`\n`, `> ID: \`${id}\`\n`];
			const text = (isFirst ? lines : lines.reverse()).join('');

			const item = await itemOf(play(chunk(text)), modify);

			expect(item).toMatchObject({ taskId: id, videoUrl: urls.video });
			expect(item).not.toHaveProperty('taskIds');
		}
	});

	it.each(['', '> ID: `task_01k0dead0000000000000000aa`\n> 生成失败，正在重试\n'])(
		'text, while the line that names the new one is lost, after “%s”',
		async (before) => {
			const { taskId: id } = node.relay.start();
			const text = `${before}> Remix of Task ID: \`${taskId}\`\n>[原始数据](https://data.example/source/${id})\n> 生成完成 ✅\n[在线播放▶️](https://cdn.example/new.mp4)\n`;

			const item = await itemOf(play(chunk(text) + stop), modify);

			expect(item).toMatchObject({ taskId: id, videoUrl: 'https://cdn.example/new.mp4' });
		},
	);

	it('a link to its data, or to its video', async () => {
		const old = 'https://cdn.example/old.mp4';
		const text = `[原始数据](https://data.example/source/${taskId})\n> 生成完成 ✅\n[在线播放▶️](${old})\n`;

		const item = await itemOf(play(chunk(text) + stop), { ...modify, previousVideoUrl: old });

		expect(item.error).toBeDefined();
		for (const name of ['videoUrl', 'sourceUrl', 'taskId']) expect(item).not.toHaveProperty(name);
	});

	it.each(rows)('%s', async (_, situation) => {
		const item = await itemOf(situation, modify);

		expect(item).toMatchObject({ billing: 'possible' });
		expect(item).not.toHaveProperty('taskId');
	});
});

describe('an event that is no chunk', () => {
	it.each([
		['a ping', 'ping - 2026-11-26'],
		['a comment', ': OPENROUTER PROCESSING'],
		['null', 'null'],
		['a damaged chunk', '{"a'],
	])('takes nothing from the video: %s', async (_, data) => {
		const noise = `data: ${data}\n\n`;
		expect(await itemOf(play(`${noise}${chunk(transcript)}${noise}${stop}${noise}`))).toMatchObject(
			{
				status: 'completed',
				taskId,
				videoUrl,
			},
		);
	});

	const damaged = 'data: {"choices":[{"delta":{"content":"lost\n\n';

	it.each([
		['at its end', damaged],
		['at its beginning', 'data: ices":[{"delta":{"content":"lost"}}]}\n\n'],
	])('is a hole where it is damaged %s: the task is asked for', async (_, hole) => {
		const { taskId: id, urls } = node.relay.start();
		const early = transcript.replace(taskId, id);
		const [task = '', rest = ''] = early.split('> 生成完成');
		const bytes = `${chunk(task)}${hole}${chunk(`> 生成完成${rest}`)}${stop}`;

		expect(await itemOf(play(bytes))).toMatchObject({
			taskId: id,
			videoUrl: urls.video,
			recovered: true,
		});
	});

	it.each([
		['nobody knows it', {}],
		['it is still being made', { tasks: 'pending' as const }],
		['nobody may be asked', { options: { recover: false } }],
	])(
		'leaves the video that was read for certain where %s',
		async (_, { tasks, options }: { tasks?: 'pending'; options?: IDataObject }) => {
			const id = tasks === undefined ? taskId : node.relay.start({ tasks }).taskId;
			const bytes = `${chunk(transcript.replace(taskId, id))}${damaged}${stop}`;

			const item = await itemOf(play(bytes), { options });

			expect(item).toMatchObject({ status: 'completed', taskId: id, videoUrl });
			expect(item.transcript).not.toContain('排队中.\n> 生成完成');
		},
	);

	it('leaves no video that may be a preview, as nothing says that it is done', async () => {
		const text = `> ID: \`${taskId}\`\n[在线播放▶️](${videoUrl})\n`;

		const item = await itemOf(play(`${chunk(text)}${damaged}${stop}`));

		expect(item).toMatchObject({ errorKind: 'disconnected', billing: 'started', videoUrl });
		expect(item).not.toHaveProperty('status');
	});

	it('names the task all the same', async () => {
		const item = await itemOf(play(`data: {"id":"${taskId}","choices":[{\n\n`));
		expect(item).toMatchObject({ billing: 'started', taskId });
	});

	it('makes no link of what stood on its two sides', async () => {
		const [before, after] = [`[播放](${videoUrl.slice(0, 24)}`, `${videoUrl.slice(24)})`];
		const damaged = 'data: {"choices":[{"delta":{"content":"/lost\n\n';
		const item = await itemOf(play(`${chunk(before)}${damaged}${chunk(after)}${stop}`));
		expect(item).toMatchObject({ errorKind: 'disconnected' });
		expect(item).not.toHaveProperty('videoUrl');
	});
});

describe('an error has', () => {
	const cut: Generate = { kind: 'generate', dialect: 'veo', cutAt: 'afterProgress' };

	it('the code of the relay where nobody knows the task', async () => {
		const error = { message: 'no luck', code: 'some_code' };

		const item = await itemOf({
			kind: 'generate',
			errorEvent: { at: 'afterProgress', error },
			tasks: 'unknown',
		});

		expect(item).toMatchObject({ errorKind: 'failed', billing: 'started' });
		expect(item.error).toContain('no luck');
	});

	it.each(['failed', 'unknown', 'pending'] as const)(
		'the preview that came before a task that is %s',
		async (tasks) => {
			const item = await itemOf({ ...cut, tasks }, { options: { timeout: 20 } });

			expect(item.videoUrl).toMatch(/^http/);
		},
	);

	it('the preview in every later try', async () => {
		node.relay.next({ ...cut, tasks: 'unknown' });

		const run = await node.run(generate, {
			settings: { ...goOn, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});

		expect(run.json('Chat Video')[0]).toMatchObject({
			taskId: node.relay.turns[0]?.taskId,
			videoUrl: expect.stringMatching(/^http/) as string,
		});
	});

	it('the preview of a video that was filtered as the result', async () => {
		const preview = `> ✅ 预览视频已生成\n\n[📺 在线预览](${videoUrl})\n`;
		const filtered = event({ choices: [{ delta: {}, finish_reason: 'content_filter' }] });

		expect(await itemOf(play(chunk(preview) + filtered))).toMatchObject({ videoUrl });
	});

	it('a link that nothing says is the video, in its last words', async () => {
		const link = `https://x.example/v/abc?sig=${'a1'.repeat(150)}`;

		const item = await itemOf(play(chunk(`Look at it: ${link}`) + stop));

		expect(item.errorKind).toBe('disconnected');
		expect(item).not.toHaveProperty('videoUrl');
		expect(item.lastWords).toContain(link);
	});

	it('the link to a file that nothing says is the video', async () => {
		const link = 'https://x.example/v/abc.mp4';

		const item = await itemOf(play(chunk(`Look at it: ${link}\n> 生成中.\n`) + stop));

		expect(item).toMatchObject({ errorKind: 'disconnected', videoUrl: link });
	});

	it('no task that is none', async () => {
		const busy = { code: 'busy', message: 'system is busy', task_id: 0 };

		const item = await itemOf(
			{ kind: 'status', status: 503, body: busy },
			{ options: { maxTries: 1 } },
		);

		expect(item).toMatchObject({ billing: 'none' });
	});

	it('what Stop is called, also while it reads on after another', async () => {
		node.relay.next(play('data: {"a\n\n', { holdAfterDone: true, pingWhileWaiting: 100 }));
		const stop = new AbortController();
		const running = node.run(generate, { signal: stop.signal, settings: goOn });
		await node.relay.turn(0);
		stop.abort();

		expect((await running).status).toBe('canceled');
	});

	it('no task that a limit names', async () => {
		const other = 'task_01k7dzptgwf2z87wj2c3t36qk9';
		const message = `${other} is still running`;

		const refusals = [409, 429, 503].map((status): Situation => ({
			kind: 'status',
			status,
			body: { error: { message } },
		}));
		for (const refusal of refusals) {
			const item = await itemOf(refusal, { options: { maxTries: 1 } });
			expect(item).not.toHaveProperty('taskId');
		}
	});

	it('the last words of a stream that breaks, too', async () => {
		const item = await itemOf(play(chunk('Working on your kitten'), { cutAt: 60, cutBy: 'reset' }));

		expect(item).toMatchObject({
			errorKind: 'disconnected',
			lastWords: expect.stringMatching(/^Working on/) as string,
		});
	});

	it('all of several tasks that one event or one refusal names', async () => {
		const [one, other] = [taskId, taskId.replace(/0$/, '1')];
		const error = { message: `${one} failed, then task ${other}: EOF` };
		for (const situation of [
			play(event({ error })),
			{ kind: 'status', status: 500, body: { errors: [{ task_id: one }, { task_id: other }] } },
			{ kind: 'json', body: { errors: [{ message: one }, { message: other }] } },
		] satisfies Situation[]) {
			expect(await itemOf(situation, { options: { recover: false } })).toMatchObject({
				billing: 'started',
				taskIds: [one, other],
			});
		}
	});

	it.each<[string, object, string]>([
		['errors', { errors: [{ message: 'first' }, { message: 'second' }] }, 'answered: “first”'],
		['a success that is none', { success: false }, 'answered: “{"success":false}”'],
		['details', { detail: [{ msg: 'field required', loc: ['body'] }] }, '“field required”'],
		['a refusal', { choices: [{ message: { content: null, refusal: 'I cannot' } }] }, 'I cannot'],
	])('the words of %s', async (_, body, words) => {
		expect(JSON.stringify(await itemOf({ kind: 'json', body }))).toContain(
			JSON.stringify(words).slice(1, -1),
		);
	});

	it('all of several tasks', async () => {
		const ids = ['task_01k7dzptgwf2z87wj2c3t36qk1', 'task_01k7dzptgwf2z87wj2c3t36qk2'];
		const text = ids.map((id) => `> ID: \`${id}\`\n`).join('');

		const item = await itemOf(play(chunk(text)), { options: { timeout: 20 } });

		expect(item).toMatchObject({ taskId: ids[1], taskIds: ids });
	});

	it('every link that was seen, also of another choice', async () => {
		const second = 'https://cdn.example/second.mp4';
		const other = event({ choices: [{ index: 1, delta: { content: `${second}\n` } }] });

		const item = await itemOf(play(chunk(`> ID: \`${taskId}\`\n> 生成中.\n`) + other));

		expect(item).toMatchObject({ billing: 'started', taskId, videoUrls: [second] });
	});

	it('a task that is named after the body alone, in a packet of its own', async () => {
		// n8n's own client, all there is on n8n Cloud, does not hand such headers on.
		const isCloud = process.env.CHAT_VIDEO_BUILD === 'cloud';
		const known = isCloud ? { billing: 'possible' } : { billing: 'started', taskId };
		await using server = await listen(({ method }, response) => {
			if (method === 'GET') return response.writeHead(404).end();
			response.writeHead(200, { trailer: 'x-task-id' }).write(chunk('排队中') + stop);
			response.addTrailers({ 'x-task-id': taskId });
			return setTimeout(() => response.end(), 100);
		});
		const credentials = { chatVideoApi: { baseUrl: server.url, apiKey: 'test-key' } };
		const run = await node.run(generate, { settings: goOn, credentials });
		expect(run.json('Chat Video')[0]).toMatchObject(known);
	});

	it('the last words, where no task is known', async () => {
		const item = await itemOf(play(chunk('It is at /media/abc.mp4') + stop));

		expect(item.lastWords).toBe('It is at /media/abc.mp4');
		expect(item.error).toContain('“It is at /media/abc.mp4”');
	});

	const error = event({ choices: [{ delta: {}, finish_reason: 'error' }] });

	it.each([
		['of an account', '您今日的使用次数已达上限', stop, 'rateLimited'],
		['of a policy', 'inappropriate content', stop, 'moderated'],
		['of nothing that is known', '触发上游风控，请稍后再试', stop, 'disconnected'],
		['before a stop for an error', 'Working on it\n\nEmpty response', error, 'failed'],
		['that are none', '', error, 'failed'],
	])('the only words, %s', async (_, words, end, errorKind) => {
		const item = await itemOf(play((words === '' ? '' : chunk(words)) + end));

		expect(item).toMatchObject({ errorKind, billing: 'possible' });
		expect(item.error).toContain(words.replace(/\s+/g, ' '));
	});

	it('what leads to the videos of the other items', async () => {
		node.relay.next(
			{ kind: 'generate', cutAt: 'afterProgress', tasks: 'unknown' },
			{ ...cut, tasks: 'unknown' },
			{
				kind: 'generate',
				dialect: 'bare',
				reasoning: true,
				oneChunk: true,
				cutAt: 'afterResult',
			},
		);

		const run = await node.run(
			{ ...generate, prompt: '={{ $json.wish }}', options: { maxConcurrency: 3 } },
			{ items: itemsOf({ wish: 'one' }, { wish: 'two' }, { wish: 'three' }) },
		);

		const description = run.error('Chat Video')?.description ?? '';
		const [, two, three] = ['one', 'two', 'three'].map((wish) =>
			node.relay.turns.find(({ prompt }) => prompt === wish),
		);
		expect(description).toContain(`Item 1 has task ${two?.taskId}: <a href="http`);
		expect(description).toContain(`Item 2 has <a href="${three?.videoUrl}"`);
	});
});

describe('is sent once, as it may have been started, what is answered', () => {
	const statuses: Array<[number, string | object]> = [
		[503, 'Response timeout'],
		[503, { error: { message: 'upstream error: context deadline exceeded' } }],
		[500, { error: { message: 'model sora-2 result not available: upstream timed out' } }],
		[499, { error: { message: 'The operation was cancelled.' } }],
		[409, { error: { message: 'The task is still being processed' } }],
		[303, ''],
	];

	it.each(statuses)('%d %j', async (status, body) => {
		const answer: Situation = { kind: 'status', status, body, billed: true };
		node.relay.next(...Array<Situation>(6).fill(answer));

		const run = await node.run(generate, {
			settings: { ...goOn, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});

		expect(node.relay.billed).toBe(1);
		expect(run.json('Chat Video')[0]).toMatchObject({ billing: 'possible' });
	});
});

describe('a turn ends', () => {
	/** The item of a turn that does not wait for a timeout. */
	async function soon(situation: Situation): Promise<IDataObject> {
		const startedAt = Date.now();
		const item = await itemOf(situation);
		expect(Date.now() - startedAt).toBeLessThan(100_000);
		return item;
	}

	const failed = '生成失败 ❌\n失败原因：input_moderation\n';
	const stopped = event({ choices: [{ delta: {}, finish_reason: 'stop' }] });

	it('with a failure and a stop, although the connection is held', async () => {
		const item = await soon(play(chunk(failed) + stopped, { holdAfterDone: true }));

		expect(item.errorKind).toBe('moderated');
	});

	it('soon after an error, although comments go on', async () => {
		const item = await soon({
			kind: 'generate',
			errorEvent: { at: 'beforeTask', error: { message: 'no' } },
			withoutTask: true,
			silentAt: 'afterProgress',
			pingWhileWaiting: 100,
		});

		expect(item.errorKind).toBe('failed');
	});

	it('with a video and a stop, although comments go on', async () => {
		const item = await soon({
			kind: 'generate',
			silentAt: 'beforeDone',
			pingWhileWaiting: 100,
		});

		expect(item.status).toBe('completed');
	});
});
