import { resultOf } from '../call/callOutcome';
import { redact } from '../call/redact';
import type { Recovery } from '../call/recover';
import type { Item } from '../n8n/item';
import type { VideoResult } from '../transcript/result';
import { createDeadline } from '../transport/deadline';
import type { Options } from './options';

/**
 * Asks for a task; nothing that costs is sent.
 *
 * @throws {ChatError} when there is no answer, or there will be no video
 */
export async function lookUp(
	{ session }: Item,
	asked: Omit<Recovery, 'allows'>,
	{ timeout, ignoreSslIssues }: Pick<Options, 'timeout' | 'ignoreSslIssues'>,
): Promise<VideoResult> {
	const { recover } = await import('../call/recover');
	const { cancel, connections } = session;
	const client = await connections.client(ignoreSslIssues);
	const deadline = createDeadline({ timeout, cancel });
	try {
		const found = await recover(client, { ...asked, allows: connections.allows }, deadline);
		return resultOf(redact(found, asked.apiKey));
	} finally {
		deadline.close();
	}
}
