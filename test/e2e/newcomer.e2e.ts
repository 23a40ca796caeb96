import { createServer } from 'node:http';
import type { Locator, Page } from 'playwright-core';
import { openClient, type Client } from '../../scripts/n8n/client';
import type { N8n } from '../../scripts/n8n/launch';
import { startRelay, type Relay } from '../relay/relay';
import { executeNode } from './support/executeNode';
import { expectInView } from './support/expectInView';
import { listen } from './support/listen';
import { startN8n } from './support/startN8n';
import { useEditor } from './support/useEditor';

const reason = 'This content may violate our guardrails concerning third-party likeness';

describe('a newcomer, in an n8n that is empty', () => {
	let n8n: N8n;
	let client: Client;
	let relay: Relay;
	let page: Page;
	beforeAll(async () => {
		n8n = await startN8n();
		client = await openClient(n8n.url);
		relay = await startRelay({ pace: 10 });
	}, 200_000);
	afterAll(async () => {
		await relay.close();
		await n8n.stop();
	}, 30_000);

	const editor = useEditor(() => client);
	const byId = (testId: string): Locator => page.locator(`[data-test-id="${testId}"]`);
	const output = (): Locator => byId('output-panel');
	let pictures = 0;
	/** Each step can be looked at afterwards. */
	const look = async (what: string) => {
		pictures += 1;
		await editor.picture(`newcomer-${String(pictures).padStart(2, '0')}-${what}`);
	};
	const add = async (action: string) => {
		await byId('node-creator-search-bar').fill('video');
		const hits = byId('node-creator-item-name');
		await hits.getByText('Chat Video', { exact: true }).click();
		await hits.getByText(action, { exact: true }).click();
		await byId('node-parameters').waitFor();
	};
	const write = (name: string, text: string) =>
		byId(`parameter-input-${name}`).locator('textarea, input').first().fill(text);
	const execute = () => executeNode(page, client);
	const view = (name: string) => output().getByText(name, { exact: true }).first().click();

	it('finds the node, makes a video, plays it, changes it, meets an error and recovers', async () => {
		page = await editor.open('/workflow/new');
		await page.setViewportSize({ width: 1360, height: 900 });
		await byId('canvas-add-button').click();
		await byId('node-creator-search-bar').fill('video');
		await byId('node-creator-item-name').getByText('Chat Video', { exact: true }).waitFor();
		await look('search');
		await byId('node-creator-item-name').getByText('Chat Video', { exact: true }).click();
		await look('actions');
		await byId('node-creator-item-name').getByText('Generate video', { exact: true }).click();
		await look('panel');

		await page.getByText('Connect to Chat Video').click();
		await look('credential');
		const dialog = page.locator('.el-dialog:visible');
		await using withoutList = await listen(
			createServer((_, response) => response.writeHead(404).end()),
		);
		const tries = [
			['wrong-key', relay.url, 'another-key', 'The service refuses the API key'],
			['nobody', 'http://127.0.0.1:9', 'test-key', 'nothing listens there'],
			['no-address', 'api.example', 'test-key', 'is not an http(s) address'],
			['page', client.url, 'test-key', 'is no such service'],
			['no-list', withoutList.url, 'test-key', 'Generate may still work'],
		] as const;
		const save = async (url: string, key: string) => {
			await byId('parameter-input-baseUrl').locator('input').fill(url);
			await byId('parameter-input-apiKey').locator('input').fill(key);
			await byId('credential-save-button').click();
		};
		for (const [name, url, key, sentence] of tries) {
			await save(url, key);
			// It stays open.
			if (name === 'wrong-key') await dialog.getByText('More details').click();
			await dialog.getByText(sentence).waitFor();
			await look(`credential-${name}`);
		}
		await save(relay.url, relay.apiKey);
		// n8n closes it when the test went well.
		await dialog.waitFor({ state: 'hidden' });
		await byId('node-credentials-select').waitFor();
		await look('connected');

		await byId('node-execute-button').click();
		await byId('parameter-issues').first().waitFor();
		await look('prompt-is-required');
		expect(relay.turns).toHaveLength(0);

		await page.locator('[data-test-id="resource-locator-model"] input').last().click();
		await byId('rlc-item').getByText('veo3.1', { exact: true }).waitFor();
		await look('models');
		await byId('rlc-item').getByText('veo3.1', { exact: true }).click();
		await write('prompt', 'A paper boat in the rain');
		await execute();
		await look('made');
		await view('View');
		await page.waitForFunction("document.querySelector('video')?.currentTime > 0");
		await look('played');
		await view('Table');
		await expectInView(output().getByText('videoUrl', { exact: true }));
		await expectInView(output().getByText(String(relay.turns[0]?.videoUrl)));
		await look('table');

		await page.keyboard.press('Escape');
		await byId('canvas-handle-plus').last().click();
		await add('Modify video');
		await look('modify');
		await write('prompt', 'Make it night');
		await execute();
		await look('modified');
		expect(relay.turns[1]?.sourceSid).toBe(relay.turns[0]?.sid);

		relay.next({ kind: 'generate', fails: { at: 36, reason } });
		await write('prompt', 'Put an actor into it');
		await execute();
		await byId('node-error-message').getByText(reason).waitFor();
		await look('refused');

		relay.next({ kind: 'generate', cutAt: 'afterProgress', tasks: { kind: 'late', unknown: 8 } });
		await write('prompt', 'Make it snow');
		await execute();
		const taskId = String(relay.turns[3]?.taskId);
		await output().getByText(taskId).first().waitFor();
		await look('lost');

		// A node after this one would run this one again.
		await byId('parameter-input-operation').click();
		await page
			.locator('.el-select-dropdown__item:visible')
			.getByText('Get Video', { exact: true })
			.click();
		await write('taskId', taskId);
		await execute();
		await output().getByText(`${taskId}.mp4`).waitFor();
		await look('recovered');
		expect(relay.billed).toBe(4);
	}, 600_000);
});
