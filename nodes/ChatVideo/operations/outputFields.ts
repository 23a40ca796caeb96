import type { INodeProperties } from 'n8n-workflow';
import { InvalidInput } from '../n8n/InvalidInput';
import { isRecord } from '../chat/json';
import type { Item } from '../n8n/item';
import { posterField } from '../n8n/files';
import type { OutputOptions } from '../n8n/outputItem';
import { textParameter, type TurnOptions } from './parameters';

/** What the item is to hold; every operation shows it. */
export const outputFields: INodeProperties[] = [
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
		default: false,
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

/** How files are downloaded, for the options. */
export const downloadOptions: INodeProperties[] = [
	{
		displayName: 'Download Poster',
		name: 'downloadPoster',
		type: 'boolean',
		default: false,
		description: 'Whether to put the still picture of the video in the binary field "poster"',
	},
	{
		displayName: 'Fail on Download',
		name: 'failOnDownload',
		type: 'boolean',
		default: false,
		description:
			'Whether the item fails when a file cannot be downloaded, instead of keeping its links and a note',
	},
	{
		displayName: 'Max Size',
		name: 'maxSize',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1024,
		description: 'Megabytes a downloaded file may have',
	},
];

/** Reads how the item is to look. */
export function outputParameter(
	item: Item,
	{ idleTimeout, ignoreSslIssues }: TurnOptions,
): OutputOptions {
	const { context, index } = item;
	const options: unknown = context.getNodeParameter('options', index, {});
	const { downloadPoster, failOnDownload, maxSize } = isRecord(options) ? options : {};
	const poster = downloadPoster === true;
	return {
		simplify: context.getNodeParameter('simplify', index, true) === true,
		videoField: videoField(item, poster),
		poster,
		largest: toBytes(maxSize),
		failOnDownload: failOnDownload === true,
		idleTimeout,
		ignoreSslIssues,
	};
}

function videoField(item: Item, poster: boolean): string | undefined {
	if (item.context.getNodeParameter('downloadVideo', item.index, false) !== true) return undefined;
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

const usualSize = 1024; // MB; a minute of video in high definition is a tenth of it

function toBytes(value: unknown): number {
	const given = value === undefined || value === '' ? usualSize : Number(value);
	if (!(given > 0)) {
		throw new InvalidInput(
			`Max Size must be a number of megabytes above 0, not ${JSON.stringify(value)}`,
			`Leave Max Size out for ${usualSize} MB.`,
		);
	}
	return given * 1024 ** 2;
}
