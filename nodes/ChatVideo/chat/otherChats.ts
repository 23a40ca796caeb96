import { isRecord, textOf, type JsonRecord } from './json';
import { stateOf } from './states';
import { valuesAt } from './valuesAt';

/** Where an event or a body of another API has what a chat has in its choices. */
interface Row {
	/** What it calls itself, where the paths alone might be anybody's. */
	named?: RegExp;
	content?: string;
	reasoning?: string;
	finish?: string;
	/** It has all of the text, of which other events have said some. */
	isWhole?: true;
}

/** What gateways pass on as it came; the first row that leads to anything wins. */
export const otherChats: readonly Row[] = [
	// Responses of OpenAI, and toolkits that stream alike.
	{ named: /^(?:response\.(?:output_text|refusal)\.delta|text-delta)$/, content: 'delta' },
	{ named: /^response\.reasoning_(?:summary_)?text\.delta$/, reasoning: 'delta' },
	{
		named: /^response\.incomplete$/,
		content: 'response.output.content',
		finish: 'response.incomplete_details.reason',
		isWhole: true,
	},
	{
		named: /^response\.completed$/,
		content: 'response.output.content',
		reasoning: 'response.output.summary',
		finish: 'response.status',
		isWhole: true,
	},
	{ content: 'output.content', reasoning: 'output.summary', isWhole: true },
	// Gemini.
	{ content: 'candidates.content.parts', finish: 'candidates.finishReason' },
	{ finish: 'promptFeedback.blockReason' },
	// Anthropic, and Bedrock.
	{ content: 'delta.text', reasoning: 'delta.thinking', finish: 'delta.stop_reason' },
	{ named: /^message$/, content: 'content', finish: 'stop_reason' },
	{ content: 'contentBlockDelta.delta.text', finish: 'messageStop.stopReason' },
	// Ollama, and Workers AI.
	{ content: 'message.content', reasoning: 'message.thinking', finish: 'done_reason' },
	{ content: 'response', reasoning: 'thinking', finish: 'done_reason' },
	// Dify and Coze.
	{ content: 'answer' },
	{ named: /^text_chunk$/, content: 'data.text' },
	{ named: /^answer$/, content: 'content' },
	// Cohere.
	{
		content: 'delta.message.content.text',
		reasoning: 'delta.message.content.thinking',
		finish: 'delta.finish_reason',
	},
	{ named: /^text-generation$/, content: 'text' },
	{ named: /^stream-end$/, content: 'response.text', finish: 'finish_reason', isWhole: true },
	// DashScope.
	{ content: 'output.text', finish: 'output.finish_reason' },
	{ named: /^(?:message_stop|finish)$/, finish: 'type' },
	{ named: /^message_end$/, finish: 'event' },
];

/**
 * The chunk of a chat that says the same; anything else stays as it is.
 *
 * @param isTask it stands with the state of a task, whose words say less than its fields
 */
export function fromOtherChat(value: JsonRecord, isTask: boolean): JsonRecord {
	const names = [value.type, value.event, value.event_type].map((name) => textOf(name) ?? '');
	for (const { named, ...row } of otherChats) {
		if (named === undefined ? isTask : !names.some((name) => named.test(name))) continue;
		const choice = toChoice(value, row);
		if (choice !== undefined) return { ...value, choices: [choice] };
	}
	return value;
}

/** Whether it says how far a task is; a response of OpenAI says so of itself. */
export const isOfTask = ({ object, status, state, task_status: taskStatus }: JsonRecord): boolean =>
	object !== 'response' &&
	[status, state, taskStatus].some((word) => stateOf(textOf(word) ?? '') !== 'unknown');

function toChoice(value: JsonRecord, row: Row): JsonRecord | undefined {
	const texts = textsAt(value, row.content);
	const thoughts = textsAt(value, row.reasoning);
	const isOver = value.done === true && texts.length > 0;
	const finish = textsAt(value, row.finish).find((text) => typeof text === 'string');
	const finishReason = finish || (isOver ? 'stop' : null);
	const isSaid = [...texts, ...thoughts].some((text) => text !== '');
	if (!isSaid && finishReason === null) return undefined;
	const said = {
		content: texts.filter((part) => !isThought(part)).map(asPart),
		reasoning_content: [...thoughts, ...texts.filter(isThought)].map(asPart),
	};
	return {
		...(row.isWhole ? { delta: {}, message: said } : { delta: said }),
		finish_reason: finishReason,
	};
}

/** Texts, and the parts of those that came in parts. */
const textsAt = (value: JsonRecord, path: string | undefined): ReadonlyArray<string | JsonRecord> =>
	(path === undefined ? [] : valuesAt(value, path))
		.flatMap((held): unknown[] => (isRecord(held) ? [] : [held].flat()))
		.filter((held) => typeof held === 'string' || isRecord(held));

/** Of Gemini, which marks what it thinks among what it says. */
const isThought = (part: string | JsonRecord): boolean =>
	typeof part !== 'string' && part.thought === true;

const asPart = (part: string | JsonRecord): JsonRecord =>
	typeof part === 'string' ? { text: part } : part;
