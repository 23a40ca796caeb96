import { readFileSync } from 'node:fs';
import type { Play } from './situations';
import type { Wire } from './wire';

/** The assistant text of a recorded body, as far as its events can be read line by line. */
const spoken = (body: string): string =>
	[...body.matchAll(/^data: ?(\{.*\})\r?$/gm)]
		.map(([, json]) => {
			try {
				return JSON.parse(json ?? '')?.choices?.[0]?.delta?.content ?? '';
			} catch {
				// Recordings may hold broken events on purpose; they say nothing.
				return '';
			}
		})
		.join('');

/** A recorded body with the ends of its events, and what it says. */
export function readRecording({ file, bytes: given }: Play): { wire: Wire; transcript: string } {
	const bytes = file === undefined ? Buffer.from(given ?? '') : readFileSync(file);
	const latin = bytes.toString('latin1');
	const ends = [...latin.matchAll(/\r?\n\r?\n/g)].map(({ 0: gap, index }) => index + gap.length);
	if (ends.at(-1) !== bytes.length) ends.push(bytes.length);
	return { wire: { bytes, ends, stages: {} }, transcript: spoken(bytes.toString()) };
}
