import type { INodePropertyCollection } from 'n8n-workflow';
import { isRecord } from '../chat/json';
import { InvalidInput } from '../n8n/InvalidInput';

/** The rows of the option Headers. */
export const headerRows: INodePropertyCollection[] = [
	{
		displayName: 'Header',
		name: 'header',
		values: [
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. X-Forwarded-Host',
			},
			{ displayName: 'Value', name: 'value', type: 'string', default: '' },
		],
	},
];

/** Names this node or HTTP itself must set; a second one would contradict it. */
const reserved =
	/^(?:authorization|host|connection|content-length|transfer-encoding|keep-alive|upgrade|te|trailer|expect|proxy-.*)$/i;

/**
 * Headers by their names in lower case.
 *
 * @throws {InvalidInput} for one that must not be set, or cannot be sent
 */
export function toHeaders(value: unknown): Readonly<Record<string, string>> {
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
