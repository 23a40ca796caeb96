import { toUserMessage, type ChatRequest, type Message } from '../chat/messages';
import { ChatError } from '../chat/errors';
import type { Item } from '../n8n/item';
import { isTool } from '../n8n/isTool';
import { refuseMocking } from '../n8n/refuseMocking';
import { createProgressStream } from '../n8n/progressStream';
import { toItem } from '../n8n/outputItem';
import type { VideoResult } from '../transcript/result';
import { factsOf, type LedgerEntry } from '../call/ledger';
import { shareCall } from '../call/shareCall';
import { isAsleep, shortestSleep, type SleepingCall } from '../call/sleep';
import type { Turn } from '../call/turn';
import type { Submission } from '../call/underway';
import { dataLinks } from '../tasks/sources';
import { identify } from './identify';
import { imagesParameter } from './images';
import type { Job } from './operation';
import { outputParameter } from './outputFields';
import { optionsParameter } from './options';
import { modelParameter, promptParameter } from './parameters';
import { serviceParameter } from './service';
import { withoutShape, withShape } from './shape';

/**
 * Makes the job of one call, of all that its item says.
 *
 * @param shape what is wished for besides the prompt, in words
 * @param history the turns before this one
 */
export async function toTurnJob(
	item: Item,
	shape: string,
	history: readonly Message[],
): Promise<Job> {
	const { context, session } = item;
	const { journal, parking } = session;
	refuseMocking(context);
	const model = modelParameter(item);
	const prompt = promptParameter(item);
	const options = optionsParameter(item);
	const pictures = await imagesParameter(item);
	const output = outputParameter(item, options);
	const service = await serviceParameter(item);
	const { baseUrl, apiKey } = service;
	const headers = {
		accept: 'application/json',
		'user-agent': 'n8n-nodes-chat-video',
		...options.headers,
		'accept-encoding': 'identity', // what is compressed arrives late, and is not read here
		'content-type': 'application/json',
		authorization: `Bearer ${apiKey}`,
	};
	const text = withShape(prompt, shape);
	return async () => {
		const urls = await Promise.all(pictures.map((read) => read()));
		const messages = [...history, toUserMessage(text, urls)];
		const request: ChatRequest = { ...options.body, model, messages, stream: true };
		const turn: Turn = {
			url: `${baseUrl}/v1/chat/completions`,
			headers,
			body: JSON.stringify(request),
			model,
			prompt,
			maxSize: output.maxSize,
			messages: [...history, toUserMessage(text, urls.filter(isAddress))],
		};
		const call = await identify(item, turn);
		const submission: Submission = {
			...options,
			turn,
			sleeps: options.sleepWhileWaiting && parking.maySleep(),
			awakeFrom: parking.awakeFrom,
			recover: options.recover || options.sleepWhileWaiting, // an answer that was let go is asked for
			...service,
			call,
		};
		if (!(await journal.recall(session.ledger, options.keepTrack))) {
			throw notRecalled(session.ledger.find(call));
		}
		if (options.keepTrack) journal.keep(call, { prompt, model, service: baseUrl });
		const make = () => submitTurn(item, submission, options.ignoreSslIssues);
		// An agent may make the same call twice at once.
		const result = isTool(context.getNode())
			? await shareCall(context.getContext('node'), call.digest, make)
			: await make();
		if (isAsleep(result)) return result;
		if (submission.sleeps && dataLinks(result).length === 0) {
			parking.stayedAwake('the service gave no link to the data of the task');
		}
		if (submission.sleeps && submission.timeout < shortestSleep) {
			parking.stayedAwake('its Timeout ends before it would wake');
		}
		const own = withoutShape(result.prompt, shape);
		const made = await toItem(item, { ...result, prompt: own }, { ...output, service });
		session.ready(journal.rowOf(call));
		return made;
	};
}

/** Without its row Retry would send it once more, if this process died. */
const notNoted = (): ChatError =>
	new ChatError('unavailable', 'n8n did not take the note of this call, so it was not sent', {
		billing: 'none',
		advice:
			'Run again when the database of n8n answers, or turn Keep Track off to send calls without a note.',
	});

/** Sent without what the table knows, it might be paid for a second time. */
const notRecalled = (known: LedgerEntry | undefined): ChatError =>
	new ChatError(
		'unavailable',
		'n8n did not say in time what was sent in the execution that is retried, so nothing is sent',
		{
			...(known === undefined ? { billing: 'possible' } : factsOf(known)),
			advice: 'Retry once more when the database of n8n answers.',
		},
	);

/**
 * Addresses stay in the conversation that the item hands on. Files do not: megabytes of base64
 * would go through every later node and into every later turn, where the relay does not need
 * them, as it finds the video by the assistant's text.
 */
const isAddress = (url: string): boolean => !url.startsWith('data:');

async function submitTurn(
	{ context, index, session }: Item,
	submission: Submission,
	ignoreSslIssues: boolean,
): Promise<VideoResult | SleepingCall> {
	const { submit } = await import('../call/submit');
	const { ledger, journal, cancel, connections } = session;
	const client = await connections.client(ignoreSslIssues);
	const progressStream = createProgressStream(context, index, submission.apiKey);
	let result: VideoResult | undefined;
	try {
		const made = await submit(submission, {
			client,
			ledger,
			cancel,
			async saved() {
				const row = journal.rowOf(submission.call);
				if (row !== undefined && !(await journal.areSaved([row]))) throw notNoted();
			},
			allows: connections.allows,
			onTask: (task) => session.remember(index, task),
			onProgress: (entries, taskId) => progressStream.write(entries, taskId),
		});
		if (!isAsleep(made)) result = made;
		return made;
	} finally {
		progressStream.end(result);
	}
}
