import type { INodeProperties } from 'n8n-workflow';
import { createAttachments, type Attachments } from '../chat/attachments';
import { parseErrorBody } from '../chat/errorBody';
import { ChatError } from '../chat/errors';
import { isRecord, parseJson } from '../chat/json';
import type { Message } from '../chat/messages';
import { toItem } from '../n8n/outputItem';
import { toResult, type VideoResult } from '../transcript/result';
import { readTasks } from '../tasks/readTasks';
import { parseStatus, type TaskStatus } from '../tasks/status';
import { toTaskResult } from '../tasks/toTaskResult';
import { toOutcome } from '../transcript/outcome';
import { createProgressLog } from '../transcript/progressLog';
import { withoutTornFiles } from '../transcript/withoutTornFiles';
import type { Transcribed } from '../transcript/transcribe';
import type { Operation } from './operation';
import { fileOptions, optionsField, optionsParameter } from './options';
import { outputFields, outputParameter } from './outputFields';
import { transcriptParameter } from './parameters';

const fields: INodeProperties[] = [
	{
		displayName: 'Transcript',
		name: 'transcript',
		type: 'string',
		required: true,
		typeOptions: { rows: 6 },
		default: '',
		placeholder: 'e.g. the field data of an HTTP Request node',
		description:
			'The text of an answer: its Markdown transcript, the raw event stream, or the JSON of a completion or a task',
	},
	...outputFields({ downloadVideo: false }),
	optionsField(fileOptions),
];

/** Reads an answer that is at hand as text; it sends nothing, and needs no credential. */
export const parse: Operation = {
	option: {
		name: 'Parse Transcript',
		action: 'Parse transcript',
		description: 'Read an answer that another node has fetched',
	},
	costs: false,
	fields,
	async prepare(item) {
		const transcript = transcriptParameter(item);
		const output = outputParameter(item, optionsParameter(item));
		return async () => {
			const task = parseTask(transcript);
			if (task !== undefined) return await toItem(item, resultOfTask(task), output);
			const { parseTranscript } = await import('../transcript/parseTranscript');
			const attachments = createAttachments(output.maxSize);
			const transcribed = await parseTranscript(transcript, attachments, (deltas) =>
				readTasks(deltas, () => false),
			);
			return await toItem(item, resultOfTranscript(transcribed, attachments), output);
		};
	},
};

/** The body of a task endpoint; that of a completion, or of an error, is none. */
function parseTask(source: string): TaskStatus | undefined {
	const body = source.trimStart().startsWith('{') ? parseJson(source) : undefined;
	const status = isRecord(body) && body.choices === undefined ? parseStatus(body) : undefined;
	return status?.state === 'unknown' ? undefined : status;
}

function resultOfTask(status: TaskStatus): VideoResult {
	const { state, percent, reason } = status;
	const log = createProgressLog();
	log.read({
		isOver: true,
		stages: [
			...(percent === undefined ? [] : [{ stage: 'progress', percent } as const]),
			...(state === 'failed' ? [{ stage: state, message: reason } as const] : []),
			...(state === 'completed' ? [{ stage: state } as const] : []),
		],
	});
	const result = toTaskResult(status, { task: {}, model: '', prompt: '' }, log.entries());
	if (state === 'completed') return result;
	if (state === 'failed') return { ...result, status: 'failed', reason };
	return { ...result, status: 'unfinished' };
}

/** Reading a text is never an error: a failed generation is what the text says. */
function resultOfTranscript(transcribed: Transcribed, attachments: Attachments): VideoResult {
	const transcript = withoutTornFiles(transcribed.transcript, attachments);
	const log = createProgressLog();
	const outcome = toOutcome(transcript);
	log.read({ stages: transcript.stages, isOver: outcome.kind === 'completed' });
	const messages = toMessages(transcript.prompt, transcript.text);
	if (outcome.kind === 'completed') {
		const result = toResult(transcript, log.entries(), outcome.video, outcome.videos);
		const attachment = attachments.find(outcome.video.url);
		return { ...result, status: 'completed', messages, attachment };
	}
	const result = { ...toResult(transcript, log.entries()), messages };
	if (outcome.kind === 'failed') return { ...result, status: 'failed', reason: outcome.reason };
	const cause = transcribed.kind === 'broken' ? transcribed.cause : undefined;
	if (cause instanceof ChatError && cause.kind !== 'disconnected') {
		return { ...result, status: 'failed', reason: cause.facts.said || cause.message };
	}
	const said = transcript.stages.length === 0 ? parseErrorBody(transcript.text) : undefined;
	// Words of a refusal; those of a policy may be the prompt's.
	const isRefusal = /^(?:quota|modelNotFound|unauthorized|rateLimited)$/.test(said?.kind ?? '');
	if (said === undefined || !isRefusal) return { ...result, status: 'unfinished' };
	return { ...result, status: 'failed', reason: said.message };
}

function toMessages(prompt: string, text: string): readonly Message[] | undefined {
	if (text === '') return undefined;
	const answer: Message = { role: 'assistant', content: text };
	return prompt === '' ? [answer] : [{ role: 'user', content: prompt }, answer];
}
