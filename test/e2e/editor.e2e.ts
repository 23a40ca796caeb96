import { chain, chatVideo, trigger } from './support/chain';
import { executeNode } from './support/executeNode';
import { expectInView } from './support/expectInView';
import { readExample } from './support/readExample';
import { useEditor } from './support/useEditor';
import { useN8n } from './support/useN8n';

const prompt = 'A calico kitten asleep in the sun on a windowsill, landscape';
const change = 'Give the kitten a tiny straw hat';
const always = ['Simplify', 'Download Video', 'Put Output File in Field', 'Options'];
const shape = ['Images', 'Aspect Ratio', 'Duration (Seconds)'];
const first = ['Credential', 'Operation'];
const previous = ['Prompt', 'Sid', 'Task ID', 'Poster URL', 'Video URL'].map(
	(it) => `Previous ${it}`,
);
const taskId = 'task_01k7dzptgwf2z87wj2c3t36qk0';

describe('the editor', () => {
	const n8n = useN8n({ relay: { pace: 20 } });
	const editor = useEditor(() => n8n.client);

	const open = async (parameters: Record<string, unknown>, settings = {}) => {
		const { id } = await n8n.save(chain(trigger, chatVideo(parameters, settings)));
		return await editor.openNode(id, 'Chat Video');
	};

	it.each(['video', 'sora', 'veo', 'text to video', 'chat video', 'kling', '视频'])(
		'finds the node by "%s" among the first five',
		async (words) => {
			const { id } = await n8n.save(chain(trigger));
			const page = await editor.openWorkflow(id);
			await page.locator('[data-test-id="node-creator-plus-button"]').click();
			await page.locator('[data-test-id="node-creator-search-bar"]').fill(words);

			const hits = page.locator('[data-test-id="node-creator-item-name"]');
			await hits.getByText('Chat Video', { exact: true }).waitFor();
			const names = (await hits.allInnerTexts()).map((name) => name.trim());
			expect(names.slice(0, 5)).toContain('Chat Video');
			if (words === 'video') {
				await page.setViewportSize({ width: 1360, height: 720 });
				await editor.picture(
					'nodes-panel',
					undefined,
					page.locator('[data-test-id="node-creator"]'),
				);
			}
		},
	);

	it.each([
		['generate', { prompt }, [...first, 'Model', 'Prompt', ...shape, ...always]],
		[
			'modify',
			{ operation: 'modify', prompt: change },
			[...first, 'Model', 'Prompt', 'Images', 'History', ...always],
		],
		[
			'modify-json',
			{ operation: 'modify', prompt: change, history: 'json' },
			[...first, 'Model', 'Prompt', 'Images', 'History', 'Messages', ...always],
		],
		[
			'modify-fields',
			{ operation: 'modify', prompt: change, history: 'fields' },
			[...first, 'Model', 'Prompt', 'Images', 'History', ...previous, ...always],
		],
		['get', { operation: 'get', taskId }, [...first, 'Task ID', ...always]],
		[
			'parse',
			{ operation: 'parse' },
			['Operation', 'Transcript', 'Simplify', 'Download Video', 'Options'],
		],
	])('shows the fields of %s', async (name, parameters, fields) => {
		await open(parameters);

		expect(await editor.labels()).toEqual(fields);
		expect(await editor.cutOff()).toEqual([]);
		await editor.pictureOfPanel(name);
	});

	it('lists the options by the alphabet', async () => {
		const page = await open({ prompt });
		await page.locator('[data-test-id="collection-parameter-add"]').click();

		const options = page.locator('[data-test-id="collection-parameter-option"]');
		await options.first().waitFor();
		const names = await options.allInnerTexts();
		expect(names.length).toBeGreaterThan(8);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		await expectInView(options.first());
		await expectInView(options.last());
		await editor.pictureOfPanel('options');
	});

	it('lists the models of the service', async () => {
		const page = await open({ prompt });
		await page.locator('[data-test-id="resource-locator-model"] input').last().click();

		const models = page.locator('[data-test-id="rlc-item"]');
		await models.nth(2).waitFor();
		expect((await models.allInnerTexts()).slice(0, 2)).toEqual([
			'sora-2 (10 s, SD)',
			'sora-2-pro (15 s, HD)',
		]);
		await editor.pictureOfPanel('models');
	});

	it('shows what an execution gave', async () => {
		const page = await open({ prompt, downloadVideo: true });
		await executeNode(page, n8n.client);

		const output = page.locator('[data-test-id="output-panel"]');
		await output.getByText('Schema', { exact: true }).click();
		await output.getByText('videoUrl').first().waitFor();
		await page.setViewportSize({ width: 1360, height: 800 });
		await editor.picture('output');

		await output.getByText('Table', { exact: true }).click();
		await expectInView(output.getByText(String(n8n.relay.turns[0]?.videoUrl)));
		await page.setViewportSize({ width: 1360, height: 480 });
		await editor.picture('table', undefined, output);
	});

	it('shows what a failed item may have cost', async () => {
		const reason = 'This content may violate our guardrails concerning third-party likeness';
		n8n.relay.next({ kind: 'generate', fails: { at: 36, reason } });
		const page = await open({ prompt });
		await executeNode(page, n8n.client);

		const output = page.locator('[data-test-id="output-panel"]');
		await output.locator('[data-test-id="node-error-message"]').getByText(reason).waitFor();
		expect(await output.innerText()).toContain(n8n.relay.turns[0]?.taskId);
		await editor.picture('failed', output.locator('.node-error-view > *'), output);
	});

	it('sends failed items to the error output, with what they cost', async () => {
		n8n.relay.next({ kind: 'reset', when: 'beforeHeaders', billed: true });
		const page = await open({ prompt }, { onError: 'continueErrorOutput' });
		await executeNode(page, n8n.client);

		const output = page.locator('[data-test-id="output-panel"]');
		await output.getByText('Error Branch (1 item)').click();
		await output.getByText('errorKind').waitFor();
		expect(await output.innerText()).toContain('possible');
		await editor.picture(
			'error-output',
			output.locator('.n8n-callout, table, [data-test-id="run-data-hints"]'),
			output,
		);
	});

	it('tests the credential', async () => {
		const page = await editor.open(`/home/credentials/${n8n.credential.id}`);

		await page.getByText('Connection tested successfully').waitFor();
		await editor.picture(
			'credential',
			page.locator('.el-dialog:visible .el-dialog__header, .el-dialog:visible input'),
			page.locator('.el-dialog:visible').last(),
		);
	});

	it('shows in its chat how a video is being made', async () => {
		n8n.relay.next({ kind: 'generate', pauses: [{ at: 'afterProgress', ms: 10_000 }] });
		const { id } = await n8n.save(readExample('chat-with-live-progress'));
		const page = await editor.openWorkflow(id);
		await page.locator('[data-test-id="workflow-chat-button"]').click();
		await page.locator('textarea:visible').fill('A paper boat');
		await page.keyboard.press('Enter');

		const answer = page.locator('.chat-messages-list');
		await answer.getByText('queued').waitFor();
		expect(await answer.innerText()).not.toContain('completed');
		const { videoUrl, posterUrl } = n8n.relay.turns[0] ?? {};
		await answer.locator(`a[href="${videoUrl}"]`).waitFor();
		await answer.locator(`img[src="${posterUrl}"]`).waitFor();
		await editor.picture(
			'chat',
			undefined,
			page.locator('[data-test-id="canvas-chat"], .chat-messages-list').first(),
		);
	});

	it('shows on the canvas what each node does', async () => {
		const { id } = await n8n.save(
			chain(
				trigger,
				chatVideo({ prompt }, { name: 'Generate' }),
				chatVideo({ operation: 'modify', prompt: change }, { name: 'Modify' }),
				chatVideo({ operation: 'get', taskId: '={{ $json.taskId }}' }, { name: 'Get' }),
				chatVideo({ operation: 'parse', transcript: 'x' }, { name: 'Parse' }),
			),
		);
		const page = await editor.openWorkflow(id);
		const nodes = page.locator('[data-test-id="canvas-node"]');
		await nodes.nth(4).waitFor();

		expect(await nodes.allInnerTexts()).toEqual(
			expect.arrayContaining([
				expect.stringMatching(/Generate Video: sora-2/),
				expect.stringMatching(/Modify Video: sora-2/),
				expect.stringMatching(/Get Video(?!:)/),
				expect.stringMatching(/Parse Transcript(?!:)/),
			]),
		);
		await editor.pictureOfCanvas('canvas');
	});
});
