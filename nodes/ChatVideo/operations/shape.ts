import type { INodeProperties } from 'n8n-workflow';
import { InvalidInput } from '../n8n/InvalidInput';
import type { Item } from '../n8n/item';
import { isUnset } from './values';

/** What relays of either language understand; the chat format has no field for it. */
const ratios = [
	{ value: '16:9', name: 'Landscape (16:9)', words: 'aspect ratio 16:9, landscape (横屏)' },
	{ value: '9:16', name: 'Portrait (9:16)', words: 'aspect ratio 9:16, portrait (竖屏)' },
	{ value: '1:1', name: 'Square (1:1)', words: 'aspect ratio 1:1, square (方形)' },
];

/** What can be wished for besides the prompt. */
export const shapeFields: INodeProperties[] = [
	{
		displayName: 'Aspect Ratio',
		name: 'aspectRatio',
		type: 'options',
		default: '',
		description: 'Said in words at the end of the prompt; not every model keeps to it',
		options: [
			{ name: 'As the Prompt Says', value: '' },
			...ratios.map(({ name, value }) => ({ name, value })),
		],
	},
	{
		displayName: 'Duration (Seconds)',
		name: 'duration',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description:
			'Said in words at the end of the prompt, as services with one model for all lengths read it',
		hint: '0: as the service decides',
	},
];

/**
 * What is added to the prompt, in words; empty where nothing is set.
 *
 * @throws {InvalidInput} for what no video can have
 */
export function shapeParameter(item: Item): string {
	const duration = durationParameter(item);
	const words = [
		ratioParameter(item),
		duration === 0 ? '' : `duration ${duration} seconds (${duration}秒)`,
	].filter((part) => part !== '');
	return words.length === 0 ? '' : `(${words.join('; ')})`;
}

function ratioParameter({ context, index }: Item): string {
	const value: unknown = context.getNodeParameter('aspectRatio', index, '');
	if (isUnset(value)) return '';
	const ratio = ratios.find((row) => row.value === value);
	if (ratio !== undefined) return ratio.words;
	throw new InvalidInput(
		`Aspect Ratio must be 16:9, 9:16 or 1:1, not ${JSON.stringify(value)}`,
		'Choose one, or write another into the prompt.',
	);
}

function durationParameter({ context, index }: Item): number {
	const value: unknown = context.getNodeParameter('duration', index, 0);
	const seconds = isUnset(value) ? 0 : Number(value);
	if (seconds >= 0 && Number.isFinite(seconds)) return seconds;
	throw new InvalidInput(
		`Duration must be a number of seconds, not ${JSON.stringify(value)}`,
		'Set it to 0 to leave it to the service.',
	);
}

/** The user's message: the prompt, and then what is wished for besides. */
export const withShape = (prompt: string, shape: string): string =>
	shape === '' ? prompt : `${prompt}\n\n${shape}`;

/** A relay repeats the message as it was sent; the item's prompt is the user's own. */
export function withoutShape(prompt: string | undefined, shape: string): string | undefined {
	if (shape === '' || prompt === undefined || !prompt.trimEnd().endsWith(shape)) return prompt;
	return prompt.trimEnd().slice(0, -shape.length).trimEnd();
}
