import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { ChatError } from '../chat/errors';
import { InvalidInput } from '../chat/InvalidInput';
import type { Message } from '../chat/messages';
import { toItem } from '../output';
import { toResult, type VideoResult } from '../result';
import { toOutcome } from '../transcript/outcome';
import { openProgressLog } from '../transcript/progressLog';
import type { Transcribed } from '../transcript/transcribe';
import { fileOptionNames, optionsField } from './fields';
import type { Operation } from './operation';
import { outputFields, outputParameter } from './outputFields';

const fields: INodeProperties[] = [
	{
		displayName: 'Transcript',
		name: 'transcript',
		type: 'string',
		typeOptions: { rows: 6 },
		default: '',
		placeholder: 'e.g. the field data of an HTTP Request node',
		description:
			'The text of an answer: its Markdown transcript, the raw event stream, or the JSON body of a completion',
	},
	...outputFields,
	optionsField(fileOptionNames),
];

/** Reads an answer that lies there as text; it sends nothing, and needs no credential. */
export const parse: Operation = {
	option: {
		name: 'Parse Transcript',
		value: 'parse',
		action: 'Parse transcript',
		description: 'Read an answer that another node has fetched',
	},
	fields: updateDisplayOptions({ show: { operation: ['parse'] } }, fields),
	async prepare(item) {
		const transcript = item.context.getNodeParameter('transcript', item.index);
		const wish = outputParameter(item);
		if (typeof transcript !== 'string' || transcript.trim() === '') {
			throw new InvalidInput('Transcript is empty', 'Pass the text of an answer to read.');
		}
		return async () => {
			const { parseTranscript } = await import('../transcript/parseTranscript');
			return await toItem(item, conclude(await parseTranscript(transcript)), wish);
		};
	},
};

/** Reading a text is never an error: a failed generation is what the text tells. */
function conclude(transcribed: Transcribed): VideoResult {
	const { transcript } = transcribed;
	const log = openProgressLog();
	log.read(transcript);
	const outcome = toOutcome(transcript);
	const messages = toMessages(transcript.prompt, transcript.text);
	if (outcome.kind === 'completed') {
		const result = toResult(transcript, log.entries, outcome.video, outcome.videos);
		return { ...result, status: 'completed', messages };
	}
	const result = { ...toResult(transcript, log.entries), messages };
	if (outcome.kind === 'failed') return { ...result, status: 'failed', reason: outcome.reason };
	const cause = transcribed.kind === 'broken' ? transcribed.cause : undefined;
	if (cause instanceof ChatError && cause.kind !== 'disconnected') {
		return { ...result, status: 'failed', reason: cause.message };
	}
	return { ...result, status: 'unfinished' };
}

function toMessages(prompt: string, text: string): readonly Message[] | undefined {
	if (text === '') return undefined;
	const answer: Message = { role: 'assistant', content: text };
	return prompt === '' ? [answer] : [{ role: 'user', content: prompt }, answer];
}
