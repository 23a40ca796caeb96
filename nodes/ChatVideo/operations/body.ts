import { isRecord, parseJson, type JsonRecord } from '../chat/json';
import { InvalidInput } from '../n8n/InvalidInput';

/** What of the body the node sets by itself, and where it comes from. */
const ownFields = [
	['model', 'Choose it in the parameter Model.'],
	['messages', 'The conversation comes from Prompt and History.'],
	['stream', 'The node reads a stream; nothing else keeps the task when a connection breaks.'],
] as const;

/**
 * Fields to add to the request body, from an object or its JSON.
 *
 * @throws {InvalidInput} when it is none, or sets what the node sets
 */
export function toBody(value: unknown): JsonRecord {
	const body = typeof value === 'string' ? parseJson(value) : value;
	if (!isRecord(body)) {
		throw new InvalidInput('Body must be a JSON object', 'Enter it like {"max_tokens": 4000}.');
	}
	for (const [name, advice] of ownFields) {
		if (Object.hasOwn(body, name)) throw new InvalidInput(`Body must not set ${name}`, advice);
	}
	if (Object.hasOwn(body, 'n') && body.n !== 1) {
		throw new InvalidInput(
			`Body must not set n to ${JSON.stringify(body.n)}: a request makes one video`,
			'Give the node one item for each video, e.g. with Split Out or Code.',
		);
	}
	return body;
}
