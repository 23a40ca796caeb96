import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import type { Client } from '../../../scripts/n8n/client';
import { around } from './around';
import { findChromium } from './findChromium';
import { overlap } from './overlap';
import { root } from './root';

/** n8n's editor in a real browser. */
export interface Editor {
	openWorkflow(workflowId: string): Promise<Page>;
	/** Opens a workflow, and a node's panel in it. */
	openNode(workflowId: string, node: string): Promise<Page>;
	open(path: string): Promise<Page>;
	/** What the fields of the open panel are called, from top to bottom. */
	labels(): Promise<string[]>;
	/** Texts of the open panel that do not fit where they stand. */
	cutOff(): Promise<string[]>;
	/** Keeps what is seen, or the part of it where these are, as far as it lies in another. */
	picture(name: string, parts?: Locator, within?: Locator): Promise<void>;
	/** Keeps the panel with the node's fields. */
	pictureOfPanel(name: string): Promise<void>;
	/** Keeps the whole workflow. */
	pictureOfCanvas(name: string): Promise<void>;
}

/** PICTURES=docs/pictures renews those of the README. */
const folder = join(root, process.env.PICTURES || 'out/pictures');
/** Tall enough for the longest list of fields. */
const panelSize = { width: 1360, height: 1240 };
/** CSS pixels around what is cut out. */
const narrow = 16;
const wide = 40;
/** Nodes with their names, and what hangs at them. */
const drawn = [
	'[data-canvas-node-render-type]',
	'[data-canvas-node-render-type] *',
	'[data-icon="bolt-filled"]',
	'[data-test-id="canvas-handle-plus"]',
].join();
/** Notifications hide what a picture is about, and a list that scrolls shows half of it. */
const shownWhole =
	'.el-notification { display: none !important } .el-select-dropdown__wrap { max-height: none !important }';
const quiet = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

export function useEditor(client: () => Client): Editor {
	let browser: Browser;
	let page: Page;
	beforeAll(async () => {
		await mkdir(folder, { recursive: true });
		browser = await chromium.launch({ executablePath: await findChromium(), args: quiet });
	});
	beforeEach(async () => {
		const context = await browser.newContext({
			viewport: panelSize,
			deviceScaleFactor: 1.5,
			reducedMotion: 'reduce',
		});
		const { url, cookie, browserId } = client();
		await context.addCookies([{ ...cookie, url }]);
		await context.addInitScript(`localStorage.setItem('n8n-browserId', '${browserId}')`);
		page = await context.newPage();
		page.setDefaultTimeout(40_000);
	});
	afterEach(() => page.context().close());
	afterAll(() => browser.close());

	const byId = (testId: string) => page.locator(`[data-test-id="${testId}"]`);
	const parameters = () => byId('node-parameters').first();
	const open = async (path: string) => {
		await page.goto(`${client().url}${path}`);
		await page.addStyleTag({ content: shownWhole });
		return page;
	};
	const openWorkflow = async (id: string) => {
		await open(`/workflow/${id}`);
		await byId('canvas-node').first().waitFor();
		return page;
	};
	const picture: Editor['picture'] = async (name, parts, within = page.locator('body')) => {
		await settle(page);
		const clip = parts
			? overlap(await around([parts], wide), await around([within], 0))
			: await around([within], 0);
		if (!clip) throw new Error(`Nothing is seen of what ${name} is a picture of.`);
		await page.screenshot({ path: join(folder, `${name}.png`), clip });
	};
	return {
		open,
		openWorkflow,
		picture,
		pictureOfCanvas: (name) => picture(name, page.locator(drawn), byId('canvas')),
		async openNode(workflowId, node) {
			await openWorkflow(workflowId);
			await page.locator(`[data-test-id="canvas-node"][data-node-name="${node}"]`).dblclick();
			await page.locator('[data-test-id="parameter-input"]').first().waitFor();
			return page;
		},
		labels: () => parameters().locator('label').evaluateAll(firstLines),
		cutOff: () => parameters().locator('label, span, input').evaluateAll(tooNarrow),
		async pictureOfPanel(name) {
			await settle(page);
			const [tabs, fields] = [byId('tab-params'), byId('node-parameters')];
			const items = fields.locator('.parameter-item');
			const lowest = [byId('collection-parameter-add'), byId('collection-parameter-option')];
			const { y, height } = await around([tabs, items, ...lowest], narrow);
			const { x, width } = await around([fields], 0);
			await page.screenshot({
				path: join(folder, `${name}.png`),
				clip: { x, y, width, height: Math.min(height, panelSize.height - y) },
			});
		},
	};
}

/** Animations end, and nothing is under the pointer. */
async function settle(page: Page): Promise<void> {
	await page.mouse.move(0, 0);
	await page.waitForTimeout(600);
}

/** These run in the page. */
const firstLines = (labels: Array<{ innerText: string; clientHeight: number }>): string[] =>
	labels
		.filter(({ clientHeight }) => clientHeight > 0)
		.map(({ innerText }) => innerText.split('\n')[0] ?? '');

const tooNarrow = (
	elements: Array<{ innerText: string; scrollWidth: number; clientWidth: number }>,
): string[] =>
	elements
		.filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
		.map(({ innerText }) => innerText);
