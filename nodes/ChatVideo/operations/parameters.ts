import { InvalidInput } from '../n8n/InvalidInput';
import { isRecord, parseJson, type JsonRecord } from '../chat/json';
import type { Item } from '../n8n/item';

/** What a user has set in the options; only what is set is here. */
export interface TurnOptions {
	headers: Readonly<Record<string, string>>;
	/** Fields for the request body. */
	body: JsonRecord;
	/** Milliseconds. */
	timeout: number;
	idleTimeout: number;
	ignoreSslIssues: boolean;
	recover: boolean;
	submitAgain: boolean;
	maxTries: number;
}

/**
 * The model's name as it is sent, from the list or as an id.
 *
 * @throws {InvalidInput} when it is empty or no text
 */
export function modelParameter({ context, index }: Item): string {
	const model: unknown = context.getNodeParameter('model', index);
	const name = isRecord(model) ? model.value : model;
	if (typeof name !== 'string' || name.trim() === '') {
		throw new InvalidInput(
			typeof name === 'string' ? 'Model is empty' : `Model must be text, not ${kindOf(name)}`,
			'Choose a model from the list, or enter its ID, e.g. sora-2.',
		);
	}
	return name.trim();
}

/**
 * The prompt, as it was written.
 *
 * @throws {InvalidInput} when it is blank or no text
 */
export function promptParameter({ context, index }: Item): string {
	const prompt: unknown = context.getNodeParameter('prompt', index);
	if (typeof prompt !== 'string' || prompt.trim() === '') {
		throw new InvalidInput(
			typeof prompt === 'string' ? 'Prompt is empty' : `Prompt must be text, not ${kindOf(prompt)}`,
			'Describe what the video should show.',
		);
	}
	return prompt;
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

/**
 * The options with their defaults; seconds have become milliseconds.
 *
 * @throws {InvalidInput} for one that cannot be used, by its name in the panel
 */
export function optionsParameter({ context, index }: Item): TurnOptions {
	const options: unknown = context.getNodeParameter('options', index, {});
	const set = isRecord(options) ? options : {};
	return {
		headers: toHeaders(set.headers),
		body: toBody(set.body),
		timeout: toMilliseconds(set.timeout, 1_800, 'Timeout'),
		idleTimeout: toMilliseconds(set.idleTimeout, 300, 'Idle Timeout'),
		ignoreSslIssues: set.ignoreSslIssues === true,
		recover: set.recover !== false,
		submitAgain: set.submitAgain === true,
		maxTries: Math.max(1, Math.floor(Number(set.maxTries ?? 3)) || 1),
	};
}

const longestTimer = 2 ** 31 - 1; // ms; Node's timers fire at once above it

function toMilliseconds(value: unknown, seconds: number, parameter: string): number {
	if (value === undefined || value === '') return seconds * 1_000;
	const given = Number(value);
	if (!(given > 0) || !Number.isFinite(given)) {
		throw new InvalidInput(
			`${parameter} must be a number of seconds above 0, not ${JSON.stringify(value)}`,
			`Leave ${parameter} out for ${seconds} s.`,
		);
	}
	return Math.min(given * 1_000, longestTimer);
}

/** Names this node or HTTP itself must set; a second one would contradict it. */
const reserved =
	/^(?:authorization|host|connection|content-length|transfer-encoding|keep-alive|upgrade|te|trailer|expect|proxy-.*)$/i;

function toHeaders(value: unknown): Record<string, string> {
	const rows = isRecord(value) && Array.isArray(value.header) ? value.header.filter(isRecord) : [];
	const pairs = rows.flatMap((row) => {
		const name = String(row.name ?? '').trim();
		const content = String(row.value ?? '');
		if (name === '' && content.trim() === '') return [];
		return [[checkName(name).toLowerCase(), checkValue(name, content)]] as const;
	});
	return Object.fromEntries(pairs);
}

function checkName(name: string): string {
	if (reserved.test(name)) {
		throw new InvalidInput(
			`Headers must not set ${name}`,
			name.toLowerCase() === 'authorization'
				? 'The key comes from the credential; remove the header.'
				: 'Remove the header: the request sets it.',
		);
	}
	if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
		throw new InvalidInput(
			`Headers has a name that is not allowed: ${JSON.stringify(name)}`,
			'A header name has letters, digits and hyphens, and no line breaks.',
		);
	}
	return name;
}

function checkValue(name: string, value: string): string {
	if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
		throw new InvalidInput(
			`Headers has a value for ${name} that is not allowed: it holds a line break or characters outside of Latin-1`,
			'Encode the value, or remove the line break.',
		);
	}
	return value.trim();
}

/** What of the body the node sets by itself, and where it comes from. */
const ownFields = [
	['model', 'Choose it in the parameter Model.'],
	['messages', 'The conversation comes from Prompt and History.'],
	['stream', 'The node reads a stream; nothing else keeps the task when a connection breaks.'],
] as const;

function toBody(value: unknown): JsonRecord {
	if (value === undefined || value === '') return {};
	const body = typeof value === 'string' ? parseJson(value) : value;
	if (!isRecord(body)) {
		throw new InvalidInput('Body must be a JSON object', 'Enter it like {"max_tokens": 4000}.');
	}
	for (const [name, advice] of ownFields) {
		if (Object.hasOwn(body, name)) throw new InvalidInput(`Body must not set ${name}`, advice);
	}
	return body;
}

function kindOf(value: unknown): string {
	if (value === null || value === undefined) return 'nothing';
	return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}
