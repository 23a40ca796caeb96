import type { CallId } from '../call/ledger';
import type { Turn } from '../call/turn';
import type { Item } from '../n8n/item';
import { toWording } from './wording';

/** What the call of an item is recognized by in another try. */
export async function identify(
	{ context, index, session }: Item,
	{ url, body }: Turn,
): Promise<CallId> {
	const wording = toWording(context.getNode().parameters);
	return {
		run: session.run,
		item: index,
		digest: await hash(`${url}\n${body}`),
		wording: wording === '' ? '' : (await hash(`${url}\n${wording}`)).slice(0, 16),
		execution: context.getExecutionId(),
	};
}

async function hash(text: string): Promise<string> {
	// Loaded here, as it takes longer to load than the rest of the node.
	const { createHash } = await import('node:crypto');
	return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
