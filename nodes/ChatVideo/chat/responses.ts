import { isRecord, type JsonRecord } from './json';

/** The events of a response whose `delta` is text of the answer, and what a chat calls it. */
const texts: Readonly<Record<string, 'content' | 'reasoning_content'>> = {
	'response.output_text.delta': 'content',
	'response.refusal.delta': 'content',
	'response.reasoning_text.delta': 'reasoning_content',
	'response.reasoning_summary_text.delta': 'reasoning_content',
};

/**
 * An event or a body of the API `/v1/responses`, as the chunk of a chat that says the same: some
 * gateways answer a chat so. Anything else stays as it is.
 */
export function fromResponses(value: JsonRecord): JsonRecord {
	const type = typeof value.type === 'string' ? value.type : '';
	if (!type.startsWith('response.') && value.object !== 'response') return value;
	const response = isRecord(value.response) ? value.response : value;
	const { id, model, usage, error, output } = response;
	if (isRecord(error)) return { error };
	const name = texts[type];
	if (name !== undefined) return { choices: [{ delta: { [name]: value.delta } }] };
	if (!Array.isArray(output) || output.length === 0) {
		return { choices: type === 'response.completed' ? [{ delta: {}, finish_reason: 'stop' }] : [] };
	}
	const items = output.filter(isRecord);
	const message = {
		content: items.flatMap(({ content }) => (Array.isArray(content) ? content : [])),
		reasoning_content: items.flatMap(({ summary }) => (Array.isArray(summary) ? summary : [])),
	};
	// The whole text, of which the deltas have said some.
	return { id, model, usage, choices: [{ delta: {}, message, finish_reason: 'stop' }] };
}
