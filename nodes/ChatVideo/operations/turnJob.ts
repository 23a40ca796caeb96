import { createHash } from 'node:crypto';
import type { ChatRequest, Message } from '../chat/messages';
import { openLive } from '../live';
import { toJson } from '../output';
import type { VideoResult } from '../result';
import type { Turn } from '../turn';
import type { Submission } from '../submit';
import { toApiKey, toBaseUrl } from './service';
import type { Item, Job } from './operation';
import { optionsParameter } from './parameters';

/** What generate and modify have read of their item. */
export interface Wish {
	model: string;
	prompt: string;
	/** The conversation to send, the user's wish at its end. */
	messages: readonly Message[];
}

/** Makes the job of one call: credential and options are read now, sent is when it runs. */
export async function toTurnJob(item: Item, { model, prompt, messages }: Wish): Promise<Job> {
	const { context, index, session } = item;
	const options = optionsParameter(item);
	const simplify = context.getNodeParameter('simplify', index, true) === true;
	const { baseUrl, apiKey } = await context.getCredentials('chatVideoApi', index);
	const service = toBaseUrl(baseUrl);
	const key = toApiKey(apiKey);
	const request: ChatRequest = { ...options.body, model, messages, stream: true };
	const turn: Turn = {
		url: `${service}/v1/chat/completions`,
		headers: {
			accept: 'application/json',
			'user-agent': 'n8n-nodes-chat-video',
			...options.headers,
			'content-type': 'application/json',
			authorization: `Bearer ${key}`,
		},
		body: JSON.stringify(request),
		model,
		prompt,
		messages,
	};
	const submission: Submission = {
		...options,
		turn,
		baseUrl: service,
		apiKey: key,
		key: toLedgerKey(item, turn),
	};
	return async () => {
		const result = await perform(item, submission, options.ignoreSslIssues);
		session.tasks.set(index, { taskId: result.taskId ?? '', videoUrl: result.videoUrl });
		return { json: toJson(result, simplify) };
	};
}

/** Where the call stands in the execution, and what it would send: the same only for the same. */
function toLedgerKey({ context, index }: Item, { url, body }: Turn): string {
	const { $runIndex } = context.getWorkflowDataProxy(index) as { $runIndex?: number };
	const digest = createHash('sha256').update(`${url}\n${body}`).digest('hex').slice(0, 32);
	return `${$runIndex ?? 0}:${index}:${digest}`;
}

async function perform(
	{ context, index, session }: Item,
	submission: Submission,
	ignoreSslIssues: boolean,
): Promise<VideoResult> {
	const { submit } = await import('../submit');
	const { ledger, cancel, allows } = session;
	const dispatcher = await session.dispatcher(ignoreSslIssues);
	const live = openLive(context, index);
	try {
		return await submit(submission, {
			dispatcher,
			ledger,
			cancel,
			allows,
			onTask: (task) => session.remember(index, task),
			onProgress: (transcript, entries) => live.tell(transcript, entries),
		});
	} finally {
		live.end();
	}
}
