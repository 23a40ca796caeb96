import type { IBinaryData, INodeProperties } from 'n8n-workflow';
import { InvalidInput } from '../n8n/InvalidInput';
import { isRecord, type JsonRecord } from '../chat/json';
import type { Item } from '../n8n/item';

/**
 * Gives a reference picture as the chat format wants it: its address, or the file itself as a data
 * URI. It is checked, but read only now: the files of all items at once may be more than fits.
 */
export type ReadPicture = () => Promise<string>;

/** Pictures for the video to start from: addresses, or binary fields of the input item. */
export const imagesField: INodeProperties = {
	displayName: 'Images',
	name: 'images',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Image',
	default: {},
	description: 'Reference pictures to send with the prompt; not every model takes them',
	options: [
		{
			displayName: 'Image',
			name: 'image',
			values: [
				{
					displayName: 'Source',
					name: 'source',
					type: 'options',
					default: 'url',
					options: [
						{ name: 'URL', value: 'url', description: 'The service fetches the picture itself' },
						{
							name: 'Binary File',
							value: 'binary',
							description: 'The picture is sent along with the prompt',
						},
					],
				},
				{
					displayName: 'URL',
					name: 'url',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://example.com/kitten.png',
					displayOptions: { show: { source: ['url'] } },
				},
				{
					displayName: 'Input Data Field Name',
					name: 'binaryField',
					type: 'string',
					default: 'data',
					placeholder: 'e.g. data',
					hint: 'The name of the input binary field that holds the picture',
					displayOptions: { show: { source: ['binary'] } },
				},
			],
		},
	],
};

/**
 * Reads which pictures go with the prompt.
 *
 * @throws {InvalidInput} for one that cannot be sent
 */
export async function imagesParameter(item: Item): Promise<readonly ReadPicture[]> {
	const { context, index } = item;
	const images: unknown = context.getNodeParameter('images.image', index, []);
	const rows = Array.isArray(images) ? images.filter(isRecord) : [];
	const read = rows.map(async (row, position) => {
		const name = `Images: picture ${position + 1}`;
		return row.source === 'binary' ? await toFile(item, row, name) : toLink(row, name);
	});
	return await Promise.all(read);
}

function toLink({ url }: JsonRecord, name: string): ReadPicture {
	const address = typeof url === 'string' ? url.trim() : '';
	if (!/^https?:\/\/[^\s]+$/i.test(address) || !URL.canParse(address)) {
		throw new InvalidInput(
			`${name} is not an http(s) address: ${address.slice(0, 100) || 'it is empty'}`,
			'Enter the address of a picture that the service can fetch, or set Source to Binary File.',
		);
	}
	return async () => address;
}

async function toFile(item: Item, row: JsonRecord, name: string): Promise<ReadPicture> {
	const field = typeof row.binaryField === 'string' ? row.binaryField.trim() : '';
	const file = findBinary(item, field, name);
	const { mimeType } = file;
	if (!/^image\/[\w.+-]+$/i.test(mimeType)) {
		throw new InvalidInput(
			`${name} is not an image: the binary field "${field}" holds ${mimeType}`,
			'Pass a file whose MIME type is image/png, image/jpeg or another image type.',
		);
	}
	checkSize(await sizeOf(item, file), name);
	return async () => {
		const bytes = await item.context.helpers.getBinaryDataBuffer(item.index, field);
		return `data:${mimeType};base64,${bytes.toString('base64')}`;
	};
}

function findBinary({ context, index }: Item, field: string, name: string): IBinaryData {
	try {
		return context.helpers.assertBinaryData(index, field);
	} catch {
		throw missing(field, name);
	}
}

const missing = (field: string, name: string): InvalidInput =>
	new InvalidInput(
		`${name} is missing: the input item has no binary field "${field}"`,
		'Enter the name of a binary field of the input item, e.g. data.',
	);

/** Older versions of n8n do not give the size with the file. */
async function sizeOf({ context }: Item, { bytes, id, data }: IBinaryData): Promise<number> {
	if (bytes !== undefined) return bytes;
	if (id === undefined) return Buffer.byteLength(data, 'base64');
	return (await context.helpers.getBinaryMetadata(id)).fileSize;
}

const largestPicture = 10 * 1024 ** 2; // bytes; base64 adds a third, and relays refuse larger bodies

function checkSize(bytes: number, name: string): void {
	if (bytes <= largestPicture) return;
	throw new InvalidInput(
		`${name} has ${(bytes / 1024 ** 2).toFixed(1)} MB, and 10 MB is the most that is sent`,
		'Make the picture smaller, or pass its address as a URL.',
	);
}
