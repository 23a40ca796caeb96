import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { InvalidInput } from '../n8n/InvalidInput';
import { textOf } from '../chat/json';
import { textIn, type Message } from '../chat/messages';
import type { Item } from '../n8n/item';
import { toOutcome } from '../transcript/outcome';
import { parseTranscript } from '../transcript/parseTranscript';
import { rebuildTurn, type TurnFields } from '../transcript/rebuild';
import { textParameter } from './parameters';
import { parseHistory } from './parseHistory';
import { isUnset } from './values';

const previous = (
	displayName: string,
	name: string,
	placeholder: string,
	description: string,
	hint?: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder,
	description,
	...(hint !== undefined && { hint }),
	displayOptions: { show: { history: ['fields'] } },
});

/** How the turns before a modification are given. */
export const historyFields: INodeProperties[] = [
	{
		displayName: 'History',
		name: 'history',
		type: 'options',
		default: 'input',
		builderHint: {
			propertyHint:
				'Keep "input" directly after another Chat Video node; use "json" with the stored field messages of an earlier item',
		},
		description:
			'Where the turns before this one come from; they tell the service which video to modify',
		options: [
			{
				name: 'From Input Item',
				value: 'input',
				description: 'The messages of an earlier Chat Video item, or its task and links',
			},
			{ name: 'From JSON', value: 'json', description: 'An array of messages' },
			{ name: 'From Fields', value: 'fields', description: 'What is known of the earlier video' },
		],
	},
	{
		displayName: 'Messages',
		name: 'messages',
		type: 'json',
		default: '[]',
		description:
			'Array of messages with role and content that ends with the answer of the assistant',
		displayOptions: { show: { history: ['json'] } },
	},
	previous(
		'Previous Prompt',
		'previousPrompt',
		'e.g. A calico kitten asleep in the sun',
		'The prompt of the video to modify',
	),
	previous(
		'Previous Sid',
		'previousSid',
		'e.g. s_68ec8accd80c8191ae1fc957af78caaa',
		'The sid of the video to modify',
		'Services find the video by it; what else you know helps',
	),
	previous(
		'Previous Task ID',
		'previousTaskId',
		'e.g. task_01k7dzptgwf2z87wj2c3t36qk0',
		'The task that made the video to modify',
	),
	previous(
		'Previous Poster URL',
		'previousPosterUrl',
		'e.g. https://example.com/poster.webp',
		'The poster of the video to modify',
	),
	previous(
		'Previous Video URL',
		'previousVideoUrl',
		'e.g. https://example.com/video.mp4',
		'The link to the video to modify',
	),
];

/**
 * Reads the turns before this one, in whichever way they are given.
 *
 * @throws {InvalidInput} when there is no video to modify
 */
export async function historyParameter(item: Item): Promise<readonly Message[]> {
	const turns = readTurns(item);
	await refuseUnmade(turns);
	return turns;
}

function readTurns(item: Item): readonly Message[] {
	const { context, index } = item;
	const history = context.getNodeParameter('history', index, 'input');
	if (history === 'json') {
		return parseHistory(context.getNodeParameter('messages', index, ''), 'Messages');
	}
	if (history === 'fields') return fromFields(item);
	return fromInput(item);
}

function fromInput({ context, index }: Item): readonly Message[] {
	const json = context.getInputData()[index]?.json ?? {};
	refuseUnfinished(json);
	const { messages } = json;
	const isNone = Array.isArray(messages) && messages.length === 0;
	if (!isUnset(messages) && !isNone) {
		return parseHistory(messages, 'Field "messages" of the input item');
	}
	const fields = toTurnFields((name) => textOf(json[name]));
	if (!namesVideo(fields)) {
		throw new InvalidInput(
			'History: the input item has neither messages nor a sid, task ID or video URL',
			'Connect the output of a Chat Video node, or set History to From JSON or From Fields.',
		);
	}
	return rebuildTurn(fields);
}

/** An item of a call that failed, or goes on, has a conversation too, and no video to modify. */
function refuseUnfinished({ error, errorKind, billing, status }: IDataObject): void {
	const isError = [error, errorKind, billing].some(Boolean);
	const given = status ?? '';
	const state = typeof given === 'string' ? given.trim() : JSON.stringify(given);
	if (!isError && /^(?:completed)?$/i.test(state)) return;
	throw new InvalidInput(
		`History: the input item is no finished video: ${isError ? 'it is an error' : `its status is ${state}`}`,
		getFinished,
	);
}

const getFinished =
	'Modify items whose status is completed; get the result of a task that goes on with Get Video.';

/** A conversation can end with an answer that made no video; what cannot be read may be one. */
async function refuseUnmade(turns: readonly Message[]): Promise<void> {
	const text = textIn(turns.at(-1));
	const { transcript } = await parseTranscript(text);
	const { sid, stages, previewUrl, sourceUrl } = transcript;
	const rest = text.replaceAll(previewUrl, '').replaceAll(sourceUrl, '');
	const mayBeDone =
		sid !== '' || /https?:|\.mp4/i.test(rest) || stages.some(({ stage }) => stage === 'completed');
	const isFailed = toOutcome(transcript).kind === 'failed';
	if (!isFailed && (mayBeDone || stages.length === 0)) return;
	throw new InvalidInput(
		`History ends with an answer that ${isFailed ? 'failed' : 'is not finished'}, so there is no video to modify`,
		getFinished,
	);
}

function fromFields(item: Item): readonly Message[] {
	const fields = toTurnFields((name) =>
		textParameter(item, `previous${name.charAt(0).toUpperCase()}${name.slice(1)}`),
	);
	if (!namesVideo(fields)) {
		throw new InvalidInput(
			'Previous Sid, Previous Task ID and Previous Video URL are all empty',
			'Fill in at least one of them: it tells the service which video to modify.',
		);
	}
	return rebuildTurn(fields);
}

const turnNames = ['prompt', 'orientation', 'taskId', 'sid', 'posterUrl', 'videoUrl'] as const;

const toTurnFields = (read: (name: string) => string | undefined): TurnFields =>
	Object.fromEntries(turnNames.map((name) => [name, read(name)]));

/** A prompt alone names no video, nor does a word where a link should be. */
const namesVideo = ({ sid, taskId, videoUrl }: TurnFields): boolean =>
	[sid, taskId].some((id) => id?.trim()) || /^https?:\/\//i.test(videoUrl ?? '');
