import { InvalidInput } from '../n8n/InvalidInput';
import { isRecord, parseJson } from '../chat/json';
import type { Item } from '../n8n/item';

/**
 * The model's name as it is sent, from the list or as an id.
 *
 * @throws {InvalidInput} when it is empty or no text
 */
export function modelParameter({ context, index }: Item): string {
	const model: unknown = context.getNodeParameter('model', index);
	const name = isRecord(model) ? model.value : model;
	const advice = 'Choose a model from the list, or enter its ID, e.g. sora-2.';
	return toText(name, 'Model', advice).trim();
}

/**
 * The prompt, as it was written.
 *
 * @throws {InvalidInput} when it is blank or no text
 */
export const promptParameter = ({ context, index }: Item): string =>
	toText(
		context.getNodeParameter('prompt', index),
		'Prompt',
		'Describe what the video should show.',
	);

function toText(value: unknown, title: string, advice: string): string {
	if (typeof value !== 'string') {
		throw new InvalidInput(`${title} must be text, not ${kindOf(value)}`, advice);
	}
	if (value.trim() === '') throw new InvalidInput(`${title} is empty`, advice);
	return value;
}

/**
 * An answer that is at hand: its text, or what an HTTP Request node makes of it: an object of
 * JSON, and `{ data }` of text.
 *
 * @throws {InvalidInput} when it is blank or neither
 */
export function transcriptParameter({ context, index }: Item): string {
	const given: unknown = context.getNodeParameter('transcript', index, '');
	const value = typeof given === 'string' && /^\s*\{/.test(given) ? parseJson(given) : given;
	if (isRecord(value)) {
		const { data, ...others } = value;
		const isText = typeof data === 'string' && Object.keys(others).length === 0;
		if (isText) return data;
		return typeof given === 'string' ? given : JSON.stringify(given);
	}
	if (typeof given === 'string' && given.trim() !== '') return given;
	const isEmpty = typeof given === 'string' || given === undefined || given === null;
	throw new InvalidInput(
		isEmpty ? 'Transcript is empty' : `Transcript must be text or an object, not ${kindOf(given)}`,
		'Pass the answer to read: its text, or its JSON.',
	);
}

/** A text field that may be left empty; numbers from expressions are taken as written. */
export function textParameter({ context, index }: Item, name: string): string {
	const value: unknown = context.getNodeParameter(name, index, '');
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function kindOf(value: unknown): string {
	if (value === null || value === undefined) return 'nothing';
	return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}
