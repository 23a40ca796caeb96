import { InvalidInput } from '../n8n/InvalidInput';

/**
 * The link to a task's data; empty where there is none.
 *
 * @throws {InvalidInput} when it is not an http(s) URL
 */
export function toSourceUrl(value: unknown): string {
	const url = typeof value === 'string' ? value.trim() : '';
	if (url !== '' && !(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) {
		throw new InvalidInput(
			'Source URL is not an http(s) address',
			'Copy the data link of the transcript, or leave it empty.',
		);
	}
	return url;
}
