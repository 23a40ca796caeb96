import type { INodeProperties } from 'n8n-workflow';
import { InvalidInput } from '../n8n/InvalidInput';
import type { Item } from '../n8n/item';
import { posterField } from '../n8n/files';
import { isTool } from '../n8n/isTool';
import type { OutputOptions } from '../n8n/outputItem';
import type { Options } from './options';
import { textParameter } from './parameters';

const fields: INodeProperties[] = [
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	{
		displayName: 'Download Video',
		name: 'downloadVideo',
		type: 'boolean',
		default: true,
		description: 'Whether to put the video file in the item; the links to it expire',
	},
	{
		displayName: 'Put Output File in Field',
		name: 'binaryField',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		hint: 'The name of the output binary field to put the file in',
		displayOptions: { show: { downloadVideo: [true] } },
	},
];

/** What the item is to hold; every operation shows it. */
export const outputFields = ({ downloadVideo }: { downloadVideo: boolean }): INodeProperties[] =>
	fields.map((field) =>
		field.name === 'downloadVideo' ? { ...field, default: downloadVideo } : field,
	);

/** Reads how the item is to look. */
export function outputParameter(item: Item, options: Options): OutputOptions {
	const { context, index } = item;
	return {
		...options,
		simplify: context.getNodeParameter('simplify', index, true) === true,
		videoField: videoField(item, options.downloadPoster),
	};
}

function videoField(item: Item, poster: boolean): string | undefined {
	const { context, index } = item;
	const isWanted = context.getNodeParameter('downloadVideo', index, true) === true;
	// An agent gets no files: the link is what it can hand on.
	if (!isWanted || isTool(context.getNode())) return undefined;
	const field = textParameter(item, 'binaryField');
	if (field === '') {
		throw new InvalidInput('Put Output File in Field is empty', 'Enter a name, e.g. data.');
	}
	if (poster && field === posterField) {
		throw new InvalidInput(
			`Put Output File in Field is "${posterField}", where Download Poster puts the poster`,
			'Enter another name, e.g. data.',
		);
	}
	return field;
}
