import { randomUUID } from 'node:crypto';
import type { Workflow } from '../../scripts/n8n/Workflow';
import { call } from './support/call';
import { readChunks } from './support/readChunks';
import { readExample } from './support/readExample';
import { startAssistant } from './support/startAssistant';
import { startReceiver } from './support/startReceiver';
import { useN8n } from './support/useN8n';

const nodeOf = ({ nodes }: Workflow, name: string) => {
	const found = nodes.find((node) => node.name === name);
	if (!found) throw new Error(`There is no node ${name}.`);
	return found;
};

describe('the example workflows', () => {
	const n8n = useN8n({ relay: { pace: 10 } });

	it('generate a video, then modify it', async () => {
		const execution = await n8n.run(readExample('generate-then-modify'));

		expect(execution.error).toBeUndefined();
		const [first, second] = n8n.relay.turns;
		const [item] = execution.items('Modify video');
		expect(item?.json).toMatchObject({ taskId: second?.taskId, videoUrl: second?.videoUrl });
		expect(second?.sourceSid).toBe(first?.sid);
		expect(item?.json.messages).toHaveLength(4);
		expect(item?.binary).toMatchObject({
			data: { fileName: `${second?.taskId}.mp4`, mimeType: 'video/mp4' },
			poster: { mimeType: 'image/webp' },
		});
		expect(n8n.relay.billed).toBe(2);
	});

	it('compare two models', async () => {
		const execution = await n8n.run(readExample('compare-models'));

		expect(execution.error).toBeUndefined();
		const both = execution.items('Both').map(({ json }) => json);
		expect(both.map(({ model }) => model)).toEqual(['sora-2', 'sora-2-pro']);
		const { turns } = n8n.relay;
		expect(new Set(turns.map(({ prompt }) => prompt)).size).toBe(1);
		expect(both.map(({ videoUrl }) => videoUrl).sort()).toEqual(
			turns.map(({ videoUrl }) => videoUrl).sort(),
		);
		expect(n8n.relay.billed).toBe(2);
	});

	it('make 200 videos, sleep, and upload the files', async () => {
		await using receiver = await startReceiver();
		const slow = { kind: 'generate', silentAt: 'afterProgress', tasks: 'slow' } as const;
		n8n.relay.next(slow, slow);
		const workflow = readExample('many-videos');
		nodeOf(workflow, 'Upload').parameters.url = receiver.url;

		const execution = await n8n.run(workflow);

		expect(execution.error).toBeUndefined();
		const promptsOf = (node: string) => execution.items(node).map(({ json }) => json.prompt);
		expect(promptsOf('Generate video')).toEqual(promptsOf('One item each'));
		expect(new Set(receiver.forms.map(({ fields }) => fields.title)).size).toBe(200);
		expect(n8n.relay.billed).toBe(200);
	}, 400_000);

	it('make a batch at night, and upload the files', async () => {
		await using receiver = await startReceiver();
		const reason = 'The prompt was refused by our content policy';
		n8n.relay.next({ kind: 'generate' }, { kind: 'generate', fails: { reason } });
		const workflow = readExample('scheduled-batch');
		nodeOf(workflow, 'Upload').parameters.url = receiver.url;

		const execution = await n8n.run(workflow);

		expect(execution.error).toBeUndefined();
		expect(receiver.forms).toMatchObject([
			{ fields: { title: 'Kitten' }, files: { file: { type: 'video/mp4' } } },
			{ fields: { title: 'Sea' }, files: { file: { type: 'video/mp4' } } },
		]);
		const [failed, ...others] = execution.items('What failed');
		expect(others).toEqual([]);
		expect(failed?.json).toMatchObject({ errorKind: 'moderated', billing: 'started' });
		expect(n8n.relay.billed).toBe(3);
	});

	it('recover a task that took too long', async () => {
		n8n.relay.next({ kind: 'generate', cutAt: 'afterProgress', tasks: 'pending' });
		const workflow = readExample('recover-a-task');
		nodeOf(workflow, 'Generate video').parameters.options = { timeout: 3 };
		nodeOf(workflow, 'Wait').parameters = { amount: 1, unit: 'seconds' };
		const id = await n8n.start(workflow);
		const { taskId = '', videoUrl } = await n8n.relay.turn(0);
		setTimeout(() => {
			const task = n8n.relay.archive.task(taskId);
			if (task) task.behaviours = 'done';
		}, 3_200);

		const execution = await n8n.finished(id);

		expect(execution.error).toBeUndefined();
		expect(execution.items('Video')[0]?.json).toMatchObject({
			taskId,
			status: 'completed',
			videoUrl,
		});
		expect(n8n.relay.billed).toBe(1);
	});

	it('do not wait for a video that was refused', async () => {
		n8n.relay.next({ kind: 'generate', fails: { reason: 'The prompt was refused' } });

		const execution = await n8n.run(readExample('recover-a-task'));

		expect(execution.error).toBeUndefined();
		expect(execution.items('No video')).toHaveLength(1);
		expect(n8n.relay.billed).toBe(1);
	});

	it('show the generation live in the public chat', async () => {
		const workflow = readExample('chat-with-live-progress');
		await n8n.activate(workflow);
		const { webhookId } = nodeOf(workflow, 'When chat message received');

		const answer = await call(`${n8n.client.url}/webhook/${String(webhookId)}/chat`, {
			action: 'sendMessage',
			sessionId: 'a-session',
			chatInput: 'A paper boat',
		});

		const chunks = [];
		for await (const chunk of readChunks(answer)) chunks.push(chunk);
		const [turn] = n8n.relay.turns;
		expect(turn?.prompt).toBe('A paper boat');
		const lines = chunks.flatMap(({ type, content }) => (type === 'item' ? [content?.trim()] : []));
		expect(lines[0]).toBe(`submitted ${turn?.taskId}`);
		expect(lines.join('\n')).toContain(`](${turn?.videoUrl})`);
	});
});

