import { randomUUID } from 'node:crypto';
import type { Given } from './chain';

/**
 * Starts a workflow in production.
 *
 * @param more of its parameters: what it answers with
 */
export function webhook(
	responseMode = 'onReceived',
	more: Record<string, unknown> = {},
): Given & { parameters: { path: string } } {
	const path = randomUUID();
	return {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		webhookId: path,
		parameters: { httpMethod: 'POST', path, responseMode, options: {}, ...more },
	};
}
