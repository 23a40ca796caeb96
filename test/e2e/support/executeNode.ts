import type { Page } from 'playwright-core';
import type { Client } from '../../../scripts/n8n/client';
import { untilFinished } from './execution';

/**
 * Executes the node whose panel is open, and waits until the editor shows how it ended. The server
 * says when it is over: an execution of some milliseconds is over before its spinner was looked for,
 * and until then the panel shows how the one before ended.
 */
export async function executeNode(page: Page, client: Client): Promise<void> {
	const byId = (testId: string) => page.locator(`[data-test-id="${testId}"]`);
	const [answer] = await Promise.all([
		page.waitForResponse((response) => /\/rest\/workflows\/[^/]+\/run\b/.test(response.url())),
		byId('node-execute-button').click(),
	]);
	const { data } = (await answer.json()) as { data: { executionId: string } };
	await untilFinished(client, data.executionId);
	await byId('stop-execution-button')
		.or(byId('output-panel').getByText('Executing node'))
		.first()
		.waitFor({ state: 'hidden' });
	await byId('node-run-status-success').or(byId('node-run-status-danger')).first().waitFor();
}
