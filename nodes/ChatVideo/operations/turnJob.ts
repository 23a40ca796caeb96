import type { ChatRequest, Message } from '../chat/messages';
import { InvalidInput } from '../chat/InvalidInput';
import { openLive } from '../live';
import { toJson } from '../output';
import type { VideoResult } from '../result';
import type { Turn } from '../turn';
import { toBaseUrl } from './baseUrl';
import type { Item, Job } from './operation';
import { optionsParameter, type TurnOptions } from './parameters';

/** What generate and modify have read of their item. */
export interface Wish {
	model: string;
	prompt: string;
	/** The conversation to send, the user's wish at its end. */
	messages: readonly Message[];
}

/** Makes the job of one call: credential and options are read now, sent is when it runs. */
export async function toTurnJob(item: Item, { model, prompt, messages }: Wish): Promise<Job> {
	const { context, index } = item;
	const options = optionsParameter(item);
	const simplify = context.getNodeParameter('simplify', index, true) === true;
	const { baseUrl, apiKey } = await context.getCredentials('chatVideoApi', index);
	if (typeof apiKey !== 'string' || !/^[\x21-\x7e]+$/.test(apiKey.trim())) {
		throw new InvalidInput(
			'API Key of the credential is empty or holds characters no key has',
			'Enter the key of the service in the credential.',
		);
	}
	const request: ChatRequest = { ...options.body, model, messages, stream: true };
	const turn: Turn = {
		url: `${toBaseUrl(baseUrl)}/v1/chat/completions`,
		headers: {
			accept: 'application/json',
			'user-agent': 'n8n-nodes-chat-video',
			...options.headers,
			'content-type': 'application/json',
			authorization: `Bearer ${apiKey.trim()}`,
		},
		body: JSON.stringify(request),
		model,
		prompt,
		messages,
	};
	return async () => ({ json: toJson(await perform(item, turn, options), simplify) });
}

async function perform(
	{ context, index, session }: Item,
	turn: Turn,
	options: TurnOptions,
): Promise<VideoResult> {
	const [{ takeTurn }, { openWatch }] = await Promise.all([
		import('../turn'),
		import('../transport/watch'),
	]);
	const dispatcher = await session.dispatcher(options.ignoreSslIssues);
	const live = openLive(context, index);
	const watch = openWatch({ ...options, cancel: session.cancel });
	try {
		return await takeTurn(dispatcher, turn, watch, {
			onSent: () => {},
			onProgress: (transcript, entries) => live.tell(transcript, entries),
		});
	} finally {
		watch.close();
		live.end();
	}
}
