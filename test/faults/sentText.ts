import type { Turn } from '../relay/turn';
import { offsetOf, type Wire } from '../relay/wire';
import type { Position } from '../relay/situations';

/** What a relay said before anything broke. */
export interface SentText {
	text: string;
	/** Of the other choices. */
	otherText: string;
	/** No event was cut, broken or an error. */
	whole: boolean;
}

/**
 * Reads what the relay sent with code of its own: whole events, and of the one that was cut what
 * its text had brought. What follows an event that is an error, or no JSON, nobody has to read.
 */
export function sentText({ situation, wire, transcript = '', bytesSent }: Turn): SentText {
	if (situation.kind === 'completion') return { text: transcript, otherText: '', whole: true };
	if (situation.kind !== 'generate' || wire === undefined) {
		return { text: '', otherText: '', whole: false };
	}
	const ends = [bytesSent, at(wire, situation.cutAt), at(wire, situation.silentAt)];
	let text = '';
	let otherText = '';
	const noise = situation.noise === undefined ? [] : eventsOf(Buffer.from(situation.noise), '\n\n');
	const separator = situation.packing ? '\n' : '\n\n';
	for (const event of eventsOf(wire.bytes.subarray(0, Math.min(...ends)), separator)) {
		if (noise.includes(event)) continue;
		// What ends with the stop is whole; without it a link at the very end may be cut.
		if (/^\[DONE\s*\]$/.test(event)) return { text: `${text}\n`, otherText, whole: true };
		const said = textOf(event);
		if (said === undefined) {
			// Of several choices in one event, nobody knows whose a half is.
			const isOwn = situation.twoChoices !== 'together' && !isOther(event);
			return { text: text + (isOwn ? cutTextOf(event) : ''), otherText, whole: false };
		}
		text += said;
		otherText += textOf(event, 1);
		if (/"finish_reason":\s*"/.test(event)) text += '\n';
	}
	return { text, otherText, whole: true };
}

const at = (wire: Wire, position: Position | undefined): number =>
	position === undefined ? Infinity : offsetOf(wire, position);

const eventsOf = (bytes: Uint8Array, separator: string): string[] =>
	new TextDecoder()
		.decode(bytes)
		.replace(/^\uFEFF/, '')
		.replaceAll('\r', '')
		.split(separator)
		.map((event) => event.replace(/^: .*$/gm, '').replace(/^data: ?/gm, ''))
		.filter((event) => event.trim() !== '');

/** The text of an event; `undefined` when it is none, or an error. */
function textOf(event: string, of = 0): string | undefined {
	try {
		const { error, choices = [] } = JSON.parse(event);
		if (error !== undefined) return undefined;
		const choice = choices.find(({ index = 0 }) => Number(index) === of);
		const said = choice?.delta ?? choice?.message ?? {};
		return `${said.content ?? ''}${said.reasoning_content ?? ''}`;
	} catch {
		return undefined;
	}
}

/** Whether an event that may be cut is of the other choice. */
const isOther = (event: string): boolean => /"index":\s*"?1/.test(event);

/** As much of an event's text as was there, without half an escape at its end. */
function cutTextOf(event: string): string {
	const [, said = ''] =
		/"(?:content|reasoning_content)":\s*"((?:[^"\\]|\\(?:u[0-9a-f]{4}|[^u]))*)/i.exec(event) ?? [];
	return JSON.parse(`"${said.replaceAll('\n', '')}"`) as string;
}