describe('the example of an agent', () => {
	// What an agent knows of an earlier video are its ids; the words of the answer are not sent back.
	const n8n = useN8n({ relay: { history: 'any' } });

	it.each([2, 3])(
		'makes a video, and changes it in the next message, with an agent of version %s',
		async (typeVersion) => {
			await using assistant = await startAssistant();
			const model = await n8n.client.post<{ id: string; name: string }>('/credentials', {
				name: 'OpenAi account',
				type: 'openAiApi',
				data: { apiKey: 'any', url: `${assistant.url}/v1` },
			});
			const workflow = readExample('agent-tool');
			nodeOf(workflow, 'AI Agent').typeVersion = typeVersion;
			nodeOf(workflow, 'Chat model').credentials = {
				openAiApi: { id: model.id, name: model.name },
			};
			const chat = nodeOf(workflow, 'When chat message received');
			chat.webhookId = randomUUID();
			chat.parameters = { public: true, options: {} };
			await n8n.activate(workflow);
			const say = async (sessionId: string, chatInput: string) => {
				const url = `${n8n.client.url}/webhook/${String(chat.webhookId)}/chat`;
				const answer = await call(url, { action: 'sendMessage', sessionId, chatInput });
				return ((await answer.json()) as { output: string }).output;
			};

			const first = await say('one', 'A cat, please');
			const second = await say('one', 'Make it night');
			await say('another', 'Make it night');

			const [cat, night, stranger] = n8n.relay.turns;
			expect(assistant.tools).toEqual(expect.arrayContaining(['Generate_video', 'Modify_video']));
			expect(cat?.prompt).toBe('A cat, please');
			expect(first).toContain(cat?.videoUrl);
			expect(first).not.toContain('progressLog');
			expect(night).toMatchObject({ prompt: 'Make it night', sourceSid: cat?.sid });
			expect(second).toContain(night?.videoUrl);
			expect(stranger?.sourceSid).toBeUndefined();
			expect(n8n.relay.billed).toBe(3);
		},
	);
});
