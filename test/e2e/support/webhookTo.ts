import type { Workflow } from '../../../scripts/n8n/Workflow';
import { chain, chatVideo } from './chain';
import { webhook } from './webhook';

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
	const start = webhook(responseMode, response);
	const video = chatVideo({ prompt: '={{ $json.body.prompt }}', ...parameters });
	return { workflow: chain(start, video), path: `/webhook/${start.parameters.path}` };
}
