import { createLedger } from '../../nodes/ChatVideo/call/ledger';
import { submit } from '../../nodes/ChatVideo/call/submit';
import { createUndiciClient } from '../../nodes/ChatVideo/transport/undiciClient';
import { apiKey, ask, endpoint, request } from './ask';
import type { OpenClient } from './client';

/** The node's own way from the socket to the finished result, ledger and timeouts included. */
export const node: OpenClient = () => {
	const client = createUndiciClient({ ignoreSslIssues: false });
	const { model, messages } = ask;
	return {
		async read(baseUrl) {
			const turn = {
				...request,
				url: endpoint(baseUrl),
				model,
				prompt: messages[0].content,
				messages,
			};
			const submission = {
				turn,
				baseUrl,
				apiKey,
				key: '0:0:digest',
				timeout: 1_800_000,
				idleTimeout: 300_000,
				recover: true,
				submitAgain: false,
				maxTries: 3,
			};
			const result = await submit(submission, {
				client,
				ledger: createLedger({}),
				cancel: undefined,
				allows: () => Promise.resolve(true),
				onTask: () => {},
				onProgress: () => {},
			});
			return result.transcript ?? '';
		},
	};
};
