import { randomUUID } from 'node:crypto';
import type { Workflow } from '../../../scripts/n8n/Workflow';
import { chain, chatVideo } from './chain';

/**
 * A workflow that makes a video of the prompt it is called with, and the path of its webhook.
 *
 * @param response more of the webhook's parameters: what it answers with
 */
export function webhookTo(
	responseMode: string,
	parameters: Record<string, unknown> = {},
	response: Record<string, unknown> = {},
): { workflow: Workflow; path: string } {
	const path = randomUUID();
	const webhook = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		webhookId: path,
		parameters: { httpMethod: 'POST', path, responseMode, options: {}, ...response },
	};
	const video = chatVideo({ prompt: '={{ $json.body.prompt }}', ...parameters });
	return { workflow: chain(webhook, video), path: `/webhook/${path}` };
}
